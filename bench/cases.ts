/** What is compared: our node, n8n's HTTP Request node doing the same, and what each is made of. */
import type { ChainNode } from '../host/faults/flow';
import { tdRegions } from '../lib/td/regions';
import { twEndpoints } from '../lib/tw/endpoints';

export interface Case {
	name: string;
	/** The expressions that our node holds, one per parameter that has one. */
	expressions: string[];
	/** Our node; with the switch for simple expressions on or off. */
	ours: (resolveDirectly: boolean) => ChainNode;
	/** HTTP Request with the same credential; `batching` as its options have it. */
	peer: (origin: string, batching?: object) => ChainNode;
	/** The bare pool's part. */
	call: { path: string; body: 'status' | 'forecast' | 'event' };
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

export const cases: Case[] = [
	getStatusOfOne,
	getStatusOfEach,
	{
		name: 'Create Using JSON, one expression',
		expressions: [dropped('order')],
		ours: create({ specifyOrder: 'json', orderJson: dropped('order') }),
		peer: createByHttp,
		call: FORECAST,
		atLeast: { direct: 4, evaluated: 4 },
	},
	{
		name: 'Create Using Fields',
		expressions: expressionsIn(orderByFields, boxByFields),
		ours: create({
			specifyOrder: 'fields',
			...orderByFields,
			product: { __rl: true, mode: 'id', value: 'UA' },
			consignee_by: 'address',
			boxes_by: 'fields',
			boxes: { item: [boxByFields] },
		}),
		peer: createByHttp,
		call: FORECAST,
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
	},
];

function getStatus(requestId: string): Case['ours'] {
	return order({ operation: 'getStatus', request_id: requestId });
}

function create(parameters: object): Case['ours'] {
	return order({ operation: 'create', waitForCompletion: false, ...parameters });
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
