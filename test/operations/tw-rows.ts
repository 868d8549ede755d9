/** TW's operations: good parameters, the state they need, and what they put out. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { callTw, forecast } from '../sandbox/client';
import type { Bench } from '../support';
import type { Required, Row } from './row';

type Json = Record<string, unknown>;

const address: INodeParameters = {
	consignee_by: 'address',
	consignee_countryCode: 'US',
	consignee_stateProvince: 'MN',
	consignee_city: 'Sampletown',
	consignee_postcode: '55000',
	consignee_address: '1 Example Street',
	consignee_name: 'Receiver',
};

/** An order in fields; the channel is left to the operation. */
const order: INodeParameters = {
	specifyOrder: 'fields',
	no: '={{ $json.no }}',
	...address,
	boxes_by: 'fields',
	boxes: { item: [{ number: 2, weight: 5, length: 20, width: 20, height: 20 }] },
};

const orderRequired: Required[] = [
	['no', "'Order Number' is empty"],
	['consignee_countryCode', "'Country Code' is empty"],
	['consignee_city', "'City' is empty"],
	['consignee_postcode', "'Postcode' is empty"],
	['consignee_address', "'Street' is empty"],
	['consignee_name', "'Contact Name' is empty"],
	['boxes.item.0.number', "'Quantity' of Box 1 is empty"],
	['boxes.item.0.weight', "'Weight' of Box 1 is empty"],
	['boxes.item.0.length', "'Length' of Box 1 is empty"],
	['boxes.item.0.width', "'Width' of Box 1 is empty"],
	['boxes.item.0.height', "'Height' of Box 1 is empty"],
];

const numbers = ['ORD-1', 'ORD-2', 'ORD-3'];
const newOrders = async () => numbers.map((no) => ({ no }));

/** Three completed orders. */
async function oldOrders({ sandbox }: Bench): Promise<IDataObject[]> {
	const items = [];
	for (const no of numbers) items.push({ no, request_id: await forecast(sandbox, no) });
	return items;
}

const infoOf = async ({ sandbox }: Bench, no: unknown) =>
	(await callTw(sandbox, 'orderInfo', { no })).body.data;

/** The order as Create puts it out once it is completed. */
async function completed(bench: Bench, no: unknown): Promise<Json> {
	const held = bench.sandbox.ledger().orders.find((one) => one.no === no);
	const info = await infoOf(bench, no);
	const boxes = info['children'] as Array<{ tracking_number: string }>;
	return {
		outcome: 'completed',
		no,
		request_id: held?.requestId,
		status: 10,
		status_text: 'forecast completed',
		tracking_number: info['tracking_number'],
		tracking_numbers: boxes.map((box) => box.tracking_number),
		charge_weight: info['charge_weight'],
		charge_weight_unit: 'LBS',
		charge_amount: info['charge_amount'],
		charge_total_amount: info['charge_total_amount'],
		currency: 'USD',
	};
}

/** TW's prices for what was asked, asked for again without our code. */
async function prices({ sandbox }: Bench, ticket: Json, channels: string[]) {
	const quotes = [];
	for (const channel of channels) {
		const tickets = [{ ...ticket, product: channel }];
		const { data } = (await callTw<Json[]>(sandbox, 'orderTrial', { tickets })).body;
		quotes.push({ channel, data, price: data[0]?.['charge_amount'] as string });
	}
	return quotes.sort((a, b) => Number(a.price) - Number(b.price));
}

const bagOf = async ({ sandbox }: Bench, bag_no: unknown) =>
	(await callTw(sandbox, 'bagInfo', { bag_no })).body.data;

const bagFor = (no: unknown) => (no as string).replace('ORD', 'BAG');
const orderOfBag = (bag: unknown) => (bag as string).replace('BAG', 'ORD');

/** Three bags with one order each. */
async function bags(bench: Bench): Promise<IDataObject[]> {
	const items = [];
	for (const { no } of await oldOrders(bench)) {
		const bag_no = bagFor(no);
		await callTw(bench.sandbox, 'bagCreate', { bag_no, nos: [no] });
		items.push({ bag_no });
	}
	return items;
}

const firstTicket = (sent: Json) => (sent['tickets'] as Json[])[0]!;

