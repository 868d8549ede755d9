/**
 * Create an order: TW's "Order forecast" [documented: path and request; the answer is assumed].
 *
 * The forecast is asynchronous and is charged. How it is delivered: lib/tw/orders/create.ts.
 */
import { DryRunFault } from '../../../lib/base/dry-run';
import { Fault } from '../../../lib/base/errors';
import type { JsonObject } from '../../../lib/base/json-value';
import type { Call, Operation } from '../../../lib/operation/operation';
import type { TwClient } from '../../../lib/tw/wire/client';
import { createOrders } from '../../../lib/tw/orders/create';
import { quoteTickets } from '../../../lib/tw/orders/quote';
import { followedOrder } from '../../../lib/tw/orders/follow';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { type Ticket, ticketFields } from '../../../lib/tw/orders/ticket';
import { orderIdentity, orderJson, ticketsPerRequest } from '../../shared/orderForm';
import { fromShop, shopMembers, skippedOrder } from '../fromShop';
import {
	asksInDryRun,
	type PlaceSettings,
	placeControls,
	placeOptions,
	outputOf,
	createOptions,
} from '../placeOrder';

interface Settings extends PlaceSettings {
	ticketsPerRequest: number;
}

export const create: Operation<TwClient, Ticket, Settings> = {
	value: 'create',
	name: 'Create',
	action: 'Create an order',
	description: 'Place an order at TW; it is charged to your account',
	kind: 'write',
	endpoints: [twEndpoints.orderForecast.title],
	output: { usual: () => followedOrder().extend(shopMembers()), otherwise: skippedOrder },
	json: orderJson,
	derived: fromShop(true),
	fields: ticketFields,
	controls: placeControls,
	options: {
		...placeOptions,
		ticketsPerRequest,
	},
	identity: orderIdentity,
	asksInDryRun,
	itemsPerRequest: (settings) => settings.ticketsPerRequest,
	perform: async (call, inputs) => {
		const tickets = inputs.map(({ body }) => body);
		const placed = await createOrders(
			call.client,
			tickets,
			await createOptions(call, inputs[0]!.settings),
		);
		return await Promise.all(
			placed.map(async (result, i) => {
				const { body, settings } = inputs[i]!;
				if (result instanceof DryRunFault && asksInDryRun(settings)) {
					return result.with(await priceOf(call, body));
				}
				return result instanceof Fault ? result : await outputOf(call, body.no, result, settings);
			}),
		);
	},
};

/** What TW would charge for an order, for a dry run. */
async function priceOf(call: Call<TwClient>, ticket: Ticket): Promise<JsonObject> {
	const wish = { ticket, channels: [ticket.product] };
	const [quotes] = await quoteTickets(call.client, [wish], call.limits);
	const { channel, price, refused } = quotes![0]!;
	return { channel, quoted_price: price, ...(refused === null ? {} : { refused }) };
}
