/**
 * The way to a value in an item: `$json.some.path` as the editor writes it when a field is dragged
 * onto a parameter, and `$('Other Node').item.json.some.path` for a field of a node further back.
 */
import { isOrdinary, memberOf } from './plain-json';

/** The item that another node put out. */
export interface OtherItem {
	node: string;
	/** The one that the current item came from, the first or last of all, or the one of the same place. */
	which: 'item' | 'first' | 'last' | 'samePlace';
}

export interface Path {
	/** Undefined for the node's own item. */
	from: OtherItem | undefined;
	/** From the item's json on. */
	keys: readonly string[];
}

/** Whether n8n lets an expression name a key. */
export type SafeKey = (key: string) => boolean;

const QUOTED = String.raw`"([^"]*)"|'([^']*)'`;
const STEP = String.raw`\.([A-Za-z_]\w*)|\[(?:(0|[1-9]\d{0,8})|${QUOTED})\]`;
const HEADS: ReadonlyArray<{ pattern: RegExp; which?: (found: string) => OtherItem['which'] }> = [
	{ pattern: /^\$json/ },
	{
		pattern: new RegExp(String.raw`^\$\((?:${QUOTED})\)\.(item|first\(\)|last\(\))\.json(?!\w)`),
		which: (found) => found.replace('()', '') as 'item' | 'first' | 'last',
	},
	{
		pattern: new RegExp(String.raw`^\$node(?:\[(?:${QUOTED})\]|\.([A-Za-z_]\w*))\.json(?!\w)`),
		which: () => 'samePlace',
	},
];
const STEPS = new RegExp(`^(?:${STEP})*$`);

/** What an expression's code begins with, if it is an item. */
export interface Head {
	from: OtherItem | undefined;
	/** The rest of the code. */
	rest: string;
}

/** @param code that begins with an item, whatever comes behind it */
export function headOf(code: string, isSafeKey: SafeKey): Head | undefined {
	for (const { pattern, which } of HEADS) {
		const found = pattern.exec(code);
		if (!found) continue;
		const rest = code.slice(found[0].length);
		if (!which) return /^[\w$]/.test(rest) ? undefined : { from: undefined, rest };
		const [, double, single, last = ''] = found;
		const node = double ?? single ?? last;
		if (node === '' || !isNameOfData(node, isSafeKey)) return undefined;
		return { from: { node, which: which(last) }, rest };
	}
	return undefined;
}

/**
 * @param code of one expression, without braces
 * @returns undefined if it is not the way to a value, or if a key on it may mean something else
 */
export function pathOf(code: string, isSafeKey: SafeKey): Path | undefined {
	const head = headOf(code.replace(/^[ \t\n]+|[ \t\n]+$/g, ''), isSafeKey);
	if (!head || !STEPS.test(head.rest)) return undefined;
	const keys = [...head.rest.matchAll(new RegExp(STEP, 'g'))].map(
		([, name, index, quoted, single]) => name ?? index ?? quoted ?? single ?? '',
	);
	return keys.every((key) => isNameOfData(key, isSafeKey)) ? { from: head.from, keys } : undefined;
}

/** Whether n8n lets a key stand in an expression, and takes it for the name of data. */
export function isNameOfData(key: string, isSafeKey: SafeKey): boolean {
	return isOrdinary(key) && isSafeKey(key) && isTakenLiterally(key);
}

/** Whether n8n's reading of an expression's code leaves a quoted text alone that stands in it. */
export function isTakenLiterally(text: string): boolean {
	// Escapes and brackets of JavaScript and of n8n's templates; line breaks end a text
	if (/[\\{}\p{Cc}\u2028\u2029]/u.test(text)) return false;
	// Refused wherever it stands behind a dot; replaced wherever it stands
	if (text.includes('constructor') || text === 'globalThis') return false;
	// What looks like a call of n8n's extensions is rewritten, also inside a text
	return !(text.includes('(') && /[.$]/.test(text));
}

/** When a value is looked for: nothing that lies in an item changes within one moment. */
export interface Moment {
	readonly item: number;
	readonly number: number;
}

/** One step into an item. Paths share their beginnings, which are gone once in a moment. */
export class Way {
	private readonly steps = new Map<string, Way>();
	private known = -1;
	private found: unknown;

	private constructor(private readonly look: (moment: Moment) => unknown) {}

	/** @param json finds what the way begins with */
	static from(json: (item: number) => unknown): Way {
		return new Way(({ item }) => json(item));
	}

	to(keys: readonly string[]): Way {
		return keys.reduce<Way>((way, key) => way.step(key), this);
	}

	private step(key: string): Way {
		let step = this.steps.get(key);
		if (!step) this.steps.set(key, (step = new Way((moment) => memberOf(this.at(moment), key))));
		return step;
	}

	/** What lies there, the object itself, or `LEFT_TO_N8N`. */
	at(moment: Moment): unknown {
		if (this.known !== moment.number) {
			this.known = moment.number;
			this.found = this.look(moment);
		}
		return this.found;
	}
}
