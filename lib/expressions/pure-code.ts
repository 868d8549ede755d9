/**
 * Recognises code without effects: it may be evaluated twice or not at all, and means the same wherever
 * an expression may stand.
 *
 * It reads a small part of JavaScript and refuses the rest: functions, assignments, templates, regular
 * expressions, comments, and calls of anything that may change something. The names come from n8n's
 * documentation and sources.
 */
import { startOfPath, isNameOfData, survivesRewriting, type OtherItem } from './item-path';

export interface PureCode {
	/** The items of other nodes that it reads. */
	others: readonly OtherItem[];
	/** Calls a function that n8n adds to JavaScript, or one of that name, so that n8n rewrites the code. */
	isExtended: boolean;
	/** Uses `?.`, which n8n replaces where it rewrites. */
	hasOptional: boolean;
}

/** Longer code is rare, and takes long to read. */
const MAX_LENGTH = 2_000;
const MAX_DEPTH = 30;

/** @param code of one expression, without braces and backslashes */
export function pureCodeOf(code: string): PureCode | undefined {
	if (code.length > MAX_LENGTH || !callsOnlyTheKnown(code)) return undefined;
	const reader = new Reader(code);
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
/** What n8n's expressions know besides the items. */
const VARIABLES = names('$execution $itemIndex $now $runIndex $today $vars $workflow');
const CONSTANTS = names('true false null undefined');

/** n8n looks for calls in the text of the code, in quoted parts too. */
function callsOnlyTheKnown(code: string): boolean {
	const calls = code.matchAll(/\.\s*([\w$]+)\s*(?:\?\.\s*)?\(/g);
	const known = [METHODS, EXTENSIONS, ...Object.values(MEMBERS_OF)];
	return [...calls].every(([, name = '']) => known.some((set) => set.has(name)));
}

/** Reads code from its beginning; each `is…` method says whether it found what it is named for. */
class Reader {
	private at = 0;
	private depth = 0;
	readonly found = { others: [] as OtherItem[], isExtended: false, hasOptional: false };
	/** JavaScript refuses these without brackets between them. */
	private readonly combined = { or: false, nullish: false };

	constructor(private readonly code: string) {}

	isWhole(): boolean {
		if (!this.isExpression()) return false;
		this.skipSpace();
		const { or, nullish } = this.combined;
		// n8n's rewriting changes the meaning of the two together
		if (this.found.isExtended && this.found.hasOptional) return false;
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
			if (access === '?.') this.found.hasOptional = true;
			const isBracket = access === '[' || (access === '?.' && this.has('['));
			if (!(isBracket ? this.isKey() : this.isMember())) return false;
		}
	}

	/** Behind an opening bracket: an index, or the name of a member. */
	private isKey(): boolean {
		if (this.take(/(?:0|[1-9]\d{0,8})(?![\w.$])/y) === undefined) {
			const key = this.text();
			if (key === undefined || !isNameOfData(key)) return false;
		}
		return this.has(']');
	}

	/** Behind a dot: the name of a member, or a call. */
	private isMember(): boolean {
		const name = this.take(/[A-Za-z_]\w*(?![\w$])/y);
		if (name === undefined) return false;
		if (!this.has('(')) return isNameOfData(name);
		if (EXTENSIONS.has(name)) this.found.isExtended = true;
		return (EXTENSIONS.has(name) || METHODS.has(name)) && this.isList(')');
	}

	private isValue(): boolean {
		this.skipSpace();
		const head = startOfPath(this.code.slice(this.at));
		if (head) {
			this.at = this.code.length - head.rest.length;
			if (head.from) this.found.others.push(head.from);
			if (head.from?.which === 'first' || head.from?.which === 'last') this.found.isExtended = true;
			return true;
		}
		const name = this.take(/\$?[A-Za-z_]\w*(?![\w$])/y);
		if (name !== undefined) return this.isKnown(name);
		if (this.has('(')) return this.isExpression() && this.has(')');
		if (this.has('[')) return this.isList(']');
		if (this.take(/(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?![\w.$])/y) !== undefined) return true;
		const text = this.text();
		return text !== undefined && survivesRewriting(text);
	}

	/** Behind a name that stands alone. */
	private isKnown(name: string): boolean {
		if (CONSTANTS.has(name) || VARIABLES.has(name)) return true;
		if (FUNCTIONS.has(name)) return this.has('(') && this.isList(')');
		const members = Object.hasOwn(MEMBERS_OF, name) ? MEMBERS_OF[name] : undefined;
		if (!members || !this.has('.')) return false;
		const member = this.take(/[A-Za-z]\w*(?![\w$])/y) ?? '';
		// n8n's rewriting goes by the name alone
		if (EXTENSIONS.has(member)) this.found.isExtended = true;
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
