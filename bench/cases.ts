/** What is compared: our node, n8n's HTTP Request node doing the same, and what each is made of. */
import type { ChainNode } from '../host/faults/flow';
import { tdRegions } from '../lib/td/regions';
import { twEndpoints } from '../lib/tw/wire/endpoints';

export interface Case {
	name: string;
	/** The expressions that our node holds, one per parameter that has one. */
	expressions: string[];
	/** Our node; with the switch for simple expressions on or off. */
	ours: (resolveDirectly: boolean) => ChainNode;
	/** HTTP Request with the same credential; `batching` as its options have it. */
	peer: (origin: string, batching?: object) => ChainNode;
	/** Whether each item is an order as a shop sends it. */
	isOfShop?: boolean;
	/** Nodes between the items and what is measured. */
	between?: ChainNode[];
	/** Whether n8n has to evaluate the expressions even with the switch on. */
	isEvaluated?: boolean;
	/** The bare pool's part. */
	call: { path: string; body: 'status' | 'forecast' | 'event' | 'shop' };
	/** How many times as much HTTP Request at its defaults has to cost, with the switch on and off. */
	atLeast?: { direct?: number; evaluated?: number };
}

/** What dragging a member of the input into a field makes. */
const dropped = (path: string) => `={{ $json.${path} }}`;

const STATUS = { path: twEndpoints.orderCheck.path, body: 'status' } as const;
const FORECAST = { path: twEndpoints.orderForecast.path, body: 'forecast' } as const;
const EVENT = { path: new URL(tdRegions.sg.url).pathname, body: 'event' } as const;

/** A request id that needs no expression. */
const SAME = '8d0f7a52-3c1b-4f6e-9a43-000000000000';

const orderByFields = {
	no: dropped('order.no'),
	consignee_countryCode: dropped('order.consignee.countryCode'),
	consignee_stateProvince: dropped('order.consignee.stateProvince'),
	consignee_city: dropped('order.consignee.city'),
	consignee_postcode: dropped('order.consignee.postcode'),
	consignee_address: dropped('order.consignee.address'),
	consignee_name: dropped('order.consignee.name'),
	consignee_phone: dropped('order.consignee.phone'),
};
const boxByFields = {
	number: 1,
	weight: dropped('order.boxes[0].weight'),
	length: dropped('order.boxes[0].length'),
	width: dropped('order.boxes[0].width'),
	height: dropped('order.boxes[0].height'),
};
const shipmentByFields = {
	order_id: dropped('shipment.order_id'),
	session_id: dropped('shipment.session_id'),
	account_id: dropped('shipment.account_id'),
	event_time: dropped('shipment.event_time'),
	terminal_ip: dropped('shipment.terminal.ip'),
	logistics_logistics_type: dropped('shipment.logistics.logistics_type'),
	logistics_logistics_company: dropped('shipment.logistics.logistics_company'),
};
const costByFields = {
	currency: 'USD',
	amount_local: dropped('shipment.logistics.cost.amount_local'),
	amount_usd: dropped('shipment.logistics.cost.amount_usd'),
};

/** The same fields as flows fill them that were made by hand: texts between, and another node's item. */
const item = (path: string) => `$('Items').item.json.${path}`;
const first = (path: string) => `$('Items').first().json.${path}`;
const orderByMixed = {
	no: '=SHOP-{{ $json.order.no }}',
	consignee_countryCode: `={{ ${first('order.consignee.countryCode')} }}`,
	consignee_stateProvince: `={{ ${item('order.consignee.stateProvince')} }}`,
	consignee_city: `={{ ${item('order.consignee.city')} }}`,
	consignee_postcode: `={{ ${item('order.consignee.postcode')} }}`,
	consignee_address: `={{ ${item('order.consignee.address')} }}, {{ $json.order.consignee.city }}`,
	consignee_name: '={{ $json.order.consignee.name }} ({{ $json.order.no }})',
	consignee_phone: `={{ ${item('order.consignee.phone')} }}`,
};
/** And with functions, which only n8n can evaluate. */
const orderByCode = {
	no: "={{ 'SHOP-' + $json.order.no }}",
	consignee_countryCode: '={{ $json.order.consignee.countryCode.toUpperCase() }}',
	consignee_stateProvince: "={{ $json.order.consignee.stateProvince || 'none' }}",
	consignee_city: '={{ $json.order.consignee.city.trim() }}',
	consignee_postcode: '={{ $json.order.consignee.postcode.slice(0, 5) }}',
	consignee_address: "={{ [$json.order.consignee.address, 'Floor 1'].join(', ') }}",
	consignee_name: '={{ $json.order.consignee.name.toTitleCase() }}',
	consignee_phone: "={{ $json.order.consignee.phone.replaceAll('-', '') }}",
};
const boxByCode = {
	number: 1,
	weight: '={{ $json.order.boxes[0].weight * 1.1 }}',
	length: '={{ $json.order.boxes[0].length + 1 }}',
	width: '={{ Math.round($json.order.boxes[0].width) }}',
	height: '={{ Number($json.order.boxes[0].height) }}',
};

