/** The two nodes of a flow that compares; in the test's own process and, translated, on a real host. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { compare, type Direct, type Report } from './comparison';
import { liveItems } from './live-items';

/** Puts out items of plain JSON and the live ones. */
export class ExpressionItems implements INodeType {
	description = describe('Expression Items', 'expressionItems', []);

	constructor(private readonly items: IDataObject[]) {}

	execute = itemsOf(() => this.items);
}

/** What the probe puts out, as one item. */
export interface Outcome {
	engine: string;
	report: Report;
	/** The same with a resolver that is wrong, for some of the items. */
	spoilt: Report;
}

/** Puts out the reports of the comparison. */
export class ExpressionProbe implements INodeType {
	description = describe('Expression Probe', 'expressionProbe', [
		{ displayName: 'Forms', name: 'forms', type: 'json', default: [] },
	]);

	constructor(
		private readonly direct: Direct,
		private readonly isSafeKey: (key: string) => boolean,
		/** Names the engine that evaluates n8n's expressions. */
		private readonly engine: (host: IExecuteFunctions) => string,
	) {}

	execute = probeWith(() => [this.direct, this.isSafeKey, this.engine]);
}

function itemsOf(items: () => IDataObject[]) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const dateTime = this.getWorkflowDataProxy(0)['DateTime'] as { now: () => unknown };
		const all = [...items(), ...(liveItems(dateTime) as IDataObject[])];
		return [all.map((json) => ({ json }))];
	};
}

function probeWith(given: () => [Direct, ExpressionProbe['isSafeKey'], ExpressionProbe['engine']]) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [direct, isSafeKey, engine] = given();
		const report = await compare(this, 'forms', direct, isSafeKey);
		const spoilt = await compare(this, 'forms', spoil(direct), isSafeKey, 5);
		const outcome: Outcome = { engine: engine(this), report, spoilt };
		return [[{ json: outcome as unknown as IDataObject }]];
	};
}

/** A resolver that is wrong a little: what does not notice it proves nothing. */
function spoil(direct: Direct): Direct {
	return {
		...direct,
		compileDirect: (stored, isSafeKey) => {
			const resolve = direct.compileDirect(stored, isSafeKey);
			return (
				resolve &&
				((json) => {
					const value = resolve(json);
					return typeof value === 'number' ? String(value) : value;
				})
			);
		},
	};
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
