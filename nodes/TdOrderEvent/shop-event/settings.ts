/** What the user decides about a shop's events; the rest is read from the shop's order. */
import { isIP } from 'node:net';
import { choice, type Fields, flag, json, number, text } from '../../../lib/operation/fields/model';
import { SHOPS, type Shop } from '../../../lib/shops/order';
import { RATES_LABEL, readRates } from '../../../lib/shops/td-amount';
import { deliveryOption } from '../event';
import { onceControl, type OnceSettings } from '../once';

export interface ShopEventSettings extends Omit<OnceSettings, 'onceKey'> {
	orderIdIs: 'id' | 'number';
	orderIdPrefix?: string;
	exchangeRates?: string;
	category?: string;
	noDevice: 'skip' | 'fail' | 'fixed';
	fixedIp?: string;
	/** Days. */
	rememberVisits?: number;
	includeInquiries: boolean;
	includeTestOrders: boolean;
	shop?: Shop;
	topic?: string;
	orderMember?: string;
}

export const SHOP_EVENT_LABEL = 'Shop Event';
export const NO_DEVICE_LABEL = "If Nobody's Device Is Known";
export const FIXED_IP_LABEL = 'Fixed IP';

export const shopEventFields: Fields = {
	shopEvent: json(SHOP_EVENT_LABEL, {
		grade: 'required',
		initial: '={{ $json }}',
		description:
			"What happened in the shop: the item of Shop Trigger, a shop's webhook as n8n's Webhook node or its own shop triggers give it out, or an order of the shop's API",
	}),
};

export const shopEventControls: Fields = {
	orderIdIs: choice(
		'Order ID Is',
		[
			{
				name: 'Order Number',
				value: 'number',
				description: 'The number that people know the order by, e.g. 1001',
			},
			{
				name: "Shop's ID",
				value: 'id',
				description: "The shop's own ID of the order, e.g. 450789469",
			},
		],
		{
			initial: 'id',
			always: 'id',
			grade: 'conditional',
			description:
				"Which of the two TD knows the order by. If you use TD's Verification API, the one that it is told.",
		},
	),
	orderIdPrefix: text('Order ID Prefix', {
		grade: 'conditional',
		placeholder: 'e.g. US-',
		description: 'Put before each Order ID, where several shops report to one TD account',
	}),
	exchangeRates: text(RATES_LABEL, {
		grade: 'conditional',
		placeholder: 'e.g. EUR 1.08, GBP 1.27',
		description:
			"What one unit of each of your shop's currencies is worth in USD, or in CNY if the region of the TD API credential is China. Not needed for that currency itself.",
		check: (value) =>
			readRates(value)
				? undefined
				: 'must be currencies with their worth, such as EUR 1.08, GBP 1.27',
	}),
	category: text('Category', {
		grade: 'conditional',
		placeholder: 'e.g. clothing',
		description:
			'What your shop sells. TD demands a category of each article and shops tell none that fits, so without one TD gets no articles.',
	}),
	noDevice: choice(
		NO_DEVICE_LABEL,
		[
			{ name: 'Fail', value: 'fail', description: 'End the item with a message' },
			{
				name: 'Send a Fixed IP',
				value: 'fixed',
				description: 'Report it with an IP of yours, such as that of the till',
			},
			{
				name: 'Skip, and Say Why',
				value: 'skip',
				description: 'Report nothing, and put out an item with the reason',
			},
		],
		{
			initial: 'skip',
			always: 'skip',
			grade: 'conditional',
			description:
				'What to do with orders of which no webhook told an IP or a black box, such as those of a till or by phone. TD takes no event without one of the two.',
		},
	),
	fixedIp: text(FIXED_IP_LABEL, {
		grade: 'conditional',
		placeholder: 'e.g. 210.20.10.33',
		description: 'Sent in the place of the unknown one. All such orders look like one customer.',
		when: { field: 'noDevice', is: ['fixed'] },
		check: (value) => (isIP(value) === 0 ? 'must be an IP address' : undefined),
	}),
	...onceControl('files'),
	rememberVisits: number('Remember Visits for (Days)', {
		grade: 'conditional',
		initial: 180,
		always: 180,
		above: 0,
		when: { field: 'reportOnce', is: ['files', 'postgres'] },
		description:
			"How long an order's session, account, IP and black box are kept for its later events, such as a refund, whose webhooks do not tell them",
		hint: 'IP and account are personal data of your customers. They are kept where Report Once remembers, and forgotten after this time.',
	}),
};

export const shopEventOptions: Fields = {
	delivery: deliveryOption,
	includeInquiries: flag('Include Inquiries', {
		always: false,
		description:
			'Whether to report it as a chargeback when the bank only asks and takes no money back',
	}),
	includeTestOrders: flag('Include Test Orders', {
		always: false,
		description: 'Whether to report orders that the shop marks as a test',
	}),
	orderMember: text('Order Member (Stripe)', {
		placeholder: 'e.g. order_id',
		description:
			"Stripe's events name no order of a shop: the member of metadata that holds it. Not needed for a payment that another shop's webhook has told.",
	}),
	shop: choice(
		'Shop',
		Object.entries(SHOPS).map(([value, name]) => ({ name, value })),
		{ description: 'Whose body it is; recognised if not set. Not needed behind Shop Trigger.' },
	),
	topic: text('Topic', {
		placeholder: 'e.g. orders/paid',
		description:
			"The shop's own name of the event, where the body comes without its headers. Not needed behind Shop Trigger.",
	}),
};