/** What a person writes who makes a TW order of Shopify's by hand, without its many exceptions. */
const SHOP_TICKET = `={{ { "tickets": [{
	"no": $json.name.replace("#", ""), "product": "UA",
	"consignee": {
		"name": $json.shipping_address.name, "address": $json.shipping_address.address1,
		"city": $json.shipping_address.city, "stateProvince": $json.shipping_address.province_code,
		"postcode": $json.shipping_address.zip, "countryCode": $json.shipping_address.country_code,
		"phone": $json.shipping_address.phone
	},
	"boxes": [{
		"number": 1, "length": 30, "width": 20, "height": 10,
		"weight": $json.line_items.map((line) => line.grams * line.quantity).sum() / 1000,
		"declaredValue": Number($json.current_subtotal_price)
	}]
}] } }}`;

const expressionsIn = (...parts: object[]) =>
	parts
		.flatMap((part): unknown[] => Object.values(part))
		.filter((value): value is string => typeof value === 'string' && value.startsWith('='));

export const getStatusOfOne: Case = {
	name: 'Get Status, no expression',
	expressions: [],
	ours: getStatus(SAME),
	peer: httpRequest(STATUS.path, 'twApi', {
		bodyParameters: [{ name: 'request_id', value: SAME }],
	}),
	call: STATUS,
	atLeast: { direct: 15 },
};

export const getStatusOfEach: Case = {
	name: 'Get Status, one expression',
	expressions: [dropped('request_id')],
	ours: getStatus(dropped('request_id')),
	peer: httpRequest(STATUS.path, 'twApi', {
		bodyParameters: [{ name: 'request_id', value: dropped('request_id') }],
	}),
	call: STATUS,
	atLeast: { direct: 10, evaluated: 5 },
};

const createByHttp = httpRequest(FORECAST.path, 'twApi', {
	json: '={{ { "tickets": [ $json.order ] } }}',
});

export const createJson: Case = {
	name: 'Create Using JSON, one expression',
	expressions: [dropped('order')],
	ours: create({ specifyOrder: 'json', orderJson: dropped('order') }),
	peer: createByHttp,
	call: FORECAST,
	atLeast: { direct: 4, evaluated: 4 },
};

