/** TW's operations, those that make something before those that look at it. */
import type { INodeParameters } from 'n8n-workflow';
import type { Ledger, Sandbox } from '../../sandbox';
import { billSeeds } from '../../sandbox/tw/bill-seeds';
import { BILL, FORECAST, INFO, LABEL, CHECK } from '../observed';
import { callTw, type Details, forecast } from '../sandbox/client';
import type { Entry, Props, Required } from './list';
import { boxes, channel, toAddress } from './order';

type Json = Record<string, unknown>;

const NAME = '={{ $json.name }}';

/** Of the sandbox's invoices, newest first. */
const DAYS = billSeeds(Date.now()).bills.map(({ bill_at }) => bill_at);

/** An order in fields; the channel is left to the operation. */
const ORDER: INodeParameters = {
	specifyOrder: 'fields',
	no: NAME,
	...toAddress,
	...boxes({ number: 2 }),
};

const orderRequired: Required = {
	no: 'Order Number',
	consignee_countryCode: 'Country Code',
	consignee_city: 'City',
	consignee_postcode: 'Postcode',
	consignee_address: 'Street',
	consignee_name: 'Contact Name',
	'boxes.item.0.number': 'Boxes Like This of Box 1',
	'boxes.item.0.weight': 'Weight of Box 1',
	'boxes.item.0.length': 'Length of Box 1',
	'boxes.item.0.width': 'Width of Box 1',
	'boxes.item.0.height': 'Height of Box 1',
};

/** What TW answers, asked without our code. */
const ask = async <Data = Json>(sandbox: Sandbox, endpoint: string, body: Json) =>
	(await callTw<Data>(sandbox, endpoint, body)).body.data;
const infoOf = async (sandbox: Sandbox, no: string) =>
	await ask<Details & Json>(sandbox, 'orderInfo', { no });
const bagOf = async (sandbox: Sandbox, bag_no: string) => await ask(sandbox, 'bagInfo', { bag_no });

/** A completed order, with its request ID and its tracking number. */
async function order(sandbox: Sandbox, name: string): Promise<Props> {
	const request_id = await forecast(sandbox, name);
	const { tracking_number } = await infoOf(sandbox, name);
	return { name, request_id, tracking_number };
}

/** An order for a bag that is called `name`. */
const orderForBag = async (sandbox: Sandbox, name: string): Promise<Props> => ({
	...(await order(sandbox, `${name}-O`)),
	name,
});

/** A bag with one order in it. */
async function bag(sandbox: Sandbox, name: string): Promise<Props> {
	const props = await orderForBag(sandbox, name);
	await callTw(sandbox, 'bagCreate', { bag_no: name, nos: [`${name}-O`] });
	return props;
}

/** One of several, by the number in a name. */
const oneOf = <Value>(values: readonly Value[], name: string): Value =>
	values[Number(/\d+/.exec(name)) % values.length]!;

const ordersMade = ({ orders }: Ledger, { name }: Props) =>
	orders.filter(({ no }) => no === name).length;
const bagsDone =
	(action: string) =>
	({ bags }: Ledger, { name }: Props) =>
		bags.filter((done) => done.bagNo === name && done.action === action).length;

/** What makes an order. */
const makesOrder = {
	path: FORECAST,
	effects: ordersMade,
	provable: ['done', 'not done'],
} satisfies Partial<Entry>;
/** What asks for an order, or a bag, by its number alone. */
const byNumber = {
	parameters: { no: NAME },
	prepare: order,
	required: { no: 'Order Number' },
} satisfies Partial<Entry>;
const byBagNumber = {
	parameters: { bag_no: NAME },
	prepare: bag,
	required: { bag_no: 'Bag Number' },
} satisfies Partial<Entry>;

/** What Create and Get put out alike. */
const shipmentOf = ({ tracking_number, children, charge_weight }: Details & Json): Json => ({
	...{ tracking_number, tracking_numbers: children.map((box) => box.tracking_number) },
	...{ charge_weight, charge_weight_unit: 'LBS', currency: 'USD' },
});

/** The order as Create puts it out once it is completed. */
async function completed(sandbox: Sandbox, no: string): Promise<Json> {
	const held = sandbox.ledger().orders.find((one) => one.no === no);
	const info = await infoOf(sandbox, no);
	const { charge_amount, charge_total_amount } = info;
	return {
		...{ outcome: 'completed', no, request_id: held?.requestId },
		...{ status: 10, status_text: 'forecast completed' },
		...{ ...shipmentOf(info), charge_amount, charge_total_amount },
	};
}

