/** What the editor shows follows n8n's guidelines, in every node and at any depth. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	type IDataObject,
	type INode,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
	NodeHelpers,
	Workflow,
} from 'n8n-workflow';
import { ShopWebhookApi } from '../../credentials/ShopWebhookApi.credentials';
import { TdApi } from '../../credentials/TdApi.credentials';
import { TwApi } from '../../credentials/TwApi.credentials';
import type { Field, Fields } from '../../lib/fields/field';
import { operations } from '../operations/all';
import { actionTypes, nodeTypes } from './node-types';

/** n8n cut one of 28 characters in a panel of its usual width. */
const LONGEST_NAME = 26;
/** The name of this switch in n8n's own credentials, whose window is wider. */
const OF_N8N = 'Ignore SSL Issues (Insecure)';

const ROOT = join(__dirname, '..', '..');

const descriptions = Object.values(nodeTypes).map((type): INodeTypeDescription => type.description);

/** A parameter and where it stands, e.g. `twOrder › create › boxes › weight`. */
interface Shown {
	where: string;
	property: INodeProperties;
}

function shown(properties: readonly INodeProperties[], above: string): Shown[] {
	return properties.flatMap((property) => {
		const operation = ((property.displayOptions?.show?.['operation'] ?? []) as string[]).join();
		const where = [above, operation, property.name].filter(Boolean).join(' › ');
		return [{ where, property }, ...membersOf(property).flatMap((part) => shown(part, where))];
	});
}

/** The lists of parameters inside a collection. */
function membersOf({ type, options = [] }: INodeProperties): INodeProperties[][] {
	if (type === 'collection') return [options as INodeProperties[]];
	if (type !== 'fixedCollection') return [];
	return options.flatMap((option) => ('values' in option ? [option.values] : []));
}

const all = [...descriptions, new TwApi(), new TdApi(), new ShopWebhookApi()].flatMap(
	({ name, properties }) => shown(properties, name),
);

/** What the panel shows with an operation. */
const panelOf = (node: keyof typeof actionTypes, operation: string) =>
	actionTypes[node].description.properties.filter(({ displayOptions }) =>
		displayOptions?.show?.['operation']?.includes(operation),
	);

const choices = ({ property: { type, options = [] } }: Shown) =>
	type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];

/** No parameter has the problem; one that has is told by its place, with what is wrong. */
function expectNone(problem: (one: Shown) => unknown): void {
	const found = all.map((one) => [one.where, problem(one)]);
	expect(found.filter(([, what]) => what !== undefined && what !== false)).toEqual([]);
}

it('there is something to look at', () => {
	expect(all.length).toBeGreaterThan(300);
	expect(all.filter((one) => choices(one).length > 1).length).toBeGreaterThan(30);
});

describe('order', () => {
	const isSorted = (names: string[]) =>
		names.every((name, i) => i === 0 || names[i - 1]!.localeCompare(name) <= 0);

	it('options are sorted by name, operations and events too', () => {
		expectNone((one) => {
			const names = choices(one).map(({ name }) => name);
			return !isSorted(names) && names;
		});
	});

	it('the fields of a collection are sorted by name', () => {
		expectNone(({ property }) => {
			if (property.type !== 'collection') return undefined;
			const names = membersOf(property)[0]!.map(({ displayName }) => displayName);
			return !isSorted(names) && names;
		});
	});
});

