/** The nodes of a flow that compares; in the test's own process and, translated, on a real host. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { compareDirect, compareJoined, jsonText, type Ours, type Report } from './comparison';
import { type DateTime, liveItems } from './live-items';

/** Puts out an item of its own for every item, as a node does that holds settings. */
export class ExpressionSettings implements INodeType {
	description = describe('Expression Settings', 'expressionSettings', []);

	execute = settings;
}

async function settings(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const json = { no: 'S-1', name: 'shop', value: 7, a: null, order: { a: { b: true } } };
	const more = { list: [0.5], items: { a: [0, 'x'] }, 'a-b': '', größe: 'XL' };
	return [this.getInputData().map((_, pairedItem) => ({ json: { ...json, ...more }, pairedItem }))];
}

/** Puts out items of plain JSON and the live ones, and all of it again. */
export class ExpressionItems implements INodeType {
	description = describe('Expression Items', 'expressionItems', []);

	constructor(private readonly items: IDataObject[]) {}

	execute = itemsOf(() => this.items);
}

function itemsOf(items: () => IDataObject[]) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const dateTime = this.getWorkflowDataProxy(0)['DateTime'] as DateTime;
		const half = () => [
			...(JSON.parse(JSON.stringify(items())) as IDataObject[]),
			...(liveItems(dateTime) as IDataObject[]),
			// The last one is plain again, so that `$json` is known to be the input
			{ no: 'last' },
		];
		return [[...half(), ...half()].map((json) => ({ json, pairedItem: { item: 0 } }))];
	};
}

/** Hands items on, linked to those they came from in every way that nodes do it. */
export class ExpressionPairs implements INodeType {
	description = describe('Expression Pairs', 'expressionPairs', []);

	execute = pairs;
}

async function pairs(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const half = items.length / 2;
	return [
		items.map(({ json }, item) => {
			const other = item < half ? (item + 1) % half : half + ((item + 1 - half) % half);
			const link = LINKS[(item % half) % LINKS.length]!(item, other);
			return { json: copyOf(json), ...(link !== undefined && { pairedItem: link }) };
		}),
	];
}

type Link = INodeExecutionData['pairedItem'];

const LINKS: ReadonlyArray<(item: number, other: number) => Link> = [
	(item) => ({ item }),
	(item) => item,
	(_, other) => ({ item: other }),
	(item) => ({ item, input: 0 }),
	(item) => [{ item }],
	(item) => [{ item }, { item }],
	(item, other) => [{ item }, { item: other }],
	(item) => ({ item, input: undefined }),
	() => ({ item: 99_999 }),
	(item) => ({ item, input: 3 }),
	() => undefined,
	(item) => ({ item, sourceOverwrite: { previousNode: 'Expression Items' } }),
	() => [],
];

/** Live things can't be copied. */
function copyOf(json: IDataObject): IDataObject {
	const text = jsonText(json);
	return text === undefined ? json : (JSON.parse(text) as IDataObject);
}

/** What the probe puts out, as one item. */
export interface Outcome {
	engine: string;
	direct: Report;
	joined: Report;
	/** With one among them that must not be evaluated with others. */
	adversarial: Report;
	/** The same with values that are wrong, for some of the items. */
	spoilt: { direct: Report; joined: Report };
}

/** Puts out the reports of the comparison. */
export class ExpressionProbe implements INodeType {
	description = describe('Expression Probe', 'expressionProbe', [
		{ displayName: 'Forms', name: 'forms', type: 'json', default: [] },
		{ displayName: 'Groups', name: 'groups', type: 'json', default: [] },
		{ displayName: 'Adversarial', name: 'adversarial', type: 'json', default: [] },
		// How many of the items to compare; the plain ones come first
		{ displayName: 'Limits', name: 'limits', type: 'json', default: {} },
	]);

	constructor(
		private readonly ours: Ours,
		/** Names the engine that evaluates n8n's expressions. */
		private readonly engine: (host: IExecuteFunctions) => string,
	) {}

	execute = probeWith(() => [this.ours, this.engine]);
}

function probeWith(given: () => [Ours, ExpressionProbe['engine']]) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [ours, engine] = given();
		const limits = this.getNodeParameter('limits', 0) as Record<'groups' | 'adversarial', number>;
		const outcome: Outcome = {
			engine: engine(this),
			direct: await compareDirect(this, 'forms', ours),
			joined: await compareJoined(this, 'groups', ours, undefined, limits.groups),
			adversarial: await compareJoined(this, 'adversarial', ours, undefined, limits.adversarial),
			spoilt: {
				direct: await compareDirect(this, 'forms', ours, asText, 5),
				joined: await compareJoined(this, 'groups', ours, turned, 5),
			},
		};
		return [[{ json: outcome as unknown as IDataObject }]];
	};
}

/** A value that is wrong a little. */
const asText = (value: unknown) => (typeof value === 'number' ? String(value) : value);

/** A list in wrong order; that of the first item is right, which is compared before it is believed. */
function turned(list: unknown, item: number): unknown {
	return Array.isArray(list) && item > 0
		? [...(list as unknown[]).slice(1), (list as unknown[])[0]]
		: list;
}

function describe(
	displayName: string,
	name: string,
	properties: INodeTypeDescription['properties'],
): INodeTypeDescription {
	return {
		displayName,
		name,
		group: ['transform'],
		version: 1,
		description: 'Compares expressions',
		defaults: { name: displayName },
		inputs: ['main'],
		outputs: ['main'],
		properties,
	};
}