/** TW's prices for what was sent, the cheapest first. */
async function prices(sandbox: Sandbox, sent: Json, channels: string[]) {
	const quotes = [];
	for (const channel of channels) {
		const tickets = [{ ...(sent['tickets'] as Json[])[0], product: channel }];
		const data = await ask<Json[]>(sandbox, 'orderTrial', { tickets });
		quotes.push({ channel, data, price: data[0]?.['charge_amount'] as string });
	}
	return quotes.sort((a, b) => Number(a.price) - Number(b.price));
}

/** Amounts as numbers too, beside the text. */
const numbersOf = (bill: Json, amounts: string): Json =>
	Object.fromEntries(amounts.split(' ').map((name) => [`${name}_number`, Number(bill[name])]));

export const tw: Record<string, Record<string, Entry>> = {
	twOrder: {
		create: {
			parameters: { ...ORDER, ...channel('UA'), waitForCompletion: true },
			...makesOrder,
			required: { ...orderRequired, 'product.value': 'Channel' },
			expected: async (sandbox, { name }) => await completed(sandbox, name),
		},
		buyCheapest: {
			parameters: { ...ORDER, channels: ['UA', 'UW', 'FH'], waitForCompletion: true },
			...makesOrder,
			required: orderRequired,
			expected: async (sandbox, { name }, sent) => {
				const [winner] = await prices(sandbox, sent, ['UA', 'UW', 'FH']);
				const { channel, price } = winner!;
				return { ...(await completed(sandbox, name)), channel, quoted_price: price, left_out: [] };
			},
		},
		quote: {
			parameters: { ...ORDER, channels: ['UA', 'U2', 'UW'] },
			path: '/api/v2/orderTrial',
			required: orderRequired,
			refusal: 'in the output',
			expected: async (sandbox, { name }, sent) => {
				const quotes = await prices(sandbox, sent, ['UA', 'U2', 'UW']);
				return quotes.map(({ channel, data, price }) => ({
					...{ no: name, channel, currency: 'USD', data },
					...{ price: Number(price), price_text: price, price_source: 'charge_amount' },
				}));
			},
		},
		delete: {
			...byNumber,
			path: '/api/v2/orderDelete',
			effects: ({ deletions }, { name }) => deletions.filter(({ no }) => no === name).length,
			provable: ['done', 'not done'],
			expected: async (sandbox, { name }) => {
				const { removing_at, removed_at, real_removed_at } = await infoOf(sandbox, name);
				return {
					...{ outcome: 'deleted', no: name, deleted: true, removal: 'confirmed by carrier' },
					...{ removing_at, removed_at, real_removed_at, time_zone: 'Asia/Shanghai' },
					response: { no: name, removing_at },
				};
			},
		},
		get: {
			...byNumber,
			parameters: { no: NAME, simplify: true },
			path: INFO,
			expected: async (sandbox, { name }) => {
				const info = await infoOf(sandbox, name);
				const { charge_amount, charge_total_amount } = info;
				const state = { state: 'completed', is_prod: false, status: 1 };
				return { no: name, ...shipmentOf(info), charge_amount, charge_total_amount, ...state };
			},
		},
		getFee: {
			parameters: { tracking_number: '={{ $json.tracking_number }}', split: false },
			prepare: order,
			path: '/api/v2/orderFee',
			required: { tracking_number: 'Tracking Number' },
			expected: async (sandbox, { tracking_number }) => {
				const data = await ask(sandbox, 'orderFee', { tracking_number });
				const boxes = Object.values(data['charges'] as Record<string, Array<{ amount: number }>>);
				const lines = [...boxes.flat(), ...(data['discounts'] as Array<{ amount: number }>)];
				const cents = lines.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
				return {
					tracking_number,
					...data,
					total: (cents / 100).toFixed(2),
					total_number: cents / 100,
					total_is_derived: true,
					currency: 'USD',
				};
			},
		},
		getChannels: {
			parameters: { returnAll: true, options: { timeout: 60 } },
			path: '/api/v2/getProduct',
			required: { 'options.timeout': 'Timeout' },
			expected: async (sandbox) => await ask<Json[]>(sandbox, 'getProduct', {}),
		},
		getManyRemembered: { parameters: { state: 'all' }, asksNoVendor: true },
		getStatus: {
			parameters: { request_id: '={{ $json.request_id }}' },
			prepare: order,
			path: CHECK,
			required: { request_id: 'Request ID' },
			expected: async (_sandbox, { name, request_id }) => ({
				...{ request_id, no: name, errors: [] },
				...{ status: 10, status_text: 'forecast completed', phase: 'completed' },
			}),
		},
	},
	twLabel: {
		download: {
			parameters: { no: NAME, binaryProperty: 'label' },
			prepare: order,
			path: LABEL,
			required: { no: 'Order Number', binaryProperty: 'Put Output File in Field' },
			expected: async (_sandbox, { name }) => ({ no: name, documents: 1 }),
		},
		getUrl: {
			...byNumber,
			path: LABEL,
			expected: async (sandbox, { name }) => {
				const url = await ask<string>(sandbox, 'orderLabel', { no: name });
				return { no: name, url, urls: [url], inline: 0 };
			},
		},
	},
	twBag: {
		create: {
			parameters: { bag_no: NAME, nos: '={{ $json.name + "-O" }}' },
			prepare: orderForBag,
			path: '/api/v2/bagCreate',
			effects: bagsDone('create'),
			provable: ['done'],
			required: { bag_no: 'Bag Number', nos: 'Order Numbers' },
			expected: async (sandbox, { name }) => {
				const response = await bagOf(sandbox, name);
				return { outcome: 'created', bag_no: name, nos: [`${name}-O`], response };
			},
		},
		delete: {
			...byBagNumber,
			path: '/api/v2/bagDelete',
			effects: bagsDone('delete'),
			provable: ['not done'],
			expected: async (sandbox, { name: bag_no }) => {
				expect((await callTw(sandbox, 'bagInfo', { bag_no })).status).toBe(404);
				const response = { bag_no, deleted: true };
				return { outcome: 'deleted', bag_no, deleted: true, response };
			},
		},
		get: {
			...byBagNumber,
			path: '/api/v2/bagInfo',
			expected: async (sandbox, { name }) => {
				const found = await bagOf(sandbox, name);
				const { reviewed_at, ...given } = found;
				expect(reviewed_at).toBeNull();
				expect(given).toMatchObject({ bag_no: name, orders: [{ no: `${name}-O` }] });
				return given;
			},
		},
		review: {
			...byBagNumber,
			path: '/api/v2/bagReview',
			effects: bagsDone('review'),
			expected: async (sandbox, { name }) => {
				const response = await bagOf(sandbox, name);
				expect(response['status']).toBe('reviewed');
				return { outcome: 'reviewed', bag_no: name, reviewed: true, response };
			},
		},
	},
	twInvoice: {
		getAll: {
			parameters: { from: '={{ $json.from }}', to: DAYS[4]!, returnAll: true, simplify: false },
			prepare: async (_sandbox, name) => ({
				name,
				from: oneOf(DAYS.slice(4, 7), name),
			}),
			path: BILL,
			required: { from: 'From', to: 'To' },
			expected: async (sandbox, { from }) => {
				const scope = { date_scope: [from, DAYS[4]], limit: 100 };
				const { data } = await ask<{ data: Json[] }>(sandbox, 'getBill', scope);
				return data.map((bill) => ({
					...bill,
					...numbersOf(bill, 'balance_before charge_price refund_price bill_price balance_after'),
					currency: 'USD',
					time_zone: 'Asia/Shanghai',
				}));
			},
		},
		getLines: {
			parameters: { bill_id: '={{ $json.bill_id }}', returnAll: false, limit: 7 },
			prepare: async (_sandbox, name) => ({ name, bill_id: oneOf([3, 5, 37], name) }),
			path: '/api/v2/getBillInfo',
			required: { bill_id: 'Invoice ID' },
			expected: async (sandbox, { bill_id }) => {
				const request = { bill_id, limit: 7 };
				const { data } = await ask<{ data: Json[] }>(sandbox, 'getBillInfo', request);
				return data.map((line) => ({
					...line,
					value: String(line['value']),
					value_number: line['value'],
					currency: 'USD',
				}));
			},
		},
	},
	twBalance: {
		get: {
			parameters: { options: { timeout: 60 } },
			path: '/api/v2/getBalance',
			required: { 'options.timeout': 'Timeout' },
			expected: async (sandbox) => {
				const data = await ask(sandbox, 'getBalance', {});
				return { ...data, balance_number: Number(data['balance']) };
			},
		},
		checkContract: {
			parameters: {
				orderNumber: '={{ $json.name }}-O',
				requestId: '={{ $json.request_id }}',
				bagNumber: NAME,
				invoicesSince: '2025-01-01',
			},
			prepare: bag,
			tells: true,
		},
	},
	twTrigger: {
		lowBalance: { parameters: { threshold: 100_000_000 } },
		newInvoice: { parameters: {} },
		orderFinal: { parameters: { orders: NAME }, prepare: order },
	},
};
