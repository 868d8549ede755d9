/**
 * Create an order: TW's "Order forecast" [documented: path and request; the answer is assumed].
 *
 * The forecast is asynchronous and is charged. How it is delivered: lib/tw/create-orders.ts.
 */
import { Deadline } from '../../../lib/deadline';
import { Fault } from '../../../lib/errors';
import { flag, number } from '../../../lib/fields/model';
import type { Operation } from '../../../lib/operation';
import type { TwClient } from '../../../lib/tw/client';
import { createOrders } from '../../../lib/tw/create-orders';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { followOrder, type FollowSettings } from '../../../lib/tw/follow-order';
import { type Ticket, ticketFields } from '../../../lib/tw/ticket';

interface Settings extends FollowSettings {
	checkExisting?: boolean;
}

const EXAMPLE = JSON.stringify(
	{
		no: 'ORD-0001',
		product: 'UA',
		freightClass: '',
		isSignatureService: 0,
		note: '',
		consignee: 'MSP1',
		boxes: [
			{
				number: 1,
				weight: 5,
				length: 20,
				width: 20,
				height: 20,
				declaredValue: 0,
				referenceNumbers: [],
			},
		],
	},
	null,
	2,
);

export const create: Operation<TwClient, Ticket, Settings> = {
	value: 'create',
	name: 'Create',
	action: 'Create an order',
	description: 'Place an order at TW. The order is charged to your account.',
	kind: 'write',
	endpoints: [
		twEndpoints.orderForecast.title,
		twEndpoints.orderCheck.title,
		twEndpoints.orderInfo.title,
	],
	json: {
		chooser: 'specifyOrder',
		chooserLabel: 'Specify Order',
		name: 'orderJson',
		label: 'Order (JSON)',
		description: "The order in TW's own field names. One expression for all of it is fastest.",
		example: EXAMPLE,
	},
	fields: ticketFields,
	controls: {
		waitForCompletion: flag('Wait for Completion', {
			grade: 'conditional',
			always: true,
			description:
				'Whether to wait until TW has made the order, and to output tracking numbers and charges',
		}),
	},
	options: {
		checkExisting: flag('Check for Existing Order First', {
			description:
				'Whether to ask TW for this order number before sending, and to output the order it has instead of creating it again. Costs one more request per item; turn it on where the same order can arrive twice, as with shop webhooks.',
		}),
		maxWait: number('Maximum Wait', {
			initial: 180,
			always: 180,
			above: 0,
			description: 'Seconds to wait for completion',
		}),
		pendingIsFine: flag('Output Pending Orders', {
			description:
				"Whether to output an order with outcome 'pending' when it is not completed in time, instead of failing",
		}),
	},
	identity: (ticket) => ({ key: ticket.no, label: 'Order Number' }),
	perform: async (call, inputs) => {
		const { client, ledger, deadline, signal, isRetry } = call;
		const placed = await createOrders(
			client,
			inputs.map(({ body }) => body),
			{
				ledger,
				deadline,
				signal,
				checkFirst: isRetry || inputs.some(({ settings }) => settings.checkExisting === true),
			},
		);
		return await Promise.all(
			placed.map(async (result, i) => {
				if (result instanceof Fault) return result;
				const { body, settings } = inputs[i]!;
				const limits = {
					deadline,
					wait: Deadline.in(settings.maxWait * 1000),
					signal,
				};
				const followed = await followOrder(client, body.no, result, settings, limits);
				return followed instanceof Fault ? followed : [{ json: followed }];
			}),
		);
	},
};
