import type { JsonObject } from '../exchange';
import { Refusal } from './envelope';

/** A required member that must be a non-empty string. */
export function requiredText(body: JsonObject, name: string): string {
	const value = body[name];
	if (value === undefined) throw new Refusal(400, `${name} is required`);
	if (typeof value !== 'string' || value === '') {
		throw new Refusal(400, `${name} must be a non-empty string`);
	}
	return value;
}

/** A whole number from 1; `fallback` if it is left out, required if there is none. */
export function wholeNumber(body: JsonObject, name: string, fallback?: number): number {
	const value = Object.hasOwn(body, name) ? body[name] : fallback;
	if (value === undefined) throw new Refusal(400, `${name} is required`);
	if (!Number.isSafeInteger(value) || (value as number) < 1) {
		throw new Refusal(400, `${name} must be a whole number from 1`);
	}
	return value as number;
}
