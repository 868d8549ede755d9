/**
 * Reads a node's parameters as seldom as is correct.
 *
 * On n8n 2.41 one expression costs several times an HTTP call. So a value without an expression is
 * read once for all items, one that only points into items is taken from there, and the others are
 * evaluated when they are asked for and once per item, together where that is certain to be the
 * same: what an operation does not use costs nothing.
 */
import { DirectExpressions, type Items, type Resolver } from './direct-expression';
import type { Moment } from './item-path';
import { type Joinable, joinableOf, JoinedEvaluation, type Verdicts } from './joined-evaluation';
import { isInert, LEFT_TO_N8N } from './plain-json';

/** What is needed to resolve expressions otherwise than one by one. */
export interface Shortcuts {
	items: Items;
	/** Whether simple expressions are to be resolved without n8n. */
	isDirect: boolean;
	/** n8n's evaluator, given an expression without the equals sign. */
	evaluate: (expression: string, item: number) => unknown;
	/** What is known of lists of expressions; without it, what this process has seen. */
	verdicts?: Verdicts;
}

const ITEM = Symbol('item');
const READ = Symbol('read');

/** The values of one item; read once each. */
interface Row extends Record<string, unknown> {
	[ITEM]: number;
	/** The values read so far, by the place of their names. */
	[READ]: unknown[];
}

/** How the values of a parameter with expressions come about. */
interface Source {
	/** Takes them from the items. */
	resolve: Resolver | undefined;
	joinable: Joinable | undefined;
}

export class ParameterReader {
	/** The parameters looked at so far; undefined for those without an expression. */
	private readonly sources = new Map<string, Source | undefined>();
	private readonly constants = new Map<string, unknown>();
	private rows: { names: readonly string[]; prototype: object } | undefined;
	private readonly direct: DirectExpressions | undefined;
	private readonly joined: JoinedEvaluation | undefined;
	private moment: Moment = { item: -1, number: 0 };
	/** Whether reading this moment's item runs no code. */
	private isInertItem: boolean | undefined;

	/**
	 * @param stored the node's parameters as saved: only those that are shown, expressions unresolved
	 * @param read resolves one parameter for one item
	 * @param shortcuts without them all expressions are left to `read`
	 */
	constructor(
		private readonly stored: Readonly<Record<string, unknown>>,
		private readonly read: (name: string, item: number) => unknown,
		private readonly shortcuts?: Shortcuts,
	) {
		if (!shortcuts) return;
		if (shortcuts.isDirect) this.direct = new DirectExpressions(shortcuts.items);
		this.joined = new JoinedEvaluation(shortcuts.evaluate, shortcuts.verdicts);
	}

	/** The values of those parameters that are shown, by name; each is resolved when it is read. */
	values(names: readonly string[], item: number): Record<string, unknown> {
		if (this.rows?.names !== names) this.rows = { names, prototype: this.rowPrototype(names) };
		this.begin(item);
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

	/** What was found in the items so far may not be there any more. */
	private begin(item: number): void {
		this.moment = { item, number: this.moment.number + 1 };
		this.isInertItem = undefined;
		this.joined?.forget();
	}

	/** One value; undefined if the parameter is not shown. */
	value(name: string, item: number): unknown {
		if (this.constants.has(name)) return this.constants.get(name);
		if (!Object.hasOwn(this.stored, name)) return undefined;
		const source = this.sourceOf(name);
		if (!source) {
			const constant = this.read(name, item);
			this.constants.set(name, constant);
			return constant;
		}
		if (this.moment.item !== item) this.begin(item);
		const direct = source.resolve ? source.resolve(this.moment) : LEFT_TO_N8N;
		if (direct !== LEFT_TO_N8N) return direct;
		const { joined } = this;
		if (!joined || !source.joinable || !this.isPure(source.joinable)) return this.apart(name, item);
		return joined.value(
			source.joinable,
			item,
			() => this.joinables(),
			() => this.read(name, item),
		);
	}

	/** n8n's evaluation of what is not known to have no effects. */
	private apart(name: string, item: number): unknown {
		try {
			return this.read(name, item);
		} finally {
			this.shortcuts?.items.forget();
			this.begin(item);
		}
	}

	/** Whether evaluating changes nothing: what it reads runs no code. */
	private isPure({ others }: Joinable): boolean {
		const { items } = this.shortcuts!;
		const { item } = this.moment;
		this.isInertItem ??= isInert(items.json(item));
		return this.isInertItem && others.every((other) => items.other(other, item) !== LEFT_TO_N8N);
	}

	/** The parameters that have to be evaluated for this moment's item, and may be so together. */
	private joinables(): Joinable[] {
		return (this.rows?.names ?? []).flatMap((name) => {
			const source = this.sourceOf(name);
			if (!source?.joinable) return [];
			const isResolved = source.resolve && source.resolve(this.moment) !== LEFT_TO_N8N;
			return isResolved || !this.isPure(source.joinable) ? [] : [source.joinable];
		});
	}

	private sourceOf(name: string): Source | undefined {
		if (this.sources.has(name)) return this.sources.get(name);
		const source = this.newSource(name);
		this.sources.set(name, source);
		return source;
	}

	private newSource(name: string): Source | undefined {
		const stored = this.stored[name];
		if (!hasExpression(stored)) return undefined;
		const { direct, shortcuts } = this;
		return {
			resolve: direct?.compile(stored),
			joinable: shortcuts && joinableOf(name, stored, shortcuts.items.isSafeKey),
		};
	}
}

/** n8n marks an expression with a leading equals sign, at any depth of a collection. */
function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (Array.isArray(value)) return value.some(hasExpression);
	if (typeof value === 'object' && value !== null) return Object.values(value).some(hasExpression);
	return false;
}
