/** Read what was charged for a parcel: TW's "Prepaid charge" [documented]. */
import * as z from 'zod/v4';
import { flag, text } from '../../../lib/fields/field';
import { readFees } from '../../../lib/tw/orders/fees';
import { feeMembers } from '../../../lib/tw/wire/members';
import { twOperation } from '../../shared/tw';

export const getFee = twOperation({
	value: 'getFee',
	name: 'Get Fee',
	action: 'Get the fee of an order',
	description: 'Read the charges and discounts of a parcel by its tracking number',
	kind: 'read',
	endpoints: ['orderFee'],
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
				amount: z.union([z.string(), z.number()]).nullable(),
				note: z.string().nullable(),
				currency: z.string(),
			}),
	},
	passesOn: true,
	fields: {
		tracking_number: text('Tracking Number', {
			names: true,
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
	performEach: async (call, { body, settings }) =>
		(await readFees(call, body, settings.split)).map((json) => ({ json })),
});
