/** The reader of a node's parameters in one run. */
import { type IExecuteFunctions, isSafeObjectProperty } from 'n8n-workflow';
import { OPTIONS } from '../operation/operation';
import { resolvesDirectly } from '../operation/options';
import type { Items } from './direct-expression';
import type { OtherItem } from './item-path';
import { ParameterReader, type Shortcuts } from './parameters';
import { isJson, isPlain, LEFT_TO_N8N, memberOf } from './plain-json';

/**
 * Reads from n8n what can't be told otherwise.
 *
 * @param refused hears what n8n throws where it can't evaluate an expression, and gives it back
 */
export function parameterReader(
	host: IExecuteFunctions,
	refused: (error: unknown) => Error,
): ParameterReader {
	const read = (name: string, item: number) => {
		try {
			return host.getNodeParameter(name, item);
		} catch (error) {
			throw refused(error);
		}
	};
	return new ParameterReader(
		host.getNode().parameters,
		read,
		shortcutsOf(host, resolvesDirectly(host.getNode().parameters[OPTIONS])),
	);
}

/**
 * What is needed to resolve expressions otherwise than one by one; undefined where that can't be
 * right.
 *
 * @param isDirect whether simple expressions are to be resolved without n8n
 */
export function shortcutsOf(host: IExecuteFunctions, isDirect: boolean): Shortcuts | undefined {
	// Hosts that do not tell which keys they refuse may refuse others
	if (typeof isSafeObjectProperty !== 'function') return undefined;
	const items = itemsOf(host);
	return (
		items && {
			items,
			isDirect,
			evaluate: (expression, item) => host.evaluateExpression(expression, item),
		}
	);
}

/** The items as expressions see them, unless `$json` is something else than the input. */
function itemsOf(host: IExecuteFunctions): Items | undefined {
	const items = host.getInputData();
	const isInput = (item: number) => jsonInExpressions(host, item) === items[item]?.json;
	// In a tool of an AI agent, `$json` is the agent's item and not the tool's input
	if (items.length === 0 || !isInput(0) || !isInput(items.length - 1)) return undefined;
	const others = new OtherItems(host, items.length);
	return {
		json: (item) => items[item]?.json,
		other: (other, item) => others.json(other, item),
		forget: () => others.forget(),
		isSafeKey: isSafeObjectProperty,
	};
}

/** What `$json` is in an item's expressions, the object itself. */
function jsonInExpressions(host: IExecuteFunctions, item: number): unknown {
	try {
		return host.getWorkflowDataProxy(item).$json;
	} catch {
		// There is no such item for expressions; n8n says so to whoever evaluates one
		return undefined;
	}
}

/** Finds an item of another node for an item of the input. */
type Find = (item: number) => unknown;

/** What expressions know of other nodes. */
interface Data {
	$: (node: string) => {
		item: unknown;
		itemMatching: (item: number) => unknown;
		first: () => unknown;
		last: () => unknown;
	};
	$node: Record<string, { json: unknown }>;
}

/**
 * The items of other nodes, found by n8n itself: along the paired items, through loops, branches and
 * pinned data. Where n8n finds none, it says why to whoever evaluates the expression.
 */
class OtherItems {
	private readonly finds = new Map<string, Find>();
	/** What was found out about items, as long as nothing may have changed them. */
	private jsons = new WeakMap<object, unknown>();

	constructor(
		private readonly host: IExecuteFunctions,
		private readonly count: number,
	) {}

	/** An item's json, or `LEFT_TO_N8N`. */
	json(other: OtherItem, item: number): unknown {
		const key = `${other.which} ${other.node}`;
		let find = this.finds.get(key);
		if (!find) this.finds.set(key, (find = this.findOf(other)));
		const found = find(item);
		if (!isPlain(found)) return LEFT_TO_N8N;
		let json = this.jsons.get(found);
		if (json === undefined) this.jsons.set(found, (json = jsonOf(found)));
		return json;
	}

	/** Something may have changed the items. */
	forget(): void {
		this.jsons = new WeakMap();
	}

	private findOf({ node, which }: OtherItem): Find {
		switch (which) {
			case 'item':
				return this.pairedOf(node);
			case 'samePlace':
				// n8n builds what an expression sees anew for every item
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
		return isSame(0) && isSame(this.count - 1) ? find : () => undefined;
	}

	private data(item: number): Data {
		return this.host.getWorkflowDataProxy(item);
	}
}

/** Where n8n finds nothing it throws, and says why to whoever evaluates the expression. */
function attempt<Value>(find: () => Value): Value | undefined {
	try {
		return find();
	} catch {
		return undefined;
	}
}

/**
 * The json of an item of another node, if the item can go into n8n's sandbox whole: some engines
 * take it there with all that belongs to it.
 */
function jsonOf(found: object): unknown {
	const isWhole = Reflect.ownKeys(found).every((key) => {
		const member = typeof key === 'string' ? memberOf(found, key) : LEFT_TO_N8N;
		return member !== LEFT_TO_N8N && isJson(member, { gaps: key !== 'json' });
	});
	return isWhole ? memberOf(found, 'json') : LEFT_TO_N8N;
}
