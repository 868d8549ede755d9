/**
 * Recognises code of an expression that is an expression of JavaScript and nothing more: it changes
 * nothing, it may be evaluated twice or not at all, and it means the same wherever an expression may
 * stand.
 *
 * A small part of the language is read, and what is not certain to belong to it is refused: no
 * functions, no assignments, no templates, no regular expressions, no comments, and calls only of
 * what is known to change nothing. The syntax is JavaScript's, the names are n8n's documentation's
 * and its sources'.
 */
import { headOf, isNameOfData, isTakenLiterally, type OtherItem, type SafeKey } from './item-path';

export interface PureCode {
	/** The items of other nodes that it reads. */
	others: readonly OtherItem[];
	/** Calls a function that n8n adds to JavaScript, or one of that name: n8n rewrites the code. */
	isExtended: boolean;
	/** Uses `?.`, which n8n replaces by code of its own where it rewrites. */
	hasOptional: boolean;
}

/** Longer code is rare, and takes its time where it is. */
const MAX_LENGTH = 2_000;
const MAX_DEPTH = 30;

/** @param code of one expression, without braces and backslashes */
export function pureCodeOf(code: string, isSafeKey: SafeKey): PureCode | undefined {
	if (code.length > MAX_LENGTH || !callsOnlyTheKnown(code)) return undefined;
	const reader = new Reader(code, isSafeKey);
	return reader.isWhole() ? reader.found : undefined;
}

const names = (text: string) => new Set(text.split(' '));

/** Methods of texts, numbers and lists that change nothing and call nothing. */
const METHODS = names(
	'at charAt charCodeAt concat endsWith includes indexOf join lastIndexOf localeCompare slice split ' +
		'startsWith substr substring toFixed toLowerCase toPrecision toString toUpperCase trim trimEnd ' +
		'trimStart replace replaceAll toFormat toISO toISODate toISOTime toMillis toSeconds',
);
/** What n8n adds to them. */
const EXTENSIONS = names(
	'abs average base64Decode base64Encode ceil extractDomain extractEmail first floor format isEmail ' +
		'isEmpty isEven isNotEmpty isNumeric isOdd last max min quote removeTags replaceSpecialChars ' +
		'round smartJoin sum toBoolean toDateTime toFloat toInt toNumber toSentenceCase toSnakeCase ' +
		'toTitleCase urlDecode urlEncode',
);
/** Functions that stand alone. */
const FUNCTIONS = names('Boolean Number String encodeURIComponent parseFloat parseInt');
const MEMBERS_OF: Readonly<Record<string, ReadonlySet<string>>> = {
	Math: names('abs ceil floor max min round sign trunc'),
	JSON: names('stringify'),
};
/** Values that n8n's expressions know beside the items. */
const VARIABLES = names('$execution $itemIndex $now $runIndex $today $vars $workflow');
const CONSTANTS = names('true false null undefined');

