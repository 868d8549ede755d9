/** The trigger's panel. */
import type { INodeProperties } from 'n8n-workflow';
import { noticeProperty } from '../../lib/operation/properties';
import { type Shop, SHOP_EVENTS, SHOPS } from '../../lib/shops/order';
import { eventsOf, guideNotices, guides } from './guides';

const shops = Object.keys(SHOPS) as Shop[];

export const shopChoices = shops.map((value) => ({ name: SHOPS[value], value }));

export const properties: INodeProperties[] = [
	{
		displayName: 'Shop',
		name: 'shop',
		type: 'options',
		noDataExpression: true,
		options: shopChoices,
		default: 'shopify',
	},
	...shops.map(eventsProperty),
	...shops.flatMap(guideProperties),
	{
		displayName: 'Order Number in Metadata',
		name: 'orderMember',
		type: 'string',
		default: 'order_id',
		placeholder: 'e.g. order_id',
		description:
			"Stripe knows payments, not shop orders: the field of the payment's metadata in which your shop puts its order number",
		displayOptions: { show: { shop: ['stripe'] } },
	},
	{
		displayName: 'Own Statuses to Ship',
		name: 'shipStatuses',
		type: 'string',
		default: '',
		placeholder: 'e.g. ready-to-pack, at-warehouse',
		description:
			'Statuses of your own under which a paid order is to be shipped, as processing; with commas between them. Those of many plugins are known.',
		displayOptions: { show: { shop: ['woocommerce'] } },
	},
	{
		displayName: 'Own Shipped Statuses',
		name: 'shippedStatuses',
		type: 'string',
		default: '',
		placeholder: 'e.g. handed-over',
		description:
			'Statuses of your own under which an order has left, as completed; with commas between them',
		displayOptions: { show: { shop: ['woocommerce'] } },
	},
	{
		displayName: 'Include Test Orders',
		name: 'includeTestOrders',
		type: 'boolean',
		default: false,
		description:
			'Whether to start also for what the shop itself calls a test, such as an order with a test payment, or a test notification',
	},
	{
		displayName: 'Remember Deliveries',
		name: 'remember',
		type: 'options',
		options: [
			{
				name: 'In PostgreSQL',
				value: 'postgres',
				description: 'In your own database, for an n8n that receives webhooks on several machines',
			},
			{
				name: 'No',
				value: 'no',
				description:
					'A repeated delivery starts the flow again, and so does each update of a WooCommerce order',
			},
			{
				// eslint-disable-next-line n8n-nodes-base/node-param-display-name-miscased -- n8n's own name
				name: 'On This n8n',
				value: 'files',
				description: "In n8n's own folder; survives a crash and a restart. Nothing to set up.",
			},
		],
		default: 'files',
		description:
			'Where to remember what n8n has taken, so that a repeated delivery, also one that was captured and is sent under another ID, starts nothing a second time. What is in doubt, such as after a crash, is started again.',
	},
	// n8n parses a body before a node sees it, unless the node has this setting of n8n's own Webhook node.
	// It would then answer a body that is not JSON, or too large, before the signature is checked, and
	// would parse what is parsed again anyway, keeping all digits.
	{
		displayName: 'Raw Body',
		name: 'options',
		type: 'hidden',
		default: { binaryData: true },
	},
];

/** The guide of the chosen events alone. */
function guideProperties(shop: Shop): INodeProperties[] {
	return guideNotices(shop).map(({ name, text, event }) =>
		noticeProperty(name, text, { shop: [shop], ...(event === null ? {} : { events: [event] }) }),
	);
}

function eventsProperty(shop: Shop): INodeProperties {
	return {
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: eventsOf(shop).map((value) => ({
			name: SHOP_EVENTS[value],
			value,
			action: `On ${SHOP_EVENTS[value].toLowerCase()}`,
			description: `${SHOPS[shop]}: ${guides[shop].topics[value]}`,
		})),
		default: ['order_paid'],
		required: true,
		description: 'What starts this flow. Anything else is answered and starts nothing.',
		displayOptions: { show: { shop: [shop] } },
	};
}
