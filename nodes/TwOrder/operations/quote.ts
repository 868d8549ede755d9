/** Compare channels for an order: TW's "Order trial calculation" [documented: path and request]. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { asFault } from '../../../lib/base/errors';
import { flag } from '../../../lib/operation/fields/model';
import type { Call, Input, Operation, Outcome } from '../../../lib/operation/operation';
import type { TwClient } from '../../../lib/tw/wire/client';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { cheapest, type Quote } from '../../../lib/tw/orders/quote';
import type { OpenTicket } from '../../../lib/tw/orders/ticket';
import { orderJson, ticketsPerRequest } from '../../shared/orderForm';
import { channelCodes } from '../channels';
import { fromShop, shopMembers, skippedOrder } from '../fromShop';
import {
	openTicketFields,
	quote as quoteOrder,
	type QuoteSettings,
	withOwnChannel,
} from '../quoteOrder';

interface Settings extends QuoteSettings {
	cheapestOnly?: boolean;
	ticketsPerRequest: number;
}

export const quote: Operation<TwClient, OpenTicket, Settings> = {
	value: 'quote',
	name: 'Quote',
	action: 'Quote an order',
	description: 'Price an order against one or several channels, without creating it',
	kind: 'read',
	endpoints: [twEndpoints.orderTrial.title],
	output: {
		usual: () =>
			z.looseObject({
				no: z.string(),
				channel: z.string(),
				price: z.number().nullable(),
				price_text: z.string().nullable(),
				price_source: z.enum(['charge_total_amount', 'charge_amount', 'derived']).nullable(),
				refused: z.string().nullable(),
				currency: z.string(),
				/** TW's answer, whose form is not public. */
				data: z.unknown(),
				outcome: z.literal('skipped').optional(),
				...shopMembers(),
			}),
		otherwise: skippedOrder,
	},
	json: orderJson,
	derived: fromShop(false),
	fields: openTicketFields,
	complete: withOwnChannel,
	controls: {
		channels: channelCodes,
		cheapestOnly: flag('Cheapest Only', {
			grade: 'conditional',
			always: false,
			description:
				'Whether to output only the cheapest channel. Stops if the price of a channel can not be read.',
		}),
	},
	options: { ticketsPerRequest },
	itemsPerRequest: (settings) => settings.ticketsPerRequest,
	perform: async (call, inputs) => {
		const quotes = await quoteOrder(call, inputs);
		return inputs.map((input, i) => outcome(call, input, quotes[i]!));
	},
};

function outcome(
	{ client }: Call<TwClient>,
	{ body, settings }: Input<OpenTicket, Settings>,
	quotes: Quote[],
): Outcome {
	try {
		const shown = settings.cheapestOnly ? [cheapest(quotes)] : quotes;
		return shown.map((one) => ({ json: asItem(body.no, one, client.account.currency) }));
	} catch (error) {
		return asFault(error);
	}
}

/** The price exact as text and ready to calculate with as a number, in the account's currency. */
export function asItem(no: string, { price, data, ...rest }: Quote, currency: string): IDataObject {
	return {
		no,
		...rest,
		price: price === null ? null : Number(price),
		price_text: price,
		currency,
		data: data as IDataObject,
	};
}
