/**
 * Evaluates many expressions of one item in one call of n8n's evaluator.
 *
 * What an evaluation costs is nearly all the price of entering the sandbox, so twelve expressions as
 * one list cost little more than one. Only code goes into the list that is certain to be an
 * expression without effects (`pure-code.ts`), and only texts, numbers, booleans, null and undefined
 * are taken from it. Whatever else comes out, and whatever does not come out because one of the
 * expressions throws, is evaluated apart as ever, so that n8n's own value or error is what counts.
 *
 * A parameter's first value from a list is compared with n8n's own before the next is believed.
 */
import { isDeepStrictEqual } from 'node:util';
import { type OtherItem, type SafeKey } from './item-path';
import { isOrdinaryText, MAX_CHARACTERS } from './plain-json';
import { pureCodeOf } from './pure-code';
import { partsOf, textOf } from './template';

/** A parameter whose expressions can all be evaluated in a list. */
export interface Joinable {
	readonly name: string;
	/** Its stored value as text. */
	readonly stored: string;
	readonly codes: readonly string[];
	/** The items of other nodes that it reads. */
	readonly others: readonly OtherItem[];
	readonly isExtended: boolean;
	readonly hasOptional: boolean;
	/**
	 * The parameter's value.
	 *
	 * @param valueOf gives the value of a code; `NOT_TAKEN` if the list did not bring it
	 */
	readonly fill: (valueOf: (code: string) => unknown) => unknown;
}

/** Says that a value has to be evaluated apart. */
const NOT_TAKEN = Symbol('not taken from a list');

type Fill = Joinable['fill'];

/**
 * Compiles a stored parameter: a text, or a collection with expressions at its leaves.
 *
 * @returns undefined if any expression in it has to be evaluated apart
 */
export function joinableOf(
	name: string,
	stored: unknown,
	isSafeKey: SafeKey,
): Joinable | undefined {
	const codes = new Set<string>();
	const fill = fillOf(stored, codes);
	if (!fill) return undefined;
	const all = [...codes];
	const pure = all.map((code) => pureCodeOf(code, isSafeKey));
	if (!pure.every((one) => one !== undefined)) return undefined;
	return {
		name,
		stored: JSON.stringify(stored),
		codes: all,
		fill,
		others: pure.flatMap(({ others }) => others),
		isExtended: pure.some(({ isExtended }) => isExtended),
		hasOptional: pure.some(({ hasOptional }) => hasOptional),
	};
}

/** @param codes to which the code in it is added */
function fillOf(stored: unknown, codes: Set<string>): Fill | undefined {
	if (typeof stored === 'string' && stored.startsWith('=')) return fillOfText(stored, codes);
	if (typeof stored !== 'object' || stored === null) return () => stored;
	const members: Array<[string, Fill]> = [];
	for (const [key, member] of Object.entries(stored)) {
		const fill = key === '__proto__' ? undefined : fillOf(member, codes);
		if (!fill) return undefined;
		members.push([key, fill]);
	}
	return (valueOf) => {
		const value = (Array.isArray(stored) ? [] : {}) as Record<string, unknown>;
		for (const [key, fill] of members) {
			const member = fill(valueOf);
			if (member === NOT_TAKEN) return NOT_TAKEN;
			value[key] = member;
		}
		return value;
	};
}

function fillOfText(expression: string, codes: Set<string>): Fill | undefined {
	const parts = partsOf(expression);
	if (!parts) return undefined;
	for (const part of parts) if ('code' in part) codes.add(part.code);
	const [first] = parts;
	if (first && parts.length === 1) {
		return (valueOf) => ('code' in first ? valueOf(first.code) : first.text);
	}
	return (valueOf) => {
		let whole = '';
		for (const part of parts) {
			const value = 'code' in part ? valueOf(part.code) : part.text;
			// Between texts, what is missing is no text
			const text = value === undefined ? '' : textOf(value);
			if (text === undefined) return NOT_TAKEN;
			whole += text;
		}
		return whole.length <= MAX_CHARACTERS ? whole : NOT_TAKEN;
	};
}

/** By stored parameter, whether its first value from a list was n8n's own. */
export type Verdicts = Map<string, 'right' | 'wrong'>;

/** What this process knows: the engine and what it makes of an expression stay the same. */
const ofProcess: Verdicts = new Map();
const MAX_VERDICTS = 1_000;

/** More would be long to compile, and is hardly ever meant. */
const MAX_CODES = 100;

/** What the lists of one item have brought. */
interface Brought {
	item: number;
	values: Map<Joinable, unknown>;
}