/** n8n looks for calls in the mere text, also in what is quoted. */
function callsOnlyTheKnown(code: string): boolean {
	const calls = code.matchAll(/\.\s*([\w$]+)\s*(?:\?\.)?\s*\(/g);
	const known = [METHODS, EXTENSIONS, ...Object.values(MEMBERS_OF)];
	return [...calls].every(([, name = '']) => known.some((set) => set.has(name)));
}

/** Reads code from its beginning; each method says whether it found what it is named for. */
class Reader {
	private at = 0;
	private depth = 0;
	private readonly others: OtherItem[] = [];
	private isExtended = false;
	private hasOptional = false;
	/** JavaScript refuses these without brackets between them. */
	private readonly combined = { or: false, nullish: false };

	constructor(
		private readonly code: string,
		private readonly isSafeKey: SafeKey,
	) {}

	get found(): PureCode {
		const { others, isExtended, hasOptional } = this;
		return { others, isExtended, hasOptional };
	}

	isWhole(): boolean {
		if (!this.isExpression()) return false;
		this.skipSpace();
		const { or, nullish } = this.combined;
		// Of both, n8n's rewriting makes something of its own
		if (this.isExtended && this.hasOptional) return false;
		return this.at === this.code.length && !(or && nullish);
	}

	private isExpression(): boolean {
		if (++this.depth > MAX_DEPTH) return false;
		const isOne =
			this.isOperation() &&
			(!this.take(/\?(?![.?])/y) || (this.isExpression() && this.has(':') && this.isExpression()));
		this.depth -= 1;
		return isOne;
	}

	private isOperation(): boolean {
		if (!this.isOperand()) return false;
		for (;;) {
			const operator = this.take(/===|!==|==|!=|<=|>=|&&|\|\||\?\?|[<>*/%]|\+(?!\+)|-(?!-)/y);
			if (operator === undefined) return true;
			if (operator === '??') this.combined.nullish = true;
			if (operator === '&&' || operator === '||') this.combined.or = true;
			if (!this.isOperand()) return false;
		}
	}

	private isOperand(): boolean {
		while (this.take(/!|\+(?!\+)|-(?!-)/y) !== undefined);
		if (!this.isValue()) return false;
		for (;;) {
			const access = this.take(/\?\.|\.|\[/y);
			if (access === undefined) return true;
			if (access === '?.') this.hasOptional = true;
			const isBracket = access === '[' || (access === '?.' && this.has('['));
			if (!(isBracket ? this.isKey() : this.isMember())) return false;
		}
	}

	/** Behind an opening bracket: an index, or the name of a member. */
	private isKey(): boolean {
		if (this.take(/(?:0|[1-9]\d{0,8})(?![\w.$])/y) === undefined) {
			const key = this.text();
			if (key === undefined || !isNameOfData(key, this.isSafeKey)) return false;
		}
		return this.has(']');
	}

	/** Behind a dot: the name of a member, or a call. */
	private isMember(): boolean {
		const name = this.take(/[A-Za-z_]\w*(?![\w$])/y);
		if (name === undefined) return false;
		if (!this.has('(')) return isNameOfData(name, this.isSafeKey);
		if (EXTENSIONS.has(name)) this.isExtended = true;
		return (EXTENSIONS.has(name) || METHODS.has(name)) && this.isList(')');
	}

	private isValue(): boolean {
		this.skipSpace();
		const head = headOf(this.code.slice(this.at), this.isSafeKey);
		if (head) {
			this.at = this.code.length - head.rest.length;
			if (head.from) this.others.push(head.from);
			if (head.from?.which === 'first' || head.from?.which === 'last') this.isExtended = true;
			return true;
		}
		const name = this.take(/\$?[A-Za-z_]\w*(?![\w$])/y);
		if (name !== undefined) return this.isKnown(name);
		if (this.has('(')) return this.isExpression() && this.has(')');
		if (this.has('[')) return this.isList(']');
		if (this.take(/(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?![\w.$])/y) !== undefined) return true;
		const text = this.text();
		return text !== undefined && isTakenLiterally(text);
	}

	/** Behind a name that stands alone. */
	private isKnown(name: string): boolean {
		if (CONSTANTS.has(name) || VARIABLES.has(name)) return true;
		if (FUNCTIONS.has(name)) return this.has('(') && this.isList(')');
		const members = Object.hasOwn(MEMBERS_OF, name) ? MEMBERS_OF[name] : undefined;
		if (!members || !this.has('.')) return false;
		const member = this.take(/[A-Za-z]\w*(?![\w$])/y) ?? '';
		// For n8n's rewriting it is one of its own functions if it is named like one
		if (EXTENSIONS.has(member)) this.isExtended = true;
		return members.has(member) && this.has('(') && this.isList(')');
	}

	/** Expressions with commas between them, and the bracket that ends them. */
	private isList(end: ')' | ']'): boolean {
		if (this.has(end)) return true;
		for (;;) {
			if (!this.isExpression()) return false;
			if (this.has(end)) return true;
			if (!this.has(',')) return false;
		}
	}

	/** What is between quotes. */
	private text(): string | undefined {
		return this.take(/"[^"\n]*"|'[^'\n]*'/y)?.slice(1, -1);
	}

	private has(sign: string): boolean {
		this.skipSpace();
		if (!this.code.startsWith(sign, this.at)) return false;
		this.at += sign.length;
		return true;
	}

	private take(pattern: RegExp): string | undefined {
		this.skipSpace();
		pattern.lastIndex = this.at;
		const taken = pattern.exec(this.code)?.[0];
		this.at += taken?.length ?? 0;
		return taken;
	}

	private skipSpace(): void {
		while (/[ \t\n]/.test(this.code.charAt(this.at))) this.at += 1;
	}
}
