/** Read what was charged for a parcel: TW's "Prepaid charge" [documented]. */
import * as z from 'zod/v4';
import { flag, text } from '../../../lib/fields/field';
import { readFees } from '../../../lib/tw/orders/fees';
import { amount } from '../../../lib/tw/wire/answers';
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
		usual: () => {
			const { discounts, charges, ...more } = feeMembers().shape;
			return z.looseObject({
				tracking_number: z.string(),
				/** If all that may be part of it can be read. */
				total: z.string().optional(),
				currency: z.string(),
				total_number: z.number().optional(),
				total_is_derived: z.boolean(),
				...more,
				...{ discounts, charges },
			});
		},
		otherwise: () =>
			z.looseObject({
				tracking_number: z.string(),
				kind: z.enum(['charge', 'discount', 'surcharge']),
				name: z.string().optional(),
				amount: amount.optional(),
				currency: z.string(),
				note: z.string().optional(),
				/** If it is for one box. */
				box_tracking_number: z.string().optional(),
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