const codesOf = (members: readonly Joinable[]) => [
	...new Set(members.flatMap(({ codes }) => codes)),
];

/** Evaluates the expressions of one node's parameters, item by item. */
export class JoinedEvaluation {
	/** What the current item's lists have brought. */
	private brought: Brought | undefined;
	/** The parameters that were asked for so far; not every operation reads all of them. */
	private readonly wanted = new Set<Joinable>();
	/** Those that came out of no list once: they may do so again. */
	private readonly apart = new Set<Joinable>();

	/** @param evaluate n8n's evaluator, given an expression without the equals sign */
	constructor(
		private readonly evaluate: (expression: string, item: number) => unknown,
		private readonly verdicts: Verdicts = ofProcess,
	) {}

	/** What was brought is not valid any more: something may have changed the items. */
	forget(): void {
		this.brought = undefined;
	}

	/**
	 * A parameter's value for an item.
	 *
	 * @param mates the parameters of this item that need evaluation too
	 * @param evaluateApart n8n's own value of the parameter
	 */
	value(
		member: Joinable,
		item: number,
		mates: () => readonly Joinable[],
		evaluateApart: () => unknown,
	): unknown {
		const { apart, wanted, verdicts } = this;
		if (apart.has(member) || verdicts.get(member.stored) === 'wrong') return evaluateApart();
		if (this.brought?.item !== item) {
			this.brought = { item, values: new Map() };
			this.bring([member, ...this.joining(member, mates())], this.brought);
		}
		wanted.add(member);
		const { values } = this.brought;
		if (!values.has(member)) return evaluateApart();
		const value = values.get(member);
		if (verdicts.get(member.stored) === 'right') return value;
		const own = evaluateApart();
		if (verdicts.size >= MAX_VERDICTS) verdicts.clear();
		verdicts.set(member.stored, isDeepStrictEqual(own, value) ? 'right' : 'wrong');
		return own;
	}

	/** Those that go into a list with a member. */
	private joining(member: Joinable, mates: readonly Joinable[]): Joinable[] {
		const { apart, wanted, verdicts } = this;
		const isFirst = wanted.size === 0;
		return mates.filter(
			(mate) =>
				mate !== member &&
				(isFirst || wanted.has(mate)) &&
				!apart.has(mate) &&
				verdicts.get(mate.stored) !== 'wrong',
		);
	}

	private bring(given: readonly Joinable[], brought: Brought): void {
		const isRewritten = given.some(({ isExtended }) => isExtended);
		const members = isRewritten ? given.filter(({ hasOptional }) => !hasOptional) : given;
		const count = codesOf(members).length;
		if (count >= 2 && count <= MAX_CODES) this.bringMembers(members, brought);
	}

	private bringMembers(members: readonly Joinable[], brought: Brought): void {
		const list = this.listOf(codesOf(members), brought.item);
		if (list) this.takeAll(members, list, brought.values);
		else if (members.length > 1) {
			// One of them throws: which?
			const half = Math.ceil(members.length / 2);
			this.bringMembers(members.slice(0, half), brought);
			this.bringMembers(members.slice(half), brought);
		} else for (const member of members) this.apart.add(member);
	}

	private takeAll(
		members: readonly Joinable[],
		list: ReadonlyMap<string, unknown>,
		values: Map<Joinable, unknown>,
	): void {
		for (const member of members) {
			const value = member.fill((code) => list.get(code));
			if (value === NOT_TAKEN) this.apart.add(member);
			else values.set(member, value);
		}
	}

	/** The values of codes; undefined if one of them throws. */
	private listOf(codes: readonly string[], item: number): Map<string, unknown> | undefined {
		let list: unknown;
		try {
			list = this.evaluate(expressionOf(codes), item);
		} catch {
			// Evaluated apart it is said what is wrong, and of which
			return undefined;
		}
		if (!Array.isArray(list) || list.length !== codes.length) return undefined;
		return new Map(codes.map((code, place) => [code, decoded(list[place])]));
	}
}

/**
 * A list in which each value says what it is. Not every engine brings undefined, null, minus zero or
 * what is infinite out of a list as it went in.
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
	if (typeof code === 'boolean') return code;
	if (typeof code === 'number') return Number.isFinite(code) ? code : NOT_TAKEN;
	if (typeof code !== 'string') return NOT_TAKEN;
	switch (code[0]) {
		case 's':
			return isOrdinaryText(code) ? code.slice(1) : NOT_TAKEN;
		case 'n':
			return null;
		case 'u':
			return undefined;
		case 'z':
			return -0;
		default:
			return NOT_TAKEN;
	}
}
