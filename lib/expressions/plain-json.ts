/** Recognises plain JSON: reading it runs no code and gives the same in each of n8n's engines. */
import { types } from 'node:util';

/** In place of a value: n8n has to evaluate the parameter for this item. */
export const LEFT_TO_N8N = Symbol('left to n8n');

/** With more, n8n's sandbox may run out of time or memory, and the item would fail there. */
const MAX_VALUES = 10_000;
export const MAX_CHARACTERS = 1_000_000;
const MAX_DEPTH = 50;

/** A cache, since the items of a flow all have the same few keys. */
const ordinaryKeys = new Set<string>();
const MAX_KEYS = 1_000;

/** Whether a key is nothing but data: not a member of every object, not a mark of n8n's engines. */
export function isOrdinary(key: string): boolean {
	if (ordinaryKeys.has(key)) return true;
	if (key.startsWith('__') || key in Object.prototype || !isOrdinaryText(key)) return false;
	if (ordinaryKeys.size < MAX_KEYS) ordinaryKeys.add(key);
	return true;
}

/** Not every engine carries a NUL, a byte order mark or half a surrogate pair as it is. */
export const isOrdinaryText = (text: string) =>
	text.isWellFormed() && !text.includes('\0') && !text.includes('\uFEFF');

/** A member of a plain object or array, or `LEFT_TO_N8N`. */
export function memberOf(value: unknown, key: string): unknown {
	if (!isPlain(value)) return LEFT_TO_N8N;
	if (Array.isArray(value) && !/^\d+$/.test(key)) return LEFT_TO_N8N;
	return ownMember(value, key);
}

function ownMember(value: object, key: string): unknown {
	const member = Object.getOwnPropertyDescriptor(value, key);
	// A getter may run code, and the engines disagree on hidden members
	return member?.enumerable && 'value' in member ? member.value : LEFT_TO_N8N;
}

/** Whether a value is an object or array as JSON makes them, no proxy and of no class. */
export function isPlain(value: unknown): value is object {
	if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === (Array.isArray(value) ? Array.prototype : Object.prototype);
}

/** An object's keys, hidden ones too, or an array's indices; undefined if it has more than JSON has. */
function keysOf(value: object): string[] | undefined {
	// Much quicker than Reflect.ownKeys
	const keys = Object.getOwnPropertyNames(value);
	if (Object.getOwnPropertySymbols(value).length > 0) return undefined;
	// An array's own keys are its entries, its length, and then anything added to it
	if (!Array.isArray(value)) return keys;
	return keys.pop() === 'length' && keys.length === value.length ? keys : undefined;
}

/** Exceptions from plain JSON. */
interface Leeway {
	/** Undefined, where JSON would have nothing. */
	gaps?: boolean;
	/** Texts, keys and numbers that not every engine carries as they are. */
	oddities?: boolean;
}

const STRICT: Leeway = {};

/** Whether a value is JSON through and through, and small enough for every engine. */
export function isJson(value: unknown, leeway: Leeway = STRICT): boolean {
	const left = { values: MAX_VALUES, characters: MAX_CHARACTERS };
	return isJsonWithin(value, left, leeway, MAX_DEPTH);
}

/** Whether reading a value runs no code, whatever JavaScript does with it. */
export const isInert = (value: unknown) => isJson(value, { gaps: true, oddities: true });

/** @param left how much the value may hold; counted down */
function isJsonWithin(
	value: unknown,
	left: { values: number; characters: number },
	leeway: Leeway,
	depth: number,
): boolean {
	left.values -= 1;
	if (left.values < 0) return false;
	if (value === undefined) return leeway.gaps === true;
	if (value === null || typeof value === 'boolean') return true;
	if (typeof value === 'number') {
		return leeway.oddities === true || (Number.isFinite(value) && !Object.is(value, -0));
	}
	if (typeof value === 'string') {
		left.characters -= value.length;
		return left.characters >= 0 && (leeway.oddities === true || isOrdinaryText(value));
	}
	if (!isPlain(value) || depth === 0) return false;
	const keys = keysOf(value);
	if (!keys) return false;
	for (const key of keys) {
		if (!(leeway.oddities === true || isOrdinary(key))) return false;
		left.characters -= key.length;
		const member = ownMember(value, key);
		if (member === LEFT_TO_N8N || !isJsonWithin(member, left, leeway, depth - 1)) return false;
	}
	return true;
}
