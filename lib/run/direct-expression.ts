/**
 * Resolves the commonest expressions from the items themselves: a value of the item or of another
 * node's item, alone (`{{ $json.some.path }}`) or between texts (`SHOP-{{ $json.no }}`).
 *
 * n8n 2.41 evaluates every expression in a sandbox of its own, which costs several times an HTTP
 * call. Here only the happy path is walked: plain JSON all the way, keys that mean nothing else to
 * JavaScript or to n8n. Whatever is not that is left to n8n, so that nothing but "same value" has to
 * be proven; `npm run test:expressions` compares the two inside real hosts, engine by engine.
 */
import { type Moment, type OtherItem, type Path, pathOf, type SafeKey, Way } from './item-path';
import { isJson, LEFT_TO_N8N, MAX_CHARACTERS } from './plain-json';
import { type Part, partsOf, textOf } from './template';

export { LEFT_TO_N8N } from './plain-json';

/** What is needed to resolve simple expressions without n8n. */
export interface Items {
	/** The json of an item: the very object that `$json` stands for in its expressions. */
	json: (item: number) => unknown;
	/**
	 * The json of the item of another node that belongs to an item, as n8n sees it; `LEFT_TO_N8N`
	 * where n8n finds none, or one that is not plain JSON throughout.
	 */
	other: (other: OtherItem, item: number) => unknown;
	/** To be called when something may have changed the items. */
	forget: () => void;
	/** Whether n8n lets an expression name a key. */
	isSafeKey: SafeKey;
}

/**
 * Gives a parameter's value at a moment, or `LEFT_TO_N8N`. What lies in an item is not copied: it is to
 * be read, and never to be changed.
 */
export type Resolver = (moment: Moment) => unknown;

/** Compiles parameters; those of one node share the ways into its items. */
export class DirectExpressions {
	private readonly beginnings = new Map<string, Way>();

	constructor(private readonly items: Items) {}

	/**
	 * Compiles a stored parameter: a text, or a collection with expressions at its leaves.
	 *
	 * @param stored as saved in the workflow
	 * @returns undefined if any expression in it is not of a simple form
	 */
	compile(stored: unknown): Resolver | undefined {
		if (typeof stored === 'string' && stored.startsWith('=')) return this.ofText(stored);
		if (typeof stored !== 'object' || stored === null) return () => stored;
		const members: Array<[string, Resolver]> = [];
		for (const [key, member] of Object.entries(stored)) {
			const resolve = key === '__proto__' ? undefined : this.compile(member);
			if (!resolve) return undefined;
			members.push([key, resolve]);
		}
		return (moment) => {
			const value = (Array.isArray(stored) ? [] : {}) as Record<string, unknown>;
			for (const [key, resolve] of members) {
				const member = resolve(moment);
				if (member === LEFT_TO_N8N) return LEFT_TO_N8N;
				value[key] = member;
			}
			return value;
		};
	}

	private ofText(expression: string): Resolver | undefined {
		const parts = partsOf(expression);
		const resolvers = parts?.map((part) => this.ofPart(part));
		if (!resolvers?.every((resolve) => resolve !== undefined)) return undefined;
		const [first, ...others] = resolvers;
		if (first && others.length === 0) return first;
		return (moment) => {
			let whole = '';
			for (const resolve of resolvers) {
				const text = textOf(resolve(moment));
				if (text === undefined) return LEFT_TO_N8N;
				whole += text;
			}
			return whole.length <= MAX_CHARACTERS ? whole : LEFT_TO_N8N;
		};
	}

	private ofPart(part: Part): Resolver | undefined {
		if ('text' in part) return () => part.text;
		const path = pathOf(part.code, this.items.isSafeKey);
		const way = path && this.beginningOf(path).to(path.keys);
		return way && ((moment) => lent(way.at(moment)));
	}

	private beginningOf({ from }: Path): Way {
		const name = from ? `${from.which} ${from.node}` : '';
		let way = this.beginnings.get(name);
		if (!way) {
			const { items } = this;
			way = Way.from(from ? (item) => items.other(from, item) : (item) => items.json(item));
			this.beginnings.set(name, way);
		}
		return way;
	}
}

const lent = (value: unknown) => (isJson(value) ? value : LEFT_TO_N8N);
