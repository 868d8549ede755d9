/** Read an order's tracking numbers, weights and charges: TW's "Order details" [documented]. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import type { TwClient } from '../../../lib/tw/wire/client';
import { noOrder } from '../../../lib/tw/wire/not-found';
import { amount } from '../../../lib/tw/wire/answers';
import { orderMembers } from '../../../lib/tw/wire/members';
import {
	findOrder,
	type FoundOrder,
	orderWords,
	trackingNumbers,
	wordsOf,
} from '../../../lib/tw/orders/info';
import { numberOfItem, simplify } from '../../shared/fields';
import { twOperation } from '../../shared/tw';

export const get = twOperation({
	value: 'get',
	name: 'Get',
	action: 'Get an order',
	description: "Read an order's tracking numbers, weights and charges",
	kind: 'read',
	endpoints: ['orderInfo'],
	output: {
		usual: () =>
			z.looseObject({
				no: z.string(),
				state: z.enum(orderWords),
				tracking_number: z.string().optional(),
				charge_total_amount: amount.optional(),
				charge_amount: amount.optional(),
				currency: z.string(),
				charge_weight: amount.optional(),
				charge_weight_unit: z.string().optional(),
				tracking_numbers: z.array(z.string()),
				removed_at: z.string().optional(),
				is_prod: z.boolean().optional(),
				status: z.number().optional(),
			}),
		otherwise: () => {
			const { no, tracking_number, status, children, ...more } = orderMembers().shape;
			const { charge_total_amount, charge_amount, ...others } = more;
			return z.looseObject({
				...{ no, state: z.enum(orderWords), tracking_number },
				...{ charge_total_amount, charge_amount, currency: z.string() },
				...others,
				...{ time_zone: z.string(), status, children },
			});
		},
	},
	passesOn: true,
	fields: { no: numberOfItem },
	controls: { simplify },
	performEach: async ({ client, limits }, { body, settings }) => {
		const { no } = body;
		const order = await findOrder(client, no, limits, body);
		if (!order) throw noOrder(no);
		return [{ json: settings.simplify ? simplified(client, order) : inFull(client, order) }];
	},
});

function simplified(client: TwClient, { info }: FoundOrder): IDataObject {
	return {
		no: info.no,
		state: wordsOf(info),
		tracking_number: info.tracking_number ?? null,
		tracking_numbers: trackingNumbers(info),
		is_prod: info.is_prod ?? null,
		charge_weight: info.charge_weight ?? null,
		charge_weight_unit: info.charge_weight_unit ?? null,
		charge_amount: info.charge_amount ?? null,
		charge_total_amount: info.charge_total_amount ?? null,
		currency: client.account.currency,
		removed_at: info.removed_at ?? null,
		status: info.status ?? null,
	};
}

/** All that TW sent, with its state in words, the currency of its amounts and the zone of its time stamps. */
function inFull({ account }: TwClient, { raw, info }: FoundOrder): IDataObject {
	return {
		...(raw as IDataObject),
		state: wordsOf(info),
		currency: account.currency,
		time_zone: account.timeZone,
	};
}
