/**
 * Reads a node's parameters as rarely as correctness allows: on n8n 2.41 one expression costs several
 * times an HTTP call. A value without an expression is read once for all items, and one that only points
 * into items is taken from there. The others are evaluated on demand and once per item, together where
 * that is certain to give the same values.
 */
import { type IExecuteFunctions, isSafeObjectProperty } from 'n8n-workflow';
import { DirectExpressions, type Moment } from './direct-expression';
import { Items } from './items';
import { type Joinable, joinableOf, JoinedEvaluation, type Verdicts } from './joined-evaluation';
import { isInert, LEFT_TO_N8N } from './plain-json';
import type { Resolver } from './template';

/** Ways around evaluating expressions one by one. */
export interface Shortcuts {
	items: Items;
	/** Whether to resolve simple expressions without n8n. */
	isDirect: boolean;
	/** n8n's evaluator, given an expression without the equals sign. */
	evaluate: (expression: string, item: number) => unknown;
	/** By default those of this process. */
	verdicts?: Verdicts;
}

/** @returns undefined where a shortcut might give other values */
export function shortcutsOf(host: IExecuteFunctions, isDirect: boolean): Shortcuts | undefined {
	// An n8n without this function may reject keys that we don't know of
	if (typeof isSafeObjectProperty !== 'function') return undefined;
	const items = Items.of(host);
	const evaluate = (code: string, item: number) => host.evaluateExpression(code, item);
	return items && { items, isDirect, evaluate };
}

const ITEM = Symbol('item');
const READ = Symbol('read');

/** The values of one item; read once each. */
interface Row extends Record<string, unknown> {
	[ITEM]: number;
	/** The values read so far, by the place of their names. */
	[READ]: unknown[];
}

/** How to get the value of a parameter that has expressions, other than through n8n. */
interface Source {
	resolve: Resolver<Moment> | undefined;
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
	/** Whether reading this moment's item runs no code; undefined until checked. */
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

	/** The values of the visible parameters, by name; each is resolved when it is read. */
	values(names: readonly string[], item: number): Record<string, unknown> {
		if (this.rows?.names !== names) this.rows = { names, prototype: this.rowPrototype(names) };
		this.begin(item);
		const row = Object.create(this.rows.prototype) as Row;
		row[ITEM] = item;
		row[READ] = [];
		return row;
	}

	/** The getters that all rows share, so that a row costs next to nothing before it is read. */
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

	private begin(item: number): void {
		this.moment = { item, number: this.moment.number + 1 };
		this.isInertItem = undefined;
		this.joined?.forget();
	}

	/** One value; undefined if the parameter is hidden. */
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
		if (!joined || !source.joinable || !this.isPure(source.joinable)) {
			return this.readAndForget(name, item);
		}
		return joined.value(
			source.joinable,
			item,
			() => this.joinables(),
			() => this.read(name, item),
		);
	}

	/** n8n's evaluation of an expression that may change the items. */
	private readAndForget(name: string, item: number): unknown {
		try {
			return this.read(name, item);
		} finally {
			this.shortcuts?.items.forget();
			this.begin(item);
		}
	}

	/** Whether evaluating it changes nothing, since all that it reads is inert. */
	private isPure({ others }: Joinable): boolean {
		const { items } = this.shortcuts!;
		const { item } = this.moment;
		this.isInertItem ??= isInert(items.json(item));
		return this.isInertItem && others.every((other) => items.other(other, item) !== LEFT_TO_N8N);
	}

	/** The parameters that need evaluation for this moment's item, and may be evaluated together. */
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
		const stored = this.stored[name];
		const { direct, shortcuts } = this;
		const source = hasExpression(stored)
			? { resolve: direct?.compile(stored), joinable: shortcuts && joinableOf(stored) }
			: undefined;
		this.sources.set(name, source);
		return source;
	}
}

/** n8n marks an expression with a leading equals sign, at any depth of a collection. */
function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(hasExpression);
}