export const twRows: Row[] = [
	{
		node: 'twOrder',
		operation: 'create',
		parameters: { ...order, product: { __rl: true, mode: 'code', value: 'UA' } },
		items: newOrders,
		path: '/api/v2/orderForecast',
		required: [...orderRequired, ['product.value', "'Channel' is empty"]],
		expected: async (bench, { no }) => [await completed(bench, no)],
	},
	{
		node: 'twOrder',
		operation: 'buyCheapest',
		parameters: { ...order, channels: ['UA', 'UW', 'FH'] },
		items: newOrders,
		path: '/api/v2/orderForecast',
		required: orderRequired,
		expected: async (bench, { no }, sent) => {
			const [winner] = await prices(bench, firstTicket(sent), ['UA', 'UW', 'FH']);
			const { channel, price } = winner!;
			return [{ ...(await completed(bench, no)), channel, quoted_price: price }];
		},
	},
	{
		node: 'twOrder',
		operation: 'quote',
		parameters: { ...order, channels: ['UA', 'U2', 'UW'] },
		items: newOrders,
		path: '/api/v2/orderTrial',
		required: orderRequired,
		refusal: 'in the output',
		expected: async (bench, { no }, sent) => {
			const quotes = await prices(bench, firstTicket(sent), ['UA', 'U2', 'UW']);
			return quotes.map(({ channel, data, price }) => ({
				no,
				channel,
				price: Number(price),
				price_text: price,
				price_source: 'charge_amount',
				refused: null,
				currency: 'USD',
				data,
			}));
		},
	},
	{
		node: 'twOrder',
		operation: 'delete',
		parameters: { no: '={{ $json.no }}' },
		items: oldOrders,
		path: '/api/v2/orderDelete',
		required: [['no', "'Order Number' is empty"]],
		expected: async (bench, { no }) => {
			const { removing_at, removed_at, real_removed_at } = await infoOf(bench, no);
			return [
				{
					outcome: 'deleted',
					no,
					deleted: true,
					removal: 'confirmed by carrier',
					removing_at,
					removed_at,
					real_removed_at,
					time_zone: 'Asia/Shanghai',
					response: { no, removing_at },
				},
			];
		},
	},
	{
		node: 'twOrder',
		operation: 'get',
		parameters: { no: '={{ $json.no }}', simplify: true },
		items: oldOrders,
		path: '/api/v2/orderInfo',
		required: [['no', "'Order Number' is empty"]],
		expected: async (bench, { no }) => {
			const info = await infoOf(bench, no);
			const boxes = info['children'] as Array<{ tracking_number: string }>;
			return [
				{
					no,
					tracking_number: info['tracking_number'],
					tracking_numbers: boxes.map((box) => box.tracking_number),
					is_prod: false,
					charge_weight: info['charge_weight'],
					charge_weight_unit: 'LBS',
					charge_amount: info['charge_total_amount'],
					currency: 'USD',
					removed_at: null,
					status: 1,
				},
			];
		},
	},
	{
		node: 'twOrder',
		operation: 'getFee',
		parameters: { tracking_number: '={{ $json.tracking_number }}' },
		items: async (bench) => {
			const items = [];
			for (const { no } of await oldOrders(bench)) {
				items.push({ tracking_number: (await infoOf(bench, no))['tracking_number'] as string });
			}
			return items;
		},
		path: '/api/v2/orderFee',
		required: [['tracking_number', "'Tracking Number' is empty"]],
		expected: async ({ sandbox }, { tracking_number }) => {
			const { data } = (await callTw(sandbox, 'orderFee', { tracking_number })).body;
			const boxes = Object.values(data['charges'] as Record<string, Array<{ amount: number }>>);
			const lines = [...boxes.flat(), ...(data['discounts'] as Array<{ amount: number }>)];
			const cents = lines.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
			return [
				{
					tracking_number,
					...data,
					total: (cents / 100).toFixed(2),
					total_number: cents / 100,
					total_is_derived: true,
					currency: 'USD',
				},
			];
		},
	},
	{
		node: 'twOrder',
		operation: 'getChannels',
		parameters: { returnAll: true, options: { timeout: 60 } },
		items: async () => [{}, {}, {}],
		path: '/api/v2/getProduct',
		required: [['options.timeout', "'Timeout' must be greater than 0"]],
		expected: async ({ sandbox }) => (await callTw<Json[]>(sandbox, 'getProduct', {})).body.data,
	},
	{
		node: 'twOrder',
		operation: 'getStatus',
		parameters: { request_id: '={{ $json.request_id }}' },
		items: oldOrders,
		path: '/api/v2/orderCheck',
		required: [['request_id', "'Request ID' is empty"]],
		expected: async (_bench, { no, request_id }) => [
			{
				request_id,
				no,
				errors: [],
				status: 10,
				status_text: 'forecast completed',
				phase: 'completed',
			},
		],
	},
	{
		node: 'twLabel',
		operation: 'download',
		parameters: { no: '={{ $json.no }}', binaryProperty: 'label' },
		items: oldOrders,
		path: '/api/v2/orderLabel',
		required: [
			['no', "'Order Number' is empty"],
			['binaryProperty', "'Put Output File in Field' is empty"],
		],
		expected: async (_bench, { no }) => [{ no, documents: 1 }],
	},
	{
		node: 'twLabel',
		operation: 'getUrl',
		parameters: { no: '={{ $json.no }}' },
		items: oldOrders,
		path: '/api/v2/orderLabel',
		required: [['no', "'Order Number' is empty"]],
		expected: async ({ sandbox }, { no }) => {
			const url = (await callTw<string>(sandbox, 'orderLabel', { no })).body.data;
			return [{ no, url, urls: [url], inline: 0 }];
		},
	},
	{
		node: 'twBag',
		operation: 'create',
		parameters: { bag_no: '={{ $json.bag_no }}', nos: '={{ $json.nos }}' },
		items: async (bench) =>
			(await oldOrders(bench)).map(({ no }) => ({
				bag_no: bagFor(no),
				nos: [no as string],
			})),
		path: '/api/v2/bagCreate',
		required: [
			['bag_no', "'Bag Number' is empty"],
			['nos', "'Order Numbers' is empty"],
		],
		expected: async (bench, { bag_no, nos }) => [
			{ outcome: 'created', bag_no, nos, response: await bagOf(bench, bag_no) },
		],
	},
	{
		node: 'twBag',
		operation: 'delete',
		parameters: { bag_no: '={{ $json.bag_no }}' },
		items: bags,
		path: '/api/v2/bagDelete',
		required: [['bag_no', "'Bag Number' is empty"]],
		expected: async (bench, { bag_no }) => {
			expect((await callTw(bench.sandbox, 'bagInfo', { bag_no })).status).toBe(404);
			const response = { bag_no, deleted: true };
			return [{ outcome: 'deleted', bag_no, deleted: true, response }];
		},
	},
	{
		node: 'twBag',
		operation: 'get',
		parameters: { bag_no: '={{ $json.bag_no }}' },
		items: bags,
		path: '/api/v2/bagInfo',
		required: [['bag_no', "'Bag Number' is empty"]],
		expected: async (bench, { bag_no }) => {
			const bag = await bagOf(bench, bag_no);
			expect(bag).toMatchObject({ bag_no, orders: [{ no: orderOfBag(bag_no) }] });
			return [bag];
		},
	},
	{
		node: 'twBag',
		operation: 'review',
		parameters: { bag_no: '={{ $json.bag_no }}' },
		items: bags,
		path: '/api/v2/bagReview',
		required: [['bag_no', "'Bag Number' is empty"]],
		expected: async (bench, { bag_no }) => {
			const response = await bagOf(bench, bag_no);
			expect(response['status']).toBe('reviewed');
			return [{ outcome: 'reviewed', bag_no, reviewed: true, response }];
		},
	},
	{
		node: 'twInvoice',
		operation: 'getAll',
		parameters: { from: '={{ $json.from }}', to: '2025-03-31', returnAll: true, simplify: false },
		items: async () => ['2025-03-20', '2025-03-13', '2025-03-06'].map((from) => ({ from })),
		path: '/api/v2/getBill',
		required: [
			['from', "'From' is empty"],
			['to', "'To' is empty"],
		],
		expected: async ({ sandbox }, { from }) => {
			const scope = { date_scope: [from, '2025-03-31'], limit: 100 };
			const { data } = (await callTw<{ data: Json[] }>(sandbox, 'getBill', scope)).body;
			return data.data.map((bill) => ({
				...bill,
				balance_before_number: Number(bill['balance_before']),
				charge_price_number: Number(bill['charge_price']),
				refund_price_number: Number(bill['refund_price']),
				bill_price_number: Number(bill['bill_price']),
				balance_after_number: Number(bill['balance_after']),
				currency: 'USD',
				time_zone: 'Asia/Shanghai',
			}));
		},
	},
	{
		node: 'twInvoice',
		operation: 'getLines',
		parameters: { bill_id: '={{ $json.id }}', returnAll: false, limit: 7 },
		items: async () => [{ id: 3 }, { id: 5 }, { id: 37 }],
		path: '/api/v2/getBillInfo',
		required: [['bill_id', "'Invoice ID' is empty"]],
		expected: async ({ sandbox }, { id }) => {
			const request = { bill_id: id, limit: 7 };
			const { data } = (await callTw<{ data: Json[] }>(sandbox, 'getBillInfo', request)).body;
			return data.data.map((line) => ({
				...line,
				value: String(line['value']),
				value_number: line['value'],
				currency: 'USD',
			}));
		},
	},
	{
		node: 'twBalance',
		operation: 'get',
		parameters: { options: { timeout: 60 } },
		items: async () => [{}, {}, {}],
		path: '/api/v2/getBalance',
		required: [['options.timeout', "'Timeout' must be greater than 0"]],
		expected: async ({ sandbox }) => {
			const { data } = (await callTw(sandbox, 'getBalance', {})).body;
			return [{ ...data, balance_number: Number(data['balance']) }];
		},
	},
];