export const cases: Case[] = [
	getStatusOfOne,
	getStatusOfEach,
	createJson,
	{
		name: 'Create Using Fields',
		expressions: expressionsIn(orderByFields, boxByFields),
		ours: createByFields(orderByFields, boxByFields),
		peer: createByHttp,
		call: FORECAST,
		atLeast: { evaluated: 5 },
	},
	{
		name: "Create Using Fields, with texts and another node's item",
		expressions: expressionsIn(orderByMixed, boxByFields),
		ours: createByFields(orderByMixed, boxByFields),
		peer: httpRequest(FORECAST.path, 'twApi', { json: ticketOf(orderByMixed, boxByFields) }),
		between: [{ name: 'Between', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} }],
		call: FORECAST,
		atLeast: { direct: 15 },
	},
	{
		name: 'Create Using Fields, with functions',
		expressions: expressionsIn(orderByCode, boxByCode),
		ours: createByFields(orderByCode, boxByCode),
		isEvaluated: true,
		peer: httpRequest(FORECAST.path, 'twApi', { json: ticketOf(orderByCode, boxByCode) }),
		call: FORECAST,
		atLeast: { evaluated: 5 },
	},
	{
		name: "Create From a Shop's Order",
		expressions: ['={{ $json }}'],
		isOfShop: true,
		ours: create({
			specifyOrder: 'shop',
			shopOrder: '={{ $json }}',
			product: { __rl: true, mode: 'code', value: 'UA' },
			weightUnit: 'kg',
			boxLength: 30,
			boxWidth: 20,
			boxHeight: 10,
		}),
		peer: httpRequest(FORECAST.path, 'twApi', { json: SHOP_TICKET }),
		call: { path: twEndpoints.orderForecast.path, body: 'shop' },
		atLeast: { direct: 20 },
	},
	{
		name: 'TD Ship Using Fields',
		expressions: expressionsIn(shipmentByFields, costByFields),
		ours: (resolveDirectly) => ({
			name: 'Ours',
			type: 'n8n-nodes-tw-td.tdOrderEvent',
			typeVersion: 1,
			parameters: {
				operation: 'order_ship',
				specifyBody: 'fields',
				...shipmentByFields,
				logistics_cost: { value: costByFields },
				options: { resolveDirectly },
			},
		}),
		peer: httpRequest(EVENT.path, 'tdApi', { json: dropped('shipment') }),
		call: EVENT,
		atLeast: { evaluated: 5 },
	},
];

function getStatus(requestId: string): Case['ours'] {
	return order({ operation: 'getStatus', request_id: requestId });
}

function create(parameters: object): Case['ours'] {
	// Each round sends the same orders; what remembering them costs is register.ts's to tell
	return order({ operation: 'create', waitForCompletion: false, remember: 'no', ...parameters });
}

function createByFields(fields: object, box: object): Case['ours'] {
	return create({
		specifyOrder: 'fields',
		...fields,
		product: { __rl: true, mode: 'id', value: 'UA' },
		consignee_by: 'address',
		boxes_by: 'fields',
		boxes: { item: [box] },
	});
}

/** The body that a person writes for HTTP Request where our node has these fields. */
function ticketOf(fields: Record<string, string>, box: Record<string, unknown>): string {
	const membersOf = (values: Record<string, unknown>) =>
		Object.entries(values).map(([name, value]) => `"${name}": ${valueOf(value)}`);
	const own = Object.entries(fields).filter(([name]) => name.startsWith('consignee_'));
	const consignee = Object.fromEntries(
		own.map(([name, value]) => [name.slice('consignee_'.length), value]),
	);
	return (
		`={{ { "tickets": [{ "no": ${valueOf(fields['no'])}, "product": "UA", ` +
		`"consignee": { ${membersOf(consignee).join(', ')} }, "boxes": [{ ${membersOf(box).join(', ')} }] }] } }}`
	);
}

/** A stored value as code. */
function valueOf(stored: unknown): string {
	if (typeof stored !== 'string') return JSON.stringify(stored);
	const parts = stored.slice(1).split(/\{\{(.*?)\}\}/);
	const codes = parts.map((part, i) => (i % 2 === 1 ? `(${part.trim()})` : JSON.stringify(part)));
	return codes.filter((code) => code !== '""').join(' + ');
}

function order(parameters: object): Case['ours'] {
	return (resolveDirectly) => ({
		name: 'Ours',
		type: 'n8n-nodes-tw-td.twOrder',
		typeVersion: 1,
		parameters: { ...parameters, options: { resolveDirectly } },
	});
}

type HttpBody = { json: string } | { bodyParameters: Array<{ name: string; value: string }> };

function httpRequest(path: string, credentialType: string, body: HttpBody): Case['peer'] {
	const specified =
		'json' in body
			? { specifyBody: 'json', jsonBody: body.json }
			: { specifyBody: 'keypair', bodyParameters: { parameters: body.bodyParameters } };
	return (origin, batching) => ({
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		credentialType,
		parameters: {
			method: 'POST',
			url: `${origin}${path}`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credentialType,
			sendBody: true,
			...specified,
			options: { allowUnauthorizedCerts: true, ...(batching ? { batching } : {}) },
		},
	});
}
