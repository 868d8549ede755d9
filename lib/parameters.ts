/**
 * Reads a node's parameters as seldom as is correct.
 *
 * On n8n 2.41 one expression costs several times an HTTP call. So a value without an expression is
 * read once for all items, one that only points into the item is taken from there, and the others
 * are evaluated when they are asked for and once per item: what an operation does not use costs
 * nothing.
 */
import { compileDirect, LEFT_TO_N8N } from './direct-expression';

/** What is needed to resolve simple expressions without n8n. */
export interface Items {
	/** The json of an item: the very object that `$json` stands for in its expressions. */
	json: (item: number) => unknown;
	/** Whether n8n lets an expression name a key. */
	isSafeKey: (key: string) => boolean;
}

const ITEM = Symbol('item');
const READ = Symbol('read');

/** The values of one item; read once each. */
interface Row extends Record<string, unknown> {
	[ITEM]: number;
	/** The values read so far, by the place of their names. */
	[READ]: unknown[];
}

/** How a parameter's values come about. */
type Source = { constant: unknown } | { resolve: (item: number) => unknown } | 'n8n';

export class ParameterReader {
	private readonly sources = new Map<string, Source>();
	private rows: { names: readonly string[]; prototype: object } | undefined;

	/**
	 * @param stored the node's parameters as saved: only those that are shown, expressions unresolved
	 * @param read resolves one parameter for one item
	 * @param items for simple expressions; without it they are all left to `read`
	 */
	constructor(
		private readonly stored: Readonly<Record<string, unknown>>,
		private readonly read: (name: string, item: number) => unknown,
		private readonly items?: Items,
	) {}

	/** The values of those parameters that are shown, by name; each is resolved when it is read. */
	values(names: readonly string[], item: number): Record<string, unknown> {
		if (this.rows?.names !== names) this.rows = { names, prototype: this.rowPrototype(names) };
		const row = Object.create(this.rows.prototype) as Row;
		row[ITEM] = item;
		row[READ] = [];
		return row;
	}

	/** What the rows of all items share, so that a row costs next to nothing before it is read. */
	private rowPrototype(names: readonly string[]): object {
		const value = (name: string, item: number) => this.value(name, item);
		const prototype = {};
		names.forEach((name, place) => {
			if (!Object.hasOwn(this.stored, name)) return;
			const get = function (this: Row) {
				const known = this[READ];
				if (!(place in known)) known[place] = value(name, this[ITEM]);
				return known[place];
			};
			Object.defineProperty(prototype, name, { get });
		});
		return prototype;
	}

	/** One value; undefined if the parameter is not shown. */
	value(name: string, item: number): unknown {
		let source = this.sources.get(name);
		if (!source) {
			if (!Object.hasOwn(this.stored, name)) return undefined;
			this.sources.set(name, (source = this.sourceOf(name, item)));
		}
		if (source === 'n8n') return this.read(name, item);
		if ('constant' in source) return source.constant;
		const direct = source.resolve(item);
		return direct === LEFT_TO_N8N ? this.read(name, item) : direct;
	}

	private sourceOf(name: string, item: number): Source {
		const stored = this.stored[name];
		if (!hasExpression(stored)) return { constant: this.read(name, item) };
		const { items } = this;
		const resolve = items && compileDirect(stored, items.isSafeKey);
		return resolve ? { resolve: (of) => resolve(items.json(of)) } : 'n8n';
	}
}

/** n8n marks an expression with a leading equals sign, at any depth of a collection. */
function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (Array.isArray(value)) return value.some(hasExpression);
	if (typeof value === 'object' && value !== null) return Object.values(value).some(hasExpression);
	return false;
}
