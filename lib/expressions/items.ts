/** The items as n8n's expressions see them, found without evaluating an expression. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { OtherItem } from './item-path';
import { isJson, isPlain, LEFT_TO_N8N, memberOf } from './plain-json';

/** Finds an item of another node for an item of the input. */
type Find = (item: number) => unknown;

/** The part of n8n's data proxy that is used here. */
interface Data {
	$json: unknown;
	$: (node: string) => {
		item: unknown;
		itemMatching: (item: number) => unknown;
		first: () => unknown;
		last: () => unknown;
	};
	$node: Record<string, { json: unknown }>;
}

export class Items {
	private readonly input: INodeExecutionData[];
	private readonly finds = new Map<string, Find>();
	/** A cache, valid as long as nothing may have changed the items. */
	private jsons = new WeakMap<object, unknown>();

	private constructor(private readonly host: IExecuteFunctions) {
		this.input = host.getInputData();
	}

	/** @returns undefined if `$json` is not the input: in a tool of an AI agent it is the agent's item */
	static of(host: IExecuteFunctions): Items | undefined {
		const items = new Items(host);
		const last = items.input.length - 1;
		const isInput = (item: number) => attempt(() => items.data(item).$json) === items.json(item);
		return last >= 0 && isInput(0) && isInput(last) ? items : undefined;
	}

	/** The json of an item: the very object that `$json` stands for in its expressions. */
	json(item: number): unknown {
		return this.input[item]?.json;
	}

	/**
	 * The json of the item of another node that belongs to an item. n8n itself finds it: along paired
	 * items, through loops, branches and pinned data.
	 *
	 * @returns `LEFT_TO_N8N` if n8n finds none, or one that is not plain JSON throughout
	 */
	other(other: OtherItem, item: number): unknown {
		const key = `${other.which} ${other.node}`;
		let find = this.finds.get(key);
		if (!find) this.finds.set(key, (find = this.findOf(other)));
		const found = find(item);
		if (!isPlain(found)) return LEFT_TO_N8N;
		let json = this.jsons.get(found);
		if (json === undefined) this.jsons.set(found, (json = jsonOf(found)));
		return json;
	}

	/** Call it when something may have changed the items. */
	forget(): void {
		this.jsons = new WeakMap();
	}

	private findOf({ node, which }: OtherItem): Find {
		switch (which) {
			case 'item':
				return this.pairedOf(node);
			case 'sameIndex':
				// n8n builds this object anew for every item
				return (item) => ({ json: attempt(() => this.data(item).$node[node]?.json) });
			default: {
				const found = attempt(() => this.data(0).$(node)[which]());
				return () => found;
			}
		}
	}

	private pairedOf(node: string): Find {
		// The way back through the flow is the same for all items, so it is looked up once
		const match = attempt(() => this.data(0).$(node).itemMatching);
		if (typeof match !== 'function') return () => undefined;
		const find: Find = (item) => attempt(() => match(item));
		const isSame = (item: number) => find(item) === attempt(() => this.data(item).$(node).item);
		return isSame(0) && isSame(this.input.length - 1) ? find : () => undefined;
	}

	private data(item: number): Data {
		return this.host.getWorkflowDataProxy(item);
	}
}

/** Where n8n finds nothing it throws; evaluating the expression then tells the user why. */
function attempt<Value>(find: () => Value): Value | undefined {
	try {
		return find();
	} catch {
		return undefined;
	}
}

/** Only of a plain item, since some of n8n's engines take the whole item into the sandbox. */
function jsonOf(found: object): unknown {
	const isWhole = Reflect.ownKeys(found).every((key) => {
		const member = typeof key === 'string' ? memberOf(found, key) : LEFT_TO_N8N;
		return member !== LEFT_TO_N8N && isJson(member, { gaps: key !== 'json' });
	});
	return isWhole ? memberOf(found, 'json') : LEFT_TO_N8N;
}
