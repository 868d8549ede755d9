/**
 * One scenario for every operation of every node: how it is run, and how the sandbox's ledger shows
 * that it took effect. The operations are the nodes' own lists, so none can be forgotten.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../../lib/operation/operation';
import { TwTrigger } from '../../nodes/TwTrigger/TwTrigger.node';
import type { Ledger, Sandbox } from '../../sandbox';
import { EVENT, FORECAST } from '../observed';
import { operations } from '../operations/all';
import { callTw, type Details, ticket } from '../sandbox/client';
import { createParameters, nodes } from '../support';

/** What a run works on; each run of a cell gets things of its own, told apart by `name`. */
export interface Props extends IDataObject {
	name: string;
}

export interface Scenario {
	/** Row of the table. */
	title: string;
	node: keyof typeof nodes | 'twTrigger';
	kind: Kind;
	parameters: INodeParameters;
	/** Options beside Timeout. */
	options: INodeParameters;
	/** Makes at the vendor what the operation needs; gives the item that the node gets. */
	prepare: (sandbox: Sandbox, name: string) => Promise<Props>;
	/** It never fails, since what goes wrong is what it puts out: the `result` of its items says so. */
	tells?: true;
	/** It looks into the register alone, so there is no request to hit. */
	asksNoVendor?: true;
	/** Where the request goes that takes effect; reads have none. */
	effectPath?: string;
	/** How often it took effect, by the sandbox's ledger. */
	effects: (ledger: Ledger, props: Props) => number;
	/**
	 * What the vendor's look-up proves of a write: that it took effect, that it did not. A look-up whose
	 * path is assumed proves neither by "not found".
	 */
	provable: ReadonlyArray<'done' | 'not done'>;
}

type Part = Partial<Omit<Scenario, 'title' | 'node' | 'kind'>>;

const nothing = async (_sandbox: Sandbox, name: string): Promise<Props> => ({ name });

/** An order at TW, with its request_id and tracking number. */
async function order(sandbox: Sandbox, name: string): Promise<Props> {
	const made = await callTw<[{ request_id: string }]>(sandbox, 'orderForecast', {
		tickets: [ticket(name)],
	});
	const info = await callTw<Details>(sandbox, 'orderInfo', { no: name });
	return {
		name,
		request_id: made.body.data[0].request_id,
		tracking_number: info.body.data.tracking_number,
	};
}

/** A bag at TW with one order in it. */
async function bag(sandbox: Sandbox, name: string): Promise<Props> {
	await order(sandbox, `${name}-O`);
	await callTw(sandbox, 'bagCreate', { bag_no: name, nos: [`${name}-O`] });
	return { name };
}

const bagActions = (action: string, since: number) => (ledger: Ledger, props: Props) =>
	ledger.bags.filter((entry) => entry.bagNo === props.name && entry.action === action).length -
	since;

const ordersOf = (ledger: Ledger, { name }: Props) =>
	ledger.orders.filter(({ no }) => no === name).length;

const NAME = '={{ $json.name }}';
const ORDER = createParameters({ no: NAME, waitForCompletion: true });
const OPEN_ORDER: INodeParameters = { ...ORDER };
delete OPEN_ORDER['product'];
/** A parcel that left; one event for TD. */
const SHOP_EVENT: INodeParameters = {
	shopEvent:
		'={{ { event: "order_shipped", shop: "shopify", order: { id: $json.name, device: { ip: "210.20.10.33", session: "s" } } } }}',
};
/** By node and operation. */
const parts: Record<string, Part> = {
	'twOrder create': {
		parameters: ORDER,
		effectPath: FORECAST,
		effects: ordersOf,
		provable: ['done', 'not done'],
	},
	'twOrder buyCheapest': {
		parameters: OPEN_ORDER,
		effectPath: FORECAST,
		effects: ordersOf,
		provable: ['done', 'not done'],
	},
	'twOrder delete': {
		parameters: { no: NAME },
		prepare: order,
		effectPath: '/api/v2/orderDelete',
		effects: (ledger, { name }) => ledger.deletions.filter(({ no }) => no === name).length,
		provable: ['done', 'not done'],
	},
	'twOrder getManyRemembered': { parameters: { state: 'all' }, asksNoVendor: true },
	'twOrder get': { parameters: { no: NAME, simplify: false }, prepare: order },
	'twOrder getFee': {
		parameters: { tracking_number: '={{ $json.tracking_number }}', split: false },
		prepare: order,
	},
	'twOrder getChannels': { parameters: { returnAll: true } },
	'twOrder getStatus': {
		parameters: { request_id: '={{ $json.request_id }}' },
		prepare: order,
	},
	'twOrder quote': { parameters: OPEN_ORDER },
	'twLabel download': {
		parameters: { no: NAME, binaryProperty: 'data' },
		options: { maxSize: 1 },
		prepare: order,
	},
	'twLabel getUrl': { parameters: { no: NAME }, prepare: order },
	'twBag create': {
		parameters: { bag_no: NAME, nos: '={{ $json.name }}-O' },
		prepare: async (sandbox, name) => {
			await order(sandbox, `${name}-O`);
			return { name };
		},
		effectPath: '/api/v2/bagCreate',
		effects: bagActions('create', 0),
		provable: ['done'],
	},
	'twBag delete': {
		parameters: { bag_no: NAME },
		prepare: bag,
		effectPath: '/api/v2/bagDelete',
		effects: bagActions('delete', 0),
		provable: ['not done'],
	},
	'twBag get': { parameters: { bag_no: NAME }, prepare: bag },
	'twBag review': {
		parameters: { bag_no: NAME },
		prepare: bag,
		effectPath: '/api/v2/bagReview',
		effects: bagActions('review', 0),
		provable: [],
	},
	'twInvoice getAll': {
		parameters: { from: '2025-01-01', to: '2025-12-31', returnAll: true, simplify: false },
	},
	'twInvoice getLines': {
		parameters: { bill_id: '={{ $json.bill_id }}', returnAll: true },
		prepare: async (sandbox, name) => {
			const page = await callTw<{ data: Array<{ id: number }> }>(sandbox, 'getBill', {
				date_scope: ['2020-01-01', '2030-01-01'],
				page: 1,
				limit: 1,
			});
			return { name, bill_id: page.body.data.data[0]!.id };
		},
	},
	'twBalance get': { parameters: {} },
	'twBalance checkContract': {
		parameters: {
			orderNumber: '={{ $json.name }}-O',
			requestId: '={{ $json.request_id }}',
			bagNumber: NAME,
			invoicesSince: '2025-01-01',
		},
		prepare: async (sandbox, name) => {
			const { request_id } = await order(sandbox, `${name}-O`);
			await callTw(sandbox, 'bagCreate', { bag_no: name, nos: [`${name}-O`] });
			return { name, request_id };
		},
		tells: true,
	},
	'tdOrderEvent checkContract': { parameters: {}, tells: true },
	'twTrigger lowBalance': { parameters: { threshold: 100_000_000 } },
	'twTrigger newInvoice': { parameters: {} },
	'twTrigger orderFinal': { parameters: { orders: NAME }, prepare: order },
};

