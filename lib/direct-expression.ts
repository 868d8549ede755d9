/**
 * Resolves the commonest expression, a lone `{{ $json.some.path }}` as the editor writes it when a
 * field is dragged onto a parameter, from the item itself.
 *
 * n8n 2.41 evaluates every expression in a sandbox of its own, which costs several times an HTTP
 * call. Here only the happy path is walked: plain JSON all the way, keys that mean nothing else to
 * JavaScript or to n8n. Whatever is not that is left to n8n, so that nothing but "same value" has to
 * be proven; `npm run test:expressions` compares the two inside real hosts, engine by engine.
 */
import { types } from 'node:util';

/** Says that n8n has to evaluate the parameter for this item. */
export const LEFT_TO_N8N = Symbol('left to n8n');

/** Gives a parameter's value for an item's json, or `LEFT_TO_N8N`. */
export type Resolver = (json: unknown) => unknown;

/** Beyond these n8n's sandbox may run out of time or memory, and the item would fail there. */
const MAX_VALUES = 10_000;
const MAX_CHARACTERS = 1_000_000;
const MAX_DEPTH = 50;

/**
 * Compiles a stored parameter: a text, or a collection with expressions at its leaves.
 *
 * @param stored as saved in the workflow
 * @param isSafeKey n8n's own word on keys that expressions may not name
 * @returns undefined if any expression in it is not of the simple form
 */
export function compileDirect(
	stored: unknown,
	isSafeKey: (key: string) => boolean,
): Resolver | undefined {
	if (typeof stored === 'string' && stored.startsWith('=')) {
		const path = pathOf(stored, isSafeKey);
		return path && ((json) => valueAt(json, path));
	}
	if (typeof stored !== 'object' || stored === null) return () => stored;
	const members: Array<[string, Resolver]> = [];
	for (const [key, member] of Object.entries(stored)) {
		const resolve = key === '__proto__' ? undefined : compileDirect(member, isSafeKey);
		if (!resolve) return undefined;
		members.push([key, resolve]);
	}
	return (json) => {
		const value = (Array.isArray(stored) ? [] : {}) as Record<string, unknown>;
		for (const [key, resolve] of members) {
			const member = resolve(json);
			if (member === LEFT_TO_N8N) return LEFT_TO_N8N;
			value[key] = member;
		}
		return value;
	};
}

const STEP = String.raw`\.([A-Za-z_]\w*)|\[(?:(0|[1-9]\d{0,8})|"([^"]*)"|'([^']*)')\]`;
const LONE_PATH = new RegExp(String.raw`^=\{\{[ \t\n]*\$json((?:${STEP})*)[ \t\n]*\}\}$`);

/** The keys that a lone path names, from the item's json on; undefined if it is not one. */
function pathOf(expression: string, isSafeKey: (key: string) => boolean): string[] | undefined {
	const path = LONE_PATH.exec(expression)?.[1];
	if (path === undefined) return undefined;
	const keys = [...path.matchAll(new RegExp(STEP, 'g'))].map(
		([, name, index, quoted, single]) => name ?? index ?? quoted ?? single ?? '',
	);
	return keys.every((key) => isOrdinary(key) && isSafeKey(key) && isTakenLiterally(key))
		? keys
		: undefined;
}

/** Whether n8n's reading of an expression's text leaves a key alone that stands in it. */
function isTakenLiterally(key: string): boolean {
	// Escapes and brackets of JavaScript and of n8n's templates; line breaks end a text
	if (/[\\{}\p{Cc}\u2028\u2029]/u.test(key)) return false;
	// Refused wherever it stands behind a dot; replaced wherever it stands
	if (key.includes('constructor') || key === 'globalThis') return false;
	// What looks like a call of n8n's extensions is rewritten, also inside a text
	return !(key.includes('(') && /[.$]/.test(key));
}

/** Keys found to be nothing but data: the items of a flow all have the same few. */
const ordinaryKeys = new Set<string>();
const MAX_KEYS = 1_000;

/** Whether a key is nothing but data: not a member of every object, not a mark of n8n's engines. */
function isOrdinary(key: string): boolean {
	if (ordinaryKeys.has(key)) return true;
	if (key.startsWith('__') || key in Object.prototype || !isOrdinaryText(key)) return false;
	if (ordinaryKeys.size < MAX_KEYS) ordinaryKeys.add(key);
	return true;
}

/** Not every engine carries a NUL, a byte order mark or half a surrogate pair as it is. */
const isOrdinaryText = (text: string) =>
	text.isWellFormed() && !text.includes('\0') && !text.includes('\uFEFF');

function valueAt(json: unknown, path: readonly string[]): unknown {
	let value = json;
	for (const key of path) {
		value = memberOf(value, key);
		if (value === LEFT_TO_N8N) return LEFT_TO_N8N;
	}
	return copyOf(value, { values: MAX_VALUES, characters: MAX_CHARACTERS }, MAX_DEPTH);
}

function memberOf(value: unknown, key: string): unknown {
	if (!isPlain(value)) return LEFT_TO_N8N;
	if (Array.isArray(value) && !/^\d+$/.test(key)) return LEFT_TO_N8N;
	return ownMember(value, key);
}

/** A member of a plain object. */
function ownMember(value: object, key: string): unknown {
	const member = Object.getOwnPropertyDescriptor(value, key);
	// A getter may run code, and the engines do not agree on what is hidden
	return member?.enumerable && 'value' in member ? member.value : LEFT_TO_N8N;
}

/** Whether a value is an object or array as JSON makes them, without anything built upon it. */
function isPlain(value: unknown): value is object {
	if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === (Array.isArray(value) ? Array.prototype : Object.prototype);
}

/** A JSON value that shares nothing with the item, so that nobody can change the item through it. */
function copyOf(
	value: unknown,
	left: { values: number; characters: number },
	depth: number,
): unknown {
	left.values -= 1;
	if (left.values < 0) return LEFT_TO_N8N;
	if (value === null || typeof value === 'boolean') return value;
	if (typeof value === 'number') {
		return Number.isFinite(value) && !Object.is(value, -0) ? value : LEFT_TO_N8N;
	}
	if (typeof value === 'string') {
		left.characters -= value.length;
		return left.characters >= 0 && isOrdinaryText(value) ? value : LEFT_TO_N8N;
	}
	if (!isPlain(value) || depth === 0) return LEFT_TO_N8N;
	const isArray = Array.isArray(value);
	const keys = Reflect.ownKeys(value);
	// An array's own keys are its entries and its length: neither holes nor more
	if (isArray && keys.pop() !== 'length') return LEFT_TO_N8N;
	if (isArray && keys.length !== value.length) return LEFT_TO_N8N;
	const copy = (isArray ? [] : {}) as Record<string, unknown>;
	for (const key of keys) {
		if (typeof key !== 'string' || !isOrdinary(key)) return LEFT_TO_N8N;
		left.characters -= key.length;
		const member = copyOf(ownMember(value, key), left, depth - 1);
		if (member === LEFT_TO_N8N) return LEFT_TO_N8N;
		copy[key] = member;
	}
	return copy;
}
