/**
 * Evaluates many expressions of one item in one call of n8n's evaluator.
 *
 * Nearly all that an evaluation costs is entering the sandbox, so a list of twelve expressions costs
 * little more than one. Only code without effects goes into a list (`pure-code.ts`), and only texts,
 * numbers, booleans, null and undefined are taken from it. Everything else, and whatever throws, is
 * evaluated on its own as ever, so that n8n's own value or error is what counts.
 *
 * A parameter's first value from a list is compared with n8n's own before the next is believed.
 */
import { isDeepStrictEqual } from 'node:util';
import type { OtherItem } from './item-path';
import { isOrdinaryText, LEFT_TO_N8N } from './plain-json';
import { type PureCode, pureCodeOf } from './pure-code';
import { compile, type Resolver } from './template';

/** A parameter whose expressions can all be evaluated in a list. */
export interface Joinable {
	/** Its stored value as text. */
	readonly stored: string;
	readonly codes: readonly string[];
	/** The items of other nodes that it reads. */
	readonly others: readonly OtherItem[];
	readonly isExtended: boolean;
	readonly hasOptional: boolean;
	/** The parameter's value, from the values of its codes. */
	readonly resolve: Resolver<(code: string) => unknown>;
}

/**
 * Compiles a stored parameter: a text, or a collection with expressions at its leaves.
 *
 * @returns undefined if any expression in it has to be evaluated on its own
 */
export function joinableOf(stored: unknown): Joinable | undefined {
	const found = new Map<string, PureCode>();
	const resolve = compile<(code: string) => unknown>(stored, (code) => {
		const pure = found.get(code) ?? pureCodeOf(code);
		if (!pure) return undefined;
		found.set(code, pure);
		return (valueOf) => valueOf(code);
	});
	if (!resolve) return undefined;
	const all = [...found.values()];
	return {
		stored: JSON.stringify(stored),
		codes: [...found.keys()],
		others: all.flatMap(({ others }) => others),
		isExtended: all.some(({ isExtended }) => isExtended),
		hasOptional: all.some(({ hasOptional }) => hasOptional),
		resolve,
	};
}

/** By stored parameter, whether its first value from a list was n8n's own. */
export type Verdicts = Map<string, 'right' | 'wrong'>;

/** An engine makes the same of an expression as long as the process lives. */
const ofProcess: Verdicts = new Map();
const MAX_VERDICTS = 1_000;

/** A longer list takes long to compile, and is hardly ever meant. */
const MAX_CODES = 100;

/** The values that one item's lists have given. */
interface Batch {
	item: number;
	values: Map<Joinable, unknown>;
}

const codesOf = (members: readonly Joinable[]) => [
	...new Set(members.flatMap(({ codes }) => codes)),
];

/** Evaluates the expressions of one node's parameters, item by item. */
export class JoinedEvaluation {
	private batch: Batch | undefined;
	/** The parameters that were asked for so far; not every operation reads all of them. */
	private readonly wanted = new Set<Joinable>();
	/** Those that no list gave a value once: they may fail again. */
	private readonly separate = new Set<Joinable>();

	/** @param evaluate n8n's evaluator, given an expression without the equals sign */
	constructor(
		private readonly evaluate: (expression: string, item: number) => unknown,
		private readonly verdicts: Verdicts = ofProcess,
	) {}

	/** Something may have changed the items. */
	forget(): void {
		this.batch = undefined;
	}

	/**
	 * A parameter's value for an item.
	 *
	 * @param others all parameters of this item that need evaluation
	 * @param evaluateAlone n8n's own value of the parameter
	 */
	value(
		member: Joinable,
		item: number,
		others: () => readonly Joinable[],
		evaluateAlone: () => unknown,
	): unknown {
		const { wanted, verdicts } = this;
		if (!this.mayJoin(member)) return evaluateAlone();
		if (this.batch?.item !== item) {
			this.batch = { item, values: new Map() };
			const joining = others().filter(
				(other) =>
					other !== member && (wanted.size === 0 || wanted.has(other)) && this.mayJoin(other),
			);
			this.evaluateBatch([member, ...joining], this.batch);
		}
		wanted.add(member);
		const { values } = this.batch;
		if (!values.has(member)) return evaluateAlone();
		const value = values.get(member);
		if (verdicts.get(member.stored) === 'right') return value;
		const own = evaluateAlone();
		if (verdicts.size >= MAX_VERDICTS) verdicts.clear();
		verdicts.set(member.stored, isDeepStrictEqual(own, value) ? 'right' : 'wrong');
		return own;
	}

	private mayJoin(member: Joinable): boolean {
		return !this.separate.has(member) && this.verdicts.get(member.stored) !== 'wrong';
	}

	private evaluateBatch(given: readonly Joinable[], batch: Batch): void {
		const isRewritten = given.some(({ isExtended }) => isExtended);
		const members = isRewritten ? given.filter(({ hasOptional }) => !hasOptional) : given;
		const count = codesOf(members).length;
		if (count >= 2 && count <= MAX_CODES) this.evaluateMembers(members, batch);
	}

	private evaluateMembers(members: readonly Joinable[], batch: Batch): void {
		const list = this.listOf(codesOf(members), batch.item);
		if (!list && members.length > 1) {
			// One of them throws: which?
			const half = Math.ceil(members.length / 2);
			this.evaluateMembers(members.slice(0, half), batch);
			this.evaluateMembers(members.slice(half), batch);
			return;
		}
		for (const member of members) {
			const value = list ? member.resolve((code) => list.get(code)) : LEFT_TO_N8N;
			if (value === LEFT_TO_N8N) this.separate.add(member);
			else batch.values.set(member, value);
		}
	}

	/** The values of codes; undefined if one of them throws. */
	private listOf(codes: readonly string[], item: number): Map<string, unknown> | undefined {
		let list: unknown;
		try {
			list = this.evaluate(expressionOf(codes), item);
		} catch {
			// Evaluated on its own, the culprit names itself
			return undefined;
		}
		if (!Array.isArray(list) || list.length !== codes.length) return undefined;
		return new Map(codes.map((code, place) => [code, decoded(list[place])]));
	}
}

/**
 * A list in which each value says what it is: not every engine brings undefined, null, minus zero or
 * infinite numbers out of a list as they went in.
 */
function expressionOf(codes: readonly string[]): string {
	const list = codes.map((code) => `(${code})`).join(',');
	const encode =
		"typeof v === 'string' ? 's' + v : v === null ? 'n' : v === void 0 ? 'u' : " +
		"v === 0 ? (1 / v > 0 ? 0 : 'z') : " +
		"typeof v === 'number' || typeof v === 'boolean' ? v : 'o'";
	return `{{ [${list}].map((v) => ${encode}) }}`;
}

function decoded(code: unknown): unknown {
	if (typeof code === 'boolean' || (typeof code === 'number' && Number.isFinite(code))) return code;
	if (typeof code !== 'string') return LEFT_TO_N8N;
	switch (code[0]) {
		case 's':
			return isOrdinaryText(code) ? code.slice(1) : LEFT_TO_N8N;
		case 'n':
			return null;
		case 'u':
			return undefined;
		case 'z':
			return -0;
		default:
			return LEFT_TO_N8N;
	}
}
