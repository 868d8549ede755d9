/** Quote an order over several channels and create it with the cheapest, in one operation. */
import * as z from 'zod/v4';
import { asFault, Fault } from '../../../lib/base/errors';
import { buyShopOrder } from '../../../lib/shops/parcels/shipments';
import { buyCheapest as buy } from '../../../lib/tw/orders/buy';
import { followedOrder } from '../../../lib/tw/orders/follow';
import { leftOut } from '../../../lib/tw/orders/quote';
import { openTicketFields, withOwnChannel } from '../../../lib/tw/orders/ticket';
import { twOperation } from '../../shared/tw';
import { channelCodes } from '../channels';
import { fromShop, outcomeOf, shopMembers, skippedOrder } from '../fromShop';
import { asksInDryRun, orderJson, placeControls, placeOptions } from '../orderForm';

export const buyCheapest = twOperation({
	value: 'buyCheapest',
	name: 'Buy Cheapest',
	action: 'Create an order with the cheapest channel',
	description: 'Compare channels and place the order with the cheapest one; it is charged',
	kind: 'write',
	consequence: 'This costs money: call it only for an order that the user has asked for',
	endpoints: ['orderTrial', 'orderForecast'],
	output: {
		usual: () =>
			followedOrder(
				{
					/** If TW has listed the channels. */
					channel_name: z.string().optional(),
					channel: z.string(),
					/** Missing where another execution has bought it. */
					quoted_price: z.string().optional(),
				},
				{ left_out: leftOut().optional(), ...shopMembers() },
			),
		otherwise: skippedOrder,
	},
	json: orderJson,
	derived: fromShop('buy'),
	fields: openTicketFields,
	complete: withOwnChannel,
	controls: { channels: channelCodes, ...placeControls },
	options: placeOptions,
	identity: 'no',
	asksInDryRun,
	performEach: async (call, input) => {
		const { body, settings, source } = input;
		if (!source) return [{ json: await buy(call, body, settings) }];
		const outcome = outcomeOf(await buyShopOrder(call, input).catch(asFault), source);
		if (outcome instanceof Fault) throw outcome;
		return outcome;
	},
});
