/**
 * Create an order: TW's "Order forecast" [documented: path and request; the answer is assumed]. It is
 * asynchronous and is charged.
 */
import { Fault } from '../../../lib/base/errors';
import { followedOrder } from '../../../lib/tw/orders/follow';
import { placeShopOrders } from '../../../lib/shops/parcels/shipments';
import { placeOrders } from '../../../lib/tw/orders/place';
import { ticketFields } from '../../../lib/tw/orders/ticket';
import { twOperation } from '../../shared/tw';
import { fromShop, outcomeOf, shopMembers, skippedOrder } from '../fromShop';
import {
	asksInDryRun,
	orderJson,
	placeControls,
	placeOptions,
	ticketsPerRequest,
} from '../orderForm';

export const create = twOperation({
	value: 'create',
	name: 'Create',
	action: 'Create an order',
	description: 'Place an order at TW; it is charged to your account',
	kind: 'write',
	consequence: 'This costs money: call it only for an order that the user has asked for',
	endpoints: ['orderForecast'],
	output: { usual: () => followedOrder({}, shopMembers()), otherwise: skippedOrder },
	json: orderJson,
	derived: fromShop('create'),
	fields: ticketFields,
	controls: placeControls,
	options: {
		...placeOptions,
		ticketsPerRequest,
	},
	identity: 'no',
	asksInDryRun,
	itemsPerRequest: 'ticketsPerRequest',
	perform: async (call, inputs) => {
		const { settings, source } = inputs[0]!;
		if (source) {
			const outputs = await placeShopOrders(call, inputs);
			return outputs.map((output, i) => outcomeOf(output, inputs[i]!.source));
		}
		const tickets = inputs.map(({ body }) => body);
		const outputs = await placeOrders(call, tickets, settings);
		return outputs.map((json) => (json instanceof Fault ? json : [{ json }]));
	},
});
