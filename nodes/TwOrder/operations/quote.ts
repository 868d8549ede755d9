/** Compare channels for an order: TW's "Order trial calculation" [documented: path and request]. */
import * as z from 'zod/v4';
import { Fault } from '../../../lib/base/errors';
import { flag } from '../../../lib/fields/field';
import { leftOut, quoteItems } from '../../../lib/tw/orders/quote';
import { openTicketFields, withOwnChannel } from '../../../lib/tw/orders/ticket';
import { twOperation } from '../../shared/tw';
import { channelCodes } from '../channels';
import { fromShop, shopMembers, skippedOrder } from '../fromShop';
import { orderJson, ticketsPerRequest } from '../orderForm';

export const quote = twOperation({
	value: 'quote',
	name: 'Quote',
	action: 'Quote an order',
	description:
		'Price an order against one or several channels, without creating it; assumed to be free',
	kind: 'read',
	endpoints: ['orderTrial'],
	output: {
		usual: () =>
			z.looseObject({
				outcome: z.literal('skipped').optional(),
				no: z.string(),
				/** If TW has listed the channels. */
				channel_name: z.string().optional(),
				channel: z.string(),
				/** If TW gives one that can be read. */
				price: z.number().optional(),
				currency: z.string(),
				/** Why this channel is never chosen. */
				refused: z.string().optional(),
				...shopMembers(),
				/** Of Cheapest Only. */
				left_out: leftOut().optional(),
				price_text: z.string().optional(),
				price_source: z.enum(['charge_total_amount', 'charge_amount', 'derived']).optional(),
				/** TW's answer, whose form is not public. */
				data: z.unknown().optional(),
			}),
		otherwise: skippedOrder,
	},
	json: orderJson,
	derived: fromShop('price'),
	fields: openTicketFields,
	complete: withOwnChannel,
	controls: {
		channels: channelCodes,
		cheapestOnly: flag('Cheapest Only', {
			grade: 'conditional',
			always: false,
			description:
				'Whether to output only the cheapest channel. Stops if the price of a channel cannot be read.',
		}),
	},
	options: { ticketsPerRequest },
	itemsPerRequest: 'ticketsPerRequest',
	perform: async ({ client, limits }, inputs) => {
		const requests = inputs.map(({ body: order, settings }) => ({ order, ...settings }));
		const quoted = await quoteItems(client, requests, limits);
		return quoted.map((items) =>
			items instanceof Fault ? items : items.map((json) => ({ json })),
		);
	},
});