describe('words', () => {
	const SMALL = /^(a|an|and|as|at|but|by|for|from|if|in|into|nor|of|on|or|per|the|to|vs\.?|with)$/;
	const isTitle = (text: string) =>
		text.split(/[\s/]+/).every((word, i) => {
			const bare = word.replace(/^[("']+/, '');
			return /^[^a-z]/.test(bare) || (i > 0 && SMALL.test(bare));
		});
	/** All texts of a parameter: its own and those of its options. */
	const texts = (one: Shown) => [
		one.property.description,
		...choices(one).map(({ description }) => description),
	];

	it('names are in title case, abbreviations in capitals', () => {
		// n8n writes its own name small
		const isWrong = (name: string) =>
			!isTitle(name.replace(/\bn8n$/, 'N8n')) || /\b(Id|Ids|Url|Api|Json|Ip|Ssl)\b/.test(name);
		expectNone((one) => {
			// Endpoints go by the vendor's own titles.
			if (one.property.type === 'notice' || one.property.name === 'endpoint') return undefined;
			return [one.property.displayName, ...choices(one).map(({ name }) => name)].find(isWrong);
		});
	});

	it('names are short enough that n8n shows them whole', () => {
		const isCut = (name: string) => name.length > LONGEST_NAME && name !== OF_N8N;
		expectNone(({ property: { type, name, displayName, options = [] } }) => {
			// Endpoints go by the vendor's own titles, in a list that opens as wide as they are.
			if (type === 'notice' || type === 'hidden' || name === 'endpoint') return undefined;
			const entries = options.map((option) => ('displayName' in option ? option.displayName : ''));
			return [displayName, ...entries].find(isCut);
		});
	});

	it('names of choices too, but the titles of endpoints', () => {
		expectNone((one) => {
			if (one.property.name === 'endpoint') return undefined;
			return choices(one).find(({ name }) => name.length > LONGEST_NAME)?.name;
		});
	});

	it("a switch's description begins with Whether", () => {
		expectNone(
			({ property: { type, description = 'none' } }) =>
				type === 'boolean' && !description.startsWith('Whether ') && description,
		);
	});

	it('a description has no period behind a single sentence, a capital before it, no doubled space', () => {
		const isWrong = (text: string) => {
			const sentences = text.split(/\.\s+(?=[A-Z<])/);
			const ends = text.endsWith('.');
			return (
				(sentences.length === 1 && ends) ||
				!/^([A-Z'{]|\w+-event\.apitd\.net)/.test(text) ||
				/\s\s|\s$|^\s/.test(text)
			);
		};
		expectNone((one) => texts(one).find((text) => text !== undefined && isWrong(text)));
		expect(descriptions.map(({ description }) => description).filter(isWrong)).toEqual([]);
	});

	it("a placeholder begins with 'e.g. ', or says what a button adds", () => {
		expectNone(({ property: { type, placeholder, modes = [] } }) => {
			const isAdder = type === 'collection' || type === 'fixedCollection';
			const form = isAdder ? /^Add [A-Za-z0-9]/ : /^e\.g\. \S/;
			const given = [placeholder, ...modes.map((mode) => mode.placeholder)];
			return given.find((text) => text !== undefined && !form.test(text));
		});
	});

	it('a notice has no tags but those that n8n shows', () => {
		expectNone(({ property: { type, displayName } }) => {
			const tags = displayName.match(/<[^>]*>/g) ?? [];
			return (
				type === 'notice' && tags.find((tag) => !/^<(\/?(ul|li)|a href="[^"]*"|\/a)/.test(tag))
			);
		});
	});

	it('there is no emoji', () => {
		expect(JSON.stringify(descriptions)).not.toMatch(/\p{Extended_Pictographic}/u);
	});

	it('an event of a shop begins with On, whatever n8n would make of its name', () => {
		const { properties } = nodeTypes.shopTrigger.description;
		const events = properties.filter(({ name }) => name === 'events');
		const actions = events.flatMap(({ options = [] }) =>
			(options as INodePropertyOptions[]).map(({ action }) => action),
		);
		expect([...new Set(actions)].sort()).toEqual([
			'On order cancelled',
			'On order changed',
			'On order created',
			'On order paid',
			'On order refunded',
			'On order shipped',
			'On payment disputed',
			'On payment failed',
		]);
	});

	it('cancelled is written the same everywhere', () => {
		expect(JSON.stringify(all.map(({ property }) => property))).not.toMatch(/cancel(ed|ing)\b/i);
	});

	it('every operation has an action in sentence case and a description of its own', () => {
		for (const { name, properties } of Object.values(actionTypes).map((type) => type.description)) {
			const operation = properties.find((property) => property.name === 'operation');
			const options = (operation?.options ?? []) as INodePropertyOptions[];
			expect([name, options.length > 0, operation?.noDataExpression]).toEqual([name, true, true]);
			for (const { action = '', description = '', name: label } of options) {
				expect(action).toMatch(/^[A-Z][a-z]+( [a-z0-9]+| URL)+$/);
				expect(description).not.toBe('');
				expect(description).not.toBe(label);
			}
			expect(new Set(options.map(({ action }) => action)).size).toBe(options.length);
		}
	});
});

describe("n8n's fixed wording", () => {
	const named = (name: string) => all.filter(({ property }) => property.name === name);

	/** Each parameter of that name has these words and values. */
	function expectEach(name: string, wanted: Partial<INodeProperties>): void {
		for (const { where, property } of named(name)) {
			expect({ where, ...property }).toMatchObject({ where, ...wanted });
		}
	}

	it('of Return All and Limit', () => {
		expect(named('returnAll').length).toBeGreaterThan(2);
		expectEach('returnAll', {
			displayName: 'Return All',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		});
		expectEach('limit', {
			displayName: 'Limit',
			type: 'number',
			default: 50,
			description: 'Max number of results to return',
			typeOptions: { minValue: 1 },
			displayOptions: { show: { returnAll: [false] } },
		});
		expect(named('limit')).toHaveLength(named('returnAll').length);
	});

	it('of Simplify, of lists to choose several from, of collections', () => {
		expectEach('simplify', {
			displayName: 'Simplify',
			description: 'Whether to return a simplified version of the response instead of the raw data',
		});
		expectEach('additionalFields', {
			displayName: 'Additional Fields',
			placeholder: 'Add Field',
		});
		const several = all.filter(
			({ property: { type, typeOptions } }) =>
				type === 'multiOptions' && typeOptions?.loadOptionsMethod,
		);
		expect(several.length).toBeGreaterThan(0);
		for (const { property } of several) {
			expect(property.displayName).toMatch(/ Names or IDs$/);
			expect(property.description).toContain(
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
			);
		}
	});
});

it('what must be answered with yes or no has no answer before it is given one', () => {
	expectNone(({ property: { type, required } }) => type === 'boolean' && required);
	const flags = ({ fields }: { fields: Fields }): Field[] =>
		Object.values(fields).flatMap((field) => [
			...(field.kind === 'flag' && field.grade === 'required' ? [field] : []),
			...('fields' in field ? flags(field) : []),
		]);
	const asked = Object.values(operations).flatMap((list) => [...list].flatMap(flags));
	expect(asked.map(({ label }) => label)).toEqual(['Payment Succeeded']);
	for (const { label } of asked) {
		const { property } = all.find((one) => one.property.displayName === label)!;
		const options = choices({ where: '', property });
		expect(options.map(({ name, value }) => [name, value])).toEqual([
			['No', false],
			['Yes', true],
		]);
		expect(property).toMatchObject({ type: 'options', required: true, default: '' });
	}
});

describe('parameter names', () => {
	/** Two conditions that some state of the panel can both meet. */
	function canMeet(a: INodeProperties, b: INodeProperties): boolean {
		const [one, other] = [a.displayOptions?.show ?? {}, b.displayOptions?.show ?? {}];
		return Object.entries(one).every(([name, values]) => {
			const theirs = other[name];
			return (
				theirs === undefined ||
				(values ?? []).some((value) => (theirs as unknown[]).includes(value))
			);
		});
	}

	function clashes(properties: readonly INodeProperties[]): string[] {
		const here = properties.filter((property, i) =>
			properties.some(
				(other, j) => j > i && other.name === property.name && canMeet(property, other),
			),
		);
		return [
			...here.map(({ name }) => name),
			...properties.flatMap(membersOf).flatMap((members) => clashes(members)),
		];
	}

	it.each(descriptions.map(({ name, properties }) => [name, properties] as const))(
		'are unique in %s among those that can be visible together',
		(_name, properties) => {
			expect(clashes(properties)).toEqual([]);
			const order = properties.map(({ name }) => name);
			const late = properties.flatMap(({ name, displayOptions }, i) =>
				Object.keys(displayOptions?.show ?? {})
					// What n8n itself knows of the node
					.filter((on) => !on.startsWith('@'))
					// One that begins at the node itself is not waited for, so it may come later
					.map((on) => (on.startsWith('/') ? { on, from: on.slice(1).split('.')[0]! } : { on }))
					.filter(({ on, from }) =>
						from === undefined
							? order.indexOf(on) >= i || !order.includes(on)
							: !order.includes(from),
					)
					.map(({ on }) => `${name} depends on ${on}`),
			);
			expect(late).toEqual([]);
		},
	);
});

/**
 * What TD's pages mark as required (Y), or as required inside an optional parent (Y*), as parameters:
 * the tables of sections 1.2, 2 and 3, read for themselves. `value` and `item` are n8n's own steps
 * into a collection. event_time and channel are Y too, and filled in when they are left empty.
 */
const within = (place: string, names: string) => names.split(' ').map((name) => `${place}.${name}`);
const amountIn = (place: string) => within(place, 'currency amount_local');
const openAmount = (place: string) => [`${place}_currency`, `${place}_amount_local`];
const tdRequired: Record<string, string[]> = {
	order_modify: [
		'order_order_id',
		...amountIn('order_amount'),
		...within('order_merchandise_list', 'merchandise_id category_1'),
		...amountIn('order_merchandise_list.unit_price'),
		...within('order_shipping', 'address_country address_region address_city'),
		...within('order_shipping.phone', 'country_code phone_number'),
	],
	order_cancel: ['order_id'],
	order_payment: [
		...['order_id', 'payment_payment_id', 'payment_method', 'payment_channel'],
		...openAmount('payment_amount'),
		...within('payment_card', 'card_bin last_four_digits card_number_length'),
		...within('additionalFields.payment_coupons', 'coupon_id coupon_name coupon_count'),
		...within('additionalFields.payment_coupons', 'begin_time expire_time'),
		...amountIn('additionalFields.payment_coupons.cash_back_amount'),
	],
	order_payment_result: [
		...['order_id', 'payment_id', 'payment_result_is_payment_success'],
		...within('payment_result_response_by_3ds', 'eci_value version authentication_type'),
		'payment_result_response_by_3ds.trans_status',
	],
	order_ship: ['order_id', ...amountIn('logistics_cost')],
	order_confirm: ['order_id'],
	order_return: ['order_id'],
	order_refund: ['order_id', 'payment_id', ...openAmount('refund_result_refund_amount')],
	order_chargeback: [
		...['order_id', 'payment_id', ...openAmount('chargeback_result_chargeback_amount')],
		...['chargeback_result_chargeback_reason', 'chargeback_result_chargeback_process'],
	],
};

/** What TD only recommends (R) or leaves free (N): the rest stands in the open. */
const tdAside: Record<string, string[]> = {
	order_payment: ['payment_is_coupon_used', 'payment_coupons'],
	order_payment_result: [
		'payment_result_response_by_avs',
		'payment_result_response_by_cvc',
		'payment_result_channel',
	],
};

describe.each(Object.entries(tdRequired))('TD: %s', (event, required) => {
	const panel = panelOf('tdOrderEvent', event).filter(({ name }) => name !== 'bodyJson');
	const requiredIn = (properties: readonly INodeProperties[], above = ''): string[] =>
		properties.flatMap((property) => {
			const place = `${above}${property.name}`;
			const inner = membersOf(property).flatMap((part) => requiredIn(part, `${place}.`));
			return property.required ? [place, ...inner] : inner;
		});

	it('marks as required what TD does', () => {
		expect(requiredIn(panel).sort()).toEqual([...required, 'session_id'].sort());
	});

	it('shows what TD requires or strongly recommends, and keeps the rest aside', () => {
		const aside = panel.find(({ name }) => name === 'additionalFields');
		const names = membersOf(aside!)[0]!.map(({ name }) => name);
		expect(names.sort()).toEqual([...(tdAside[event] ?? []), 'channel', 'ext', 'ext_json'].sort());
	});
});

it('every event of the list is in the table, and the operations that report several or none', () => {
	const operation = actionTypes.tdOrderEvent.description.properties.find(
		({ name }) => name === 'operation',
	);
	const values = (operation?.options as INodePropertyOptions[]).map(({ value }) => value);
	expect(values.sort()).toEqual(
		[...Object.keys(tdRequired), 'reportShopEvent', 'checkContract'].sort(),
	);
});

describe.each([
	['twOrder', 'create', 'get'],
	['twBag', 'create', 'get'],
	['tdOrderEvent', 'order_ship', 'checkContract'],
] as const)('%s as an AI tool', (name, before, read) => {
	const node = actionTypes[name].description;
	/** As n8n makes it of the node. */
	const tool = { ...node, name: `${node.name}Tool` };
	const opensOn = (description: INodeTypeDescription, typeVersion: number, stored = {}) => {
		const saved = { typeVersion } as INode;
		const { properties } = description;
		return NodeHelpers.getNodeParameters(properties, stored, true, false, saved, description)![
			'operation'
		];
	};

	it('opens on a read; the node itself and tools of old keep what they opened on', () => {
		expect(node.version).toEqual([1, 2]);
		expect([1, 2].map((version) => opensOn(node, version))).toEqual([before, before]);
		expect([1, 2].map((version) => opensOn(tool, version))).toEqual([before, read]);
		expect(opensOn(tool, 2, { operation: before })).toBe(before);
		expect(operations[name].find(({ value }) => value === read)!.kind).toBe('read');
	});

	it('tells the model what each write brings about', () => {
		for (const { value, description, kind } of operations[name]) {
			const parameters = { operation: value };
			const node = { parameters, type: tool.name, typeVersion: 1 } as unknown as INode;
			const loaded = NodeHelpers.getNodeParameters(
				tool.properties,
				parameters,
				true,
				false,
				node,
				tool,
			)!;
			const told = NodeHelpers.getToolDescriptionForNode(
				{ ...node, parameters: loaded },
				{
					description: tool,
				},
			);
			expect([value, told.startsWith(description)]).toEqual([value, true]);
			expect([value, told === description]).toEqual([value, kind === 'read']);
			const costs = name === 'twOrder' && /^(create|buyCheapest)$/.test(value);
			expect([value, told.includes('costs money')]).toEqual([value, costs]);
		}
	});

	it('shows that text in a tool alone', () => {
		const filled = NodeHelpers.getNodeParameters(
			node.properties,
			{ operation: before },
			true,
			false,
			{ typeVersion: 2 },
			node,
		)!;
		expect(filled).not.toHaveProperty('toolDescription');
	});
});

describe('entries of a list', () => {
	const lists = all.filter(
		({ property: { type, typeOptions } }) =>
			type === 'fixedCollection' && typeOptions?.fixedCollection?.itemTitle,
	);
	const titleOf = (place: string, value: object | undefined, index: number) => {
		const { property } = lists.find(({ where }) => where === place)!;
		const { itemTitle } = property.typeOptions!.fixedCollection!;
		return evaluate(itemTitle!, { $collection: { item: { value, index } } });
	};
	/** As the editor evaluates a text with its own additional data. */
	function evaluate(expression: string, data: IDataObject): unknown {
		const type = nodeTypes.twOrder;
		const node = {
			id: '1',
			position: [0, 0] as [number, number],
			name: 'One',
			type: 'one',
			typeVersion: 1,
			parameters: {},
		};
		const flow = new Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: {
				getByName: () => type,
				getByNameAndVersion: () => type,
				getKnownTypes: () => ({}),
			},
		});
		const [run, item] = [0, 0];
		return flow.expression.resolveSimpleParameterValue(
			expression,
			{},
			null,
			run,
			item,
			'One',
			[],
			'internal',
			data,
		);
	}

	it('say in their title which one it is', () => {
		const box = { number: 2, weight: 1.5, length: 12, width: 9, height: 6 };
		expect(titleOf('twOrder › create › boxes', box, 1)).toBe(
			'Box 2: quantity 2, weight 1.5, 12 × 9 × 6',
		);
		expect(titleOf('twOrder › create › boxes', { ...box, weight: '', height: '={{ 1 }}' }, 0)).toBe(
			'Box 1: quantity 2',
		);
		expect(titleOf('twOrder › quote › boxes', {}, 0)).toBe('Box 1');
		const article = { name: 'Teacup', merchandise_id: 'T-1' };
		const place = 'tdOrderEvent › order_modify › order_merchandise_list';
		expect(titleOf(place, article, 0)).toBe('Article 1: Teacup, T-1');
	});

	it('where one must be, it is there from the start, with its own defaults', () => {
		const parameters = { operation: 'create' };
		const { properties } = nodeTypes.twOrder.description;
		const node = { typeVersion: 1 } as INode;
		const type = nodeTypes.twOrder.description;
		const filled = NodeHelpers.getNodeParameters(properties, parameters, true, false, node, type)!;
		expect(filled['boxes']).toMatchObject({ item: [{ number: 1, weight: '', declaredValue: 0 }] });
		const stored = { ...parameters, boxes: {} };
		const kept = NodeHelpers.getNodeParameters(properties, stored, true, false, node, type)!;
		expect(kept['boxes']).toEqual({});
	});
});

describe('Dry Run', () => {
	const all = Object.entries(operations).flatMap(([node, list]) =>
		list.map(({ value, kind }) => [node as keyof typeof actionTypes, value, kind] as const),
	);

	it.each(all)(
		'%s %s: of writes and events alone, and the panel says when it is on',
		(node, value, kind) => {
			const own = panelOf(node, value);
			const offered = own
				.filter(({ name }) => name === 'options')
				.flatMap((options) => membersOf(options)[0]!)
				.map(({ displayName }) => displayName);
			expect(offered.includes('Dry Run')).toBe(kind !== 'read');
			const notices = (options: { dryRun?: boolean | string }) =>
				own
					.filter(({ type }) => type === 'notice')
					.filter(({ displayName }) => displayName.startsWith('Dry Run is on'))
					.filter((notice) =>
						NodeHelpers.displayParameter({ operation: value, options }, notice, null, null),
					);
			expect([notices({}), notices({ dryRun: false })]).toEqual([[], []]);
			for (const dryRun of [true, '={{ $json.dry }}']) {
				expect(notices({ dryRun })).toHaveLength(kind === 'read' ? 0 : 1);
			}
		},
	);
});

it('the trigger says quietly what is assumed of the balance', () => {
	const { properties } = nodeTypes.twTrigger.description;
	const events = properties.flatMap(({ options = [] }) => options as INodePropertyOptions[]);
	const balance = events.find(({ value }) => value === 'lowBalance');
	expect(balance?.description).toContain('/api/v2/getBalance');
	expect(properties.filter(({ type }) => type === 'notice')).toEqual([]);
});

const types: Array<[string, INodeType]> = Object.entries(nodeTypes);
it.each(types)('the subtitle of %s is the choice as the panel calls it', (name, type) => {
	const { properties, subtitle } = type.description;
	const found = { getByName: () => type, getByNameAndVersion: () => type };
	const chooser = properties[0]!;
	for (const { value, name: shownAs } of chooser.options as INodePropertyOptions[]) {
		const parameters = { [chooser.name]: value as string };
		const place = { id: '1', name, type: name, typeVersion: 1, position: [0, 0] };
		const node = { ...place, parameters } as INode;
		const { expression } = new Workflow({
			active: false,
			connections: {},
			nodes: [node],
			nodeTypes: { ...found, getKnownTypes: () => ({}) },
		});
		const line = expression.getSimpleParameterValue(node, subtitle, 'internal', {});
		expect([value, line]).toEqual([value, shownAs]);
	}
});

describe('files', () => {
	const folders = readdirSync(join(ROOT, 'nodes')).filter((name) =>
		existsSync(join(ROOT, 'nodes', name, `${name}.node.ts`)),
	);
	const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
		name: string;
		n8n: { nodes: string[]; credentials: string[] };
	};

	it('package.json lists every node and credential, and no other', () => {
		expect(manifest.n8n.nodes.toSorted()).toEqual(
			folders.map((name) => `dist/nodes/${name}/${name}.node.js`).sort(),
		);
		expect(folders.map((name) => name[0]!.toLowerCase() + name.slice(1)).sort()).toEqual(
			descriptions.map(({ name }) => name).sort(),
		);
		const credentials = readdirSync(join(ROOT, 'credentials')).filter((name) =>
			name.endsWith('.credentials.ts'),
		);
		expect(manifest.n8n.credentials.toSorted()).toEqual(
			credentials.map((name) => `dist/credentials/${name.replace(/ts$/, 'js')}`).sort(),
		);
	});

	it.each(folders)('%s has a codex of its own and its icons', (folder) => {
		const path = join(ROOT, 'nodes', folder);
		const codex = JSON.parse(readFileSync(join(path, `${folder}.node.json`), 'utf8')) as {
			node: string;
			categories: string[];
			resources: { primaryDocumentation: unknown[] };
		};
		const { name, icon } = descriptions.find(
			(one) => one.name.toLowerCase() === folder.toLowerCase(),
		)!;
		expect(codex.node).toBe(`${manifest.name}.${name}`);
		expect(codex.categories.length).toBeGreaterThan(0);
		expect(codex.resources.primaryDocumentation.length).toBeGreaterThan(0);
		for (const file of Object.values(icon as { light: string; dark: string })) {
			expect(existsSync(join(path, file.replace('file:', '')))).toBe(true);
		}
	});
});
