/** Read what was charged for a parcel: TW's "Prepaid charge" [documented]. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { flag, text } from '../../../lib/operation/fields/model';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { readData } from '../../../lib/tw/wire/answers';
import type { TwClient } from '../../../lib/tw/wire/client';
import { feeMembers } from '../../../lib/tw/wire/members';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { derivedTotal, feeData, flattenFees } from '../../../lib/tw/orders/fees';

export const getFee: Operation<TwClient, { tracking_number: string }, { split?: boolean }> = {
	value: 'getFee',
	name: 'Get Fee',
	action: 'Get the fee of an order',
	description: 'Read the charges and discounts of a parcel by its tracking number',
	kind: 'read',
	endpoints: [twEndpoints.orderFee.title],
	output: {
		usual: () =>
			feeMembers().extend({
				tracking_number: z.string(),
				total: z.string().nullable(),
				total_number: z.number().nullable(),
				total_is_derived: z.boolean(),
				currency: z.string(),
			}),
		otherwise: () =>
			z.looseObject({
				tracking_number: z.string(),
				box_tracking_number: z.string().nullable(),
				kind: z.enum(['charge', 'discount', 'surcharge']),
				name: z.string().nullable(),
				amount: z.union([z.string(), z.number()]),
				note: z.string().nullable(),
				currency: z.string(),
			}),
	},
	passesOn: true,
	fields: {
		tracking_number: text('Tracking Number', {
			grade: 'required',
			initial: '={{ $json.tracking_number }}',
			placeholder: 'e.g. 1Z999AA10123456784',
			description: "The carrier's number, not the order number",
		}),
	},
	controls: {
		split: flag('One Item per Charge', {
			grade: 'conditional',
			always: false,
			description: 'Whether to output each charge and discount as an item of its own',
		}),
	},
	perform: perItem(async ({ client, limits }, { body, settings }) => {
		const data = await client.call('orderFee', body, { rule: 'read', ...limits });
		const fees = readData(feeData, data, twEndpoints.orderFee.title);
		const { currency } = client.account;
		if (settings.split) {
			return flattenFees(fees).map(({ tracking_number: box, ...line }) => ({
				json: {
					tracking_number: body.tracking_number,
					box_tracking_number: box,
					...line,
					currency,
				},
			}));
		}
		const total = derivedTotal(fees) ?? null;
		const json: IDataObject = {
			tracking_number: body.tracking_number,
			...(fees as IDataObject),
			total,
			total_number: total === null ? null : Number(total),
			// TW names no total: this one is the sum of its lines.
			total_is_derived: true,
			currency,
		};
		return [{ json }];
	}),
};
