/** What the editor shows follows n8n's guidelines, in every node and at any depth. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
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
import { operations } from '../operations/all';
import { actionTypes, nodeTypes } from './node-types';

const ROOT = join(__dirname, '..', '..');

const descriptions: INodeTypeDescription[] = Object.values(nodeTypes).map(
	({ description }) => description,
);

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

const all: Shown[] = [
	...descriptions.flatMap(({ name, properties }) => shown(properties, name)),
	...[new TwApi(), new TdApi(), new ShopWebhookApi()].flatMap(({ name, properties }) =>
		shown(properties, name),
	),
];
const choices = ({ property: { type, options = [] } }: Shown) =>
	type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];

/** Those of which something is not as it should be, with what it is. */
const offenders = (problem: (one: Shown) => unknown) =>
	all.flatMap((one) => {
		const found = problem(one);
		return found === undefined || found === false ? [] : [[one.where, found]];
	});

it('there is something to look at', () => {
	expect(all.length).toBeGreaterThan(300);
	expect(all.filter((one) => choices(one).length > 1).length).toBeGreaterThan(30);
});

describe('order', () => {
	const isSorted = (names: string[]) =>
		names.every((name, i) => i === 0 || names[i - 1]!.localeCompare(name) <= 0);

	it('options are sorted by name, operations and events too', () => {
		expect(
			offenders((one) => {
				const names = choices(one).map(({ name }) => name);
				return !isSorted(names) && names;
			}),
		).toEqual([]);
	});

	it('the fields of a collection are sorted by name', () => {
		expect(
			offenders(({ property }) => {
				if (property.type !== 'collection') return undefined;
				const names = membersOf(property)[0]!.map(({ displayName }) => displayName);
				return !isSorted(names) && names;
			}),
		).toEqual([]);
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
		expect(
			offenders((one) => {
				// Endpoints go by the vendor's own titles.
				if (one.property.type === 'notice' || one.property.name === 'endpoint') return undefined;
				const names = [one.property.displayName, ...choices(one).map(({ name }) => name)];
				return names.find(
					(name) =>
						// n8n writes its own name small
						!isTitle(name.replace(/\bn8n$/, 'N8n')) ||
						/\b(Id|Ids|Url|Api|Json|Ip|Ssl)\b/.test(name),
				);
			}),
		).toEqual([]);
	});

	it("a switch's description begins with Whether", () => {
		expect(
			offenders(
				({ property: { type, description } }) =>
					type === 'boolean' && !description?.startsWith('Whether ') && (description ?? 'none'),
			),
		).toEqual([]);
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
		expect(
			offenders((one) => texts(one).find((text) => text !== undefined && isWrong(text))),
		).toEqual([]);
		expect(descriptions.map(({ description }) => description).filter(isWrong)).toEqual([]);
	});

	it("a placeholder begins with 'e.g. ', or says what a button adds", () => {
		expect(
			offenders(({ property: { type, placeholder, modes = [] } }) => {
				const isAdder = type === 'collection' || type === 'fixedCollection';
				const form = isAdder ? /^Add [A-Za-z0-9]/ : /^e\.g\. \S/;
				const given = [placeholder, ...modes.map((mode) => mode.placeholder)];
				return given.find((text) => text !== undefined && !form.test(text));
			}),
		).toEqual([]);
	});

	it('there is no emoji', () => {
		expect(JSON.stringify(descriptions)).not.toMatch(/\p{Extended_Pictographic}/u);
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

	it('of Return All and Limit', () => {
		expect(named('returnAll').length).toBeGreaterThan(2);
		for (const { where, property } of named('returnAll')) {
			expect([where, property]).toEqual([
				where,
				expect.objectContaining({
					displayName: 'Return All',
					type: 'boolean',
					default: false,
					description: 'Whether to return all results or only up to a given limit',
				}),
			]);
		}
		for (const { where, property } of named('limit')) {
			expect([where, property]).toEqual([
				where,
				expect.objectContaining({
					displayName: 'Limit',
					type: 'number',
					default: 50,
					description: 'Max number of results to return',
					typeOptions: expect.objectContaining({ minValue: 1 }) as unknown,
				}),
			]);
			expect(property.displayOptions?.show?.['returnAll']).toEqual([false]);
		}
		expect(named('limit')).toHaveLength(named('returnAll').length);
	});

	it('of Simplify, of lists to choose several from, of collections', () => {
		for (const { property } of named('simplify')) {
			expect(property).toMatchObject({
				displayName: 'Simplify',
				description:
					'Whether to return a simplified version of the response instead of the raw data',
			});
		}
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
		for (const { property } of named('additionalFields')) {
			expect(property).toMatchObject({
				displayName: 'Additional Fields',
				placeholder: 'Add Field',
			});
		}
	});
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
const amountIn = (place: string) => [`${place}.currency`, `${place}.amount_local`];
const openAmount = (place: string) => [`${place}_currency`, `${place}_amount_local`];
const tdRequired: Record<string, string[]> = {
	order_modify: [
		'order_order_id',
		...amountIn('order_amount'),
		'order_merchandise_list.merchandise_id',
		'order_merchandise_list.category_1',
		...amountIn('order_merchandise_list.unit_price'),
		'order_shipping.address_country',
		'order_shipping.address_region',
		'order_shipping.address_city',
		'order_shipping.phone.country_code',
		'order_shipping.phone.phone_number',
	],
	order_cancel: ['order_id'],
	order_payment: [
		'order_id',
		'payment_payment_id',
		'payment_method',
		'payment_channel',
		...openAmount('payment_amount'),
		'payment_card.card_bin',
		'payment_card.last_four_digits',
		'payment_card.card_number_length',
		'additionalFields.payment_coupons.coupon_id',
		'additionalFields.payment_coupons.coupon_name',
		'additionalFields.payment_coupons.coupon_count',
		'additionalFields.payment_coupons.begin_time',
		'additionalFields.payment_coupons.expire_time',
		...amountIn('additionalFields.payment_coupons.cash_back_amount'),
	],
	order_payment_result: [
		'order_id',
		'payment_id',
		'payment_result_is_payment_success',
		'payment_result_response_by_3ds.eci_value',
		'payment_result_response_by_3ds.version',
		'payment_result_response_by_3ds.authentication_type',
		'payment_result_response_by_3ds.trans_status',
	],
	order_ship: ['order_id', ...amountIn('logistics_cost')],
	order_confirm: ['order_id'],
	order_return: ['order_id'],
	order_refund: ['order_id', 'payment_id', ...openAmount('refund_result_refund_amount')],
	order_chargeback: [
		'order_id',
		'payment_id',
		...openAmount('chargeback_result_chargeback_amount'),
		'chargeback_result_chargeback_reason',
		'chargeback_result_chargeback_process',
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
	const panel = actionTypes.tdOrderEvent.description.properties.filter(
		({ name, displayOptions }) =>
			name !== 'bodyJson' && displayOptions?.show?.['operation']?.includes(event),
	);
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
		expect(
			membersOf(aside!)[0]!
				.map(({ name }) => name)
				.sort(),
		).toEqual([...(tdAside[event] ?? []), 'channel', 'ext', 'ext_json'].sort());
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

describe('Dry Run', () => {
	const all = Object.entries(operations).flatMap(([node, list]) =>
		list.map(({ value, kind }) => [node as keyof typeof actionTypes, value, kind] as const),
	);

	it.each(all)(
		'%s %s: of writes and events alone, and the panel says when it is on',
		(node, value, kind) => {
			const { properties } = actionTypes[node].description;
			const own = properties.filter(({ displayOptions }) =>
				displayOptions?.show?.['operation']?.includes(value),
			);
			const offered = own
				.filter(({ name }) => name === 'options')
				.flatMap((options) => membersOf(options)[0]!)
				.map(({ displayName }) => displayName);
			expect(offered.includes('Dry Run')).toBe(kind !== 'read');
			const notices = (dryRun?: boolean | string) =>
				own
					.filter(({ type }) => type === 'notice')
					.filter((notice) => {
						const parameters = {
							operation: value,
							options: dryRun === undefined ? {} : { dryRun },
						};
						return NodeHelpers.displayParameter(parameters, notice, null, null);
					})
					.filter(({ displayName }) => displayName.startsWith('Dry Run is on'));
			expect([notices(), notices(false)]).toEqual([[], []]);
			for (const on of [true, '={{ $json.dry }}']) {
				expect(notices(on)).toHaveLength(kind === 'read' ? 0 : 1);
			}
		},
	);
});

it('the trigger says what is assumed of the balance', () => {
	const notices = nodeTypes.twTrigger.description.properties.filter(
		({ type }) => type === 'notice',
	);
	expect(
		notices.map(({ displayName, displayOptions }) => [
			displayOptions?.show?.['event'],
			displayName,
		]),
	).toEqual([[['lowBalance'], expect.stringContaining('/api/v2/getBalance')]]);
});

const types: Array<[string, INodeType]> = Object.entries(nodeTypes);
it.each(types)('the subtitle of %s is the choice as the panel calls it', (name, type) => {
	const { properties, subtitle } = type.description;
	const chooser = properties[0]!;
	for (const { value, name: shownAs } of chooser.options as INodePropertyOptions[]) {
		const parameters = { [chooser.name]: value as string };
		const node = { id: '1', name, type: name, typeVersion: 1, position: [0, 0], parameters };
		const workflow = new Workflow({
			active: false,
			connections: {},
			nodes: [node as INode],
			nodeTypes: {
				getByName: () => type,
				getByNameAndVersion: () => type,
				getKnownTypes: () => ({}),
			},
		});
		const line = workflow.expression.getSimpleParameterValue(
			node as INode,
			subtitle,
			'internal',
			{},
		);
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
