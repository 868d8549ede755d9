import { isObject, type JsonObject } from '../exchange';
import type { Settings } from '../settings';
import { isEmpty, isWrong, type TdRefusal } from './codes';

/** What a value must be like: undefined if it is, the refusal if it isn't. */
export type Shape = (value: unknown, path: string, context: Context) => TdRefusal | undefined;

/** What besides the value decides. */
export interface Context {
	region: Settings['region'];
}

/** A member of an object, and whether TD marks it as required. */
export interface Member {
	shape: Shape;
	required: boolean;
}

export const required = (shape: Shape): Member => ({ shape, required: true });
export const optional = (shape: Shape): Member => ({ shape, required: false });

/** A shape from a plain test. */
export function when(fits: (value: unknown) => boolean): Shape {
	return (value, path) => (fits(value) ? undefined : isWrong(path));
}

export const text = when((value) => typeof value === 'string');
export const flag = when((value) => typeof value === 'boolean');
// A JSON number can be too large for a double
export const decimal = when((value) => Number.isFinite(value));
export const integer = when((value) => Number.isSafeInteger(value));
export const anyObject = when(isObject);

/** One of a closed list of words. */
export const oneOf = (...words: string[]): Shape =>
	when((value) => typeof value === 'string' && words.includes(value));

/** Text in a documented format. */
export const matching = (format: RegExp): Shape =>
	when((value) => typeof value === 'string' && format.test(value));

/**
 * An object with these members; further ones are let through (ASSUMED: TD does not say).
 * ASSUMED: a required member that is missing, null or '' is "empty"; an optional one must not be null,
 * and an optional text may be '', as TD's examples send it [doc].
 */
export function object(members: Record<string, Member>, further?: Shape): Shape {
	const entries = Object.entries(members);
	return (value, path, context) => {
		if (!isObject(value)) return isWrong(path);
		for (const [name, { shape, required }] of entries) {
			const refusal = checkMember(value, name, path, shape, required, context);
			if (refusal) return refusal;
		}
		return further?.(value, path, context);
	};
}

/** A list of such elements; it may be empty (ASSUMED). */
export function listOf(element: Shape): Shape {
	return (value, path, context) => {
		if (!Array.isArray(value)) return isWrong(path);
		for (const [index, one] of value.entries()) {
			const refusal = element(one, `${path}[${index}]`, context);
			if (refusal) return refusal;
		}
		return undefined;
	};
}

function checkMember(
	owner: JsonObject,
	name: string,
	path: string,
	shape: Shape,
	required: boolean,
	context: Context,
): TdRefusal | undefined {
	const memberPath = path === '' ? name : `${path}.${name}`;
	const value = Object.hasOwn(owner, name) ? owner[name] : undefined;
	if (value === undefined || (required && (value === null || value === ''))) {
		return required ? isEmpty(memberPath) : undefined;
	}
	return shape(value, memberPath, context);
}