/** A scenario for each operation, and for each choice of an operation that changes its delivery. */
export function allScenarios(): Scenario[] {
	const scenarios: Scenario[] = [];
	for (const [node, list] of Object.entries(operations)) {
		for (const { value, kind, json } of list) {
			const base = { node: node as keyof typeof nodes, kind };
			if (value === 'reportShopEvent')
				scenarios.push(...byDelivery(value, SHOP_EVENT, 'order_ship'));
			else if (kind === 'event') scenarios.push(...eventScenarios(value, json!.example));
			else scenarios.push(scenario(base, 'operation', value));
		}
	}
	const create = scenarios.find(({ title }) => title === 'twOrder create')!;
	scenarios.push({
		...create,
		title: 'twOrder create, check first',
		options: { ...create.options, checkExisting: true },
	});
	for (const value of offered('twTrigger', 'event')) {
		scenarios.push(scenario({ node: 'twTrigger', kind: 'read' }, 'event', value));
	}
	assertComplete(scenarios);
	return scenarios;
}

function scenario(
	{ node, kind }: Pick<Scenario, 'node' | 'kind'>,
	chooser: string,
	value: string,
): Scenario {
	const title = `${node} ${value}`;
	const part = parts[title];
	if (!part) throw new Error(`There is no scenario for '${title}': add one to scenarios.ts`);
	if ((kind === 'read') !== (part.effectPath === undefined)) {
		throw new Error(`The scenario of '${title}' must tell the effect of a ${kind}`);
	}
	return {
		title,
		node,
		kind,
		options: {},
		prepare: nothing,
		effects: () => 0,
		provable: [],
		...part,
		parameters: { ...part.parameters, [chooser]: value },
	};
}

/** An event runs from its own example, so that a new one needs nothing here. */
function eventScenarios(value: string, example: string): Scenario[] {
	const body = JSON.parse(example) as IDataObject;
	const inner = body['order'] as IDataObject | undefined;
	if (inner) body['order'] = { ...inner, order_id: 'NAME' };
	else body['order_id'] = 'NAME';
	const parameters: INodeParameters = {
		specifyBody: 'json',
		bodyJson: `=${JSON.stringify(body).replace('"NAME"', '"{{ $json.name }}"')}`,
	};
	return byDelivery(value, parameters, value);
}

/** An event both ways it can be delivered. @param type what TD calls it */
function byDelivery(value: string, own: INodeParameters, type: string): Scenario[] {
	const parameters = { ...own, operation: value };
	return (['event-at-least-once', 'event-at-most-once'] as const).map((delivery) => ({
		title: `td ${value}${delivery === 'event-at-most-once' ? ', at most once' : ''}`,
		node: 'tdOrderEvent',
		kind: 'event',
		parameters,
		options: { delivery },
		prepare: nothing,
		effectPath: EVENT,
		effects: (ledger, { name }) =>
			ledger.events.filter(({ orderId, eventType }) => orderId === name && eventType === type)
				.length,
		provable: [],
	}));
}

/** The values that a node's panel offers. */
function offered(node: Scenario['node'], chooser: 'operation' | 'event'): string[] {
	const { properties } = (node === 'twTrigger' ? new TwTrigger() : nodes[node]).description;
	return properties.flatMap(({ name, options }) =>
		name === chooser
			? (options ?? []).flatMap((option) => ('value' in option ? [String(option.value)] : []))
			: [],
	);
}

/** A webhook comes in, and no request leaves. */
const SENDS_NOTHING: ReadonlySet<string> = new Set(['ShopTrigger']);

/** Fails if a node of the package, or an operation that its panel offers, has no scenario. */
function assertComplete(scenarios: readonly Scenario[]): void {
	const manifest = JSON.parse(
		readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'),
	) as { n8n: { nodes: string[] } };
	for (const file of manifest.n8n.nodes) {
		const className = /(\w+)\.node\.js$/.exec(file)![1]!;
		const node = `${className[0]!.toLowerCase()}${className.slice(1)}` as Scenario['node'];
		if (SENDS_NOTHING.has(className)) continue;
		const chooser = node === 'twTrigger' ? 'event' : 'operation';
		for (const value of offered(node, chooser)) {
			const has = scenarios.some(
				(each) => each.node === node && each.parameters[chooser] === value,
			);
			if (!has) throw new Error(`There is no scenario for ${node} → ${value}`);
		}
	}
}
