/** The parameters of Report Shop Event; the rest comes from the shop's order. */
import { choice, flag, json, number, type SettingsOf, text } from '../../lib/fields/field';
import { RATES_LABEL, readRates } from '../../lib/shops/events/amount';
import { IF_MISSING_LABEL } from '../../lib/shops/events/report-events';
import { SKIPS } from '../../lib/shops/events/skips';
import { NO_DEVICE_LABEL } from '../../lib/shops/events/visit';
import { appliesTo, listed } from '../../lib/shops/needs';
import type { CommonFields } from '../../lib/operation/options';
import { ipForm } from '../../lib/td/basics';
import { SHOPS, type Shop } from '../../lib/shops/order';
import { deliveryOption } from './event';
import { onceControl } from './once';

export const SHOP_EVENT_LABEL = 'Shop Event';
export const FIXED_IP_LABEL = 'Fixed IP';

export const shopEventFields = {
	shopEvent: json(SHOP_EVENT_LABEL, {
		grade: 'required',
		initial: '={{ $json }}',
		description:
			"What happened in the shop: the item of Shop Trigger, a shop's webhook from n8n's Webhook node or n8n's own shop triggers, or an order from the shop's API",
	}),
};

export const shopEventControls = {
	orderIdIs: choice(
		'Order ID Is',
		[
			{ name: 'Order Number', value: 'number', description: 'As people know it, e.g. 1001' },
			{ name: "Shop's ID", value: 'id', description: "The shop's own ID, e.g. 450789469" },
		],
		{
			initial: 'id',
			always: 'id',
			grade: 'conditional',
			description:
				"Which of the two TD knows the order by. If you use TD's Verification API, choose the one you send there.",
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
			"What one unit of each of your shop's currencies is worth in USD, or in CNY if the region of the TD API credential is China. That currency itself needs no rate.",
		check: (value) =>
			readRates(value)
				? undefined
				: 'must be currencies with their worth, such as EUR 1.08, GBP 1.27',
	}),
	category: text('Category', {
		grade: 'conditional',
		placeholder: 'e.g. clothing',
		description:
			'What your shop sells. TD requires a category for each article and shops have none that fits, so without one TD gets no articles.',
	}),
	noDevice: choice(
		NO_DEVICE_LABEL,
		[
			{ name: 'Fail', value: 'fail', description: 'End the item with a message' },
			{ name: 'Send a Fixed IP', value: 'fixed', description: 'An IP of yours, e.g. of the till' },
			{ name: 'Skip, and Say Why', value: 'skip', description: 'Put out an item with the reason' },
		],
		{
			initial: 'skip',
			always: 'skip',
			grade: 'conditional',
			description:
				'What to do with an order if no webhook has its IP or black box, as with orders from a till or by phone. It is assumed that TD takes no event without one of the two.',
		},
	),
	fixedIp: text(FIXED_IP_LABEL, {
		grade: 'conditional',
		placeholder: 'e.g. 210.20.10.33',
		description: 'Sent instead of the unknown one. All such orders look like one customer.',
		when: { field: 'noDevice', is: ['fixed'] },
		form: ipForm('a'),
	}),
	ifMissing: choice(
		IF_MISSING_LABEL,
		[
			{
				name: 'Fail',
				value: 'fail',
				description: 'End the item with a message that says what to do',
			},
			{ name: 'Skip, and Say Why', value: 'skip', description: 'Put out an item with the reason' },
		],
		{
			initial: 'fail',
			always: 'fail',
			grade: 'conditional',
			hint: appliesTo(SKIPS, 'owner'),
			description: `What to do with an event that you have to act on, since TD does not hear of it. What needs nothing from you is always skipped: ${listed(SKIPS, 'nobody')}`,
		},
	),
	...onceControl('files'),
	rememberVisits: number('Remember Visits for (Days)', {
		grade: 'conditional',
		initial: 180,
		always: 180,
		above: 0,
		max: 3_650,
		unit: 'days',
		when: { field: 'reportOnce', is: ['files', 'postgres'] },
		description:
			"How long to keep an order's session, account, IP and black box for its later events, such as a refund, whose webhooks do not have them",
		hint: 'IP and account are personal data of your customers. They are kept where Report Once remembers, and forgotten after this time.',
	}),
};

export const shopEventOptions = {
	delivery: deliveryOption,
	includeInquiries: flag('Include Inquiries', {
		always: false,
		description:
			'Whether to report a dispute as a chargeback if the bank only asks and takes no money back',
	}),
	includeTestOrders: flag('Include Test Orders', {
		always: false,
		description: 'Whether to report orders that the shop marks as a test',
	}),
	orderMember: text('Order Member (Stripe)', {
		placeholder: 'e.g. order_id',
		description:
			"The member of the metadata that holds the order's ID, because Stripe's events name no order of a shop. Not needed for a payment that another shop's webhook has reported.",
	}),
	shipStatuses: text('Own Statuses to Ship', {
		placeholder: 'e.g. ready-to-pack, at-warehouse',
		description:
			'Statuses of your WooCommerce shop under which a paid order is to be shipped, as processing; with commas between them',
	}),
	shippedStatuses: text('Own Shipped Statuses', {
		placeholder: 'e.g. handed-over',
		description:
			'Statuses of your WooCommerce shop under which an order has left, as completed; with commas between them. Its Ship event is reported then.',
	}),
	shop: choice(
		'Shop',
		(Object.keys(SHOPS) as Shop[]).map((value) => ({ name: SHOPS[value], value })),
		{
			description:
				'The shop that sent the body; recognised if not set. Not needed behind Shop Trigger.',
		},
	),
	topic: text('Topic', {
		placeholder: 'e.g. orders/paid',
		description:
			"The shop's own name for the event, if the body comes without its headers. Not needed behind Shop Trigger.",
	}),
};

export type ShopEventSettings = SettingsOf<
	typeof shopEventControls & typeof shopEventOptions & CommonFields
>;
