/**
 * Create an order: TW's "Order forecast" [documented: path and request; the answer is assumed].
 *
 * The forecast is asynchronous and is charged. How it is delivered: lib/tw/create-orders.ts.
 */
import { Fault } from '../../../lib/errors';
import type { Operation } from '../../../lib/operation';
import type { TwClient } from '../../../lib/tw/client';
import { createOrders } from '../../../lib/tw/create-orders';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { type Ticket, ticketFields } from '../../../lib/tw/ticket';
import { orderIdentity, orderJson, ticketsPerRequest } from '../../shared/orderForm';
import {
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
	json: orderJson,
	fields: ticketFields,
	controls: placeControls,
	options: {
		...placeOptions,
		ticketsPerRequest,
	},
	identity: orderIdentity,
	itemsPerRequest: (settings) => settings.ticketsPerRequest,
	perform: async (call, inputs) => {
		const tickets = inputs.map(({ body }) => body);
		const placed = await createOrders(
			call.client,
			tickets,
			createOptions(call, {
				checkExisting: inputs.some(({ settings }) => settings.checkExisting === true),
			}),
		);
		return await Promise.all(
			placed.map(async (result, i) =>
				result instanceof Fault
					? result
					: await outputOf(call, tickets[i]!.no, result, inputs[i]!.settings),
			),
		);
	},
};
