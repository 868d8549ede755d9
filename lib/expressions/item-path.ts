/**
 * Paths to values in items: `$json.some.path` as the editor writes it when a field is dragged onto a
 * parameter, and `$('Other Node').item.json.some.path` for a field of a node further back.
 */
import { isSafeObjectProperty } from 'n8n-workflow';
import { isOrdinary } from './plain-json';

/** The item that another node put out. */
export interface OtherItem {
	node: string;
	/** The one that the current item came from, the first or last of all, or the one at the same index. */
	which: 'item' | 'first' | 'last' | 'sameIndex';
}

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
		which: () => 'sameIndex',
	},
];
const STEPS = new RegExp(String.raw`^(?:${STEP})*[ \t\n]*$`);

interface From {
	/** Which item the path starts at; undefined means the node's own input item. */
	from: OtherItem | undefined;
}

/** @returns undefined if the code begins with something other than an item */
export function startOfPath(code: string): (From & { rest: string }) | undefined {
	for (const { pattern, which } of HEADS) {
		const found = pattern.exec(code);
		if (!found) continue;
		const rest = code.slice(found[0].length);
		if (!which) return /^[\w$]/.test(rest) ? undefined : { from: undefined, rest };
		const [, double, single, last = ''] = found;
		const node = double ?? single ?? last;
		if (node === '' || !isNameOfData(node)) return undefined;
		return { from: { node, which: which(last) }, rest };
	}
	return undefined;
}

/**
 * @param code of one expression, without braces
 * @returns the keys from the item's json on; undefined if the code is not a plain path, or if one of its
 *     keys might not be plain data
 */
export function itemPathOf(code: string): (From & { keys: readonly string[] }) | undefined {
	const head = startOfPath(code.replace(/^[ \t\n]+/, ''));
	if (!head || !STEPS.test(head.rest)) return undefined;
	const keys = [...head.rest.matchAll(new RegExp(STEP, 'gy'))].map(
		([, name, index, quoted, single]) => name ?? index ?? quoted ?? single ?? '',
	);
	return keys.every((key) => isNameOfData(key)) ? { from: head.from, keys } : undefined;
}

/** Whether n8n accepts this key in an expression and treats it as an ordinary data key. */
export function isNameOfData(key: string): boolean {
	return isOrdinary(key) && isSafeObjectProperty(key) && survivesRewriting(key);
}

/** Whether n8n leaves a quoted text in an expression's code as it stands. */
export function survivesRewriting(text: string): boolean {
	// Escapes and brackets of JavaScript and of n8n's templates; line breaks end a text
	if (/[\\{}\p{Cc}\u2028\u2029]/u.test(text)) return false;
	// n8n rejects `constructor` after any dot, and replaces `globalThis` everywhere
	if (text.includes('constructor') || text === 'globalThis') return false;
	// n8n rewrites what looks like a call of its extensions, even inside a string literal
	return !(text.includes('(') && /[.$]/.test(text));
}
