/** Reads an answer's bytes as JSON without trusting them. */

import { parseSafely } from '../base/safe-json';

/** Deepest nesting accepted; what the vendors document goes four levels deep. */
const MAX_DEPTH = 64;

export type Reading =
	| {
			ok: true;
			value: unknown;
			/** What the value was read from. */
			text: string;
	  }
	| { ok: false; problem: string };

/**
 * Decodes and parses an answer body.
 *
 * `__proto__` members are dropped, so that nobody who merges the value later is caught by them.
 *
 * @param body bytes as received
 * @param contentType the answer's Content-Type header, for its charset; UTF-8 if it names none
 */
export function readJson(body: Buffer, contentType: string | undefined): Reading {
	if (body.length === 0) return { ok: false, problem: 'the answer is empty' };
	const text = decode(body, contentType);
	if (text === undefined) return { ok: false, problem: 'its character set can not be decoded' };
	if (/^\s*</.test(text)) return { ok: false, problem: 'it is a web page, not JSON' };
	if (deeperThan(text, MAX_DEPTH)) return { ok: false, problem: 'its JSON is nested too deeply' };
	try {
		return { ok: true, value: parseSafely(text), text };
	} catch {
		return { ok: false, problem: 'its JSON is not complete or not valid' };
	}
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(body: Buffer, contentType: string | undefined): string | undefined {
	const charset =
		/charset\s*=\s*"?([\w-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
	try {
		const decoder = charset === 'utf-8' ? utf8 : new TextDecoder(charset, { fatal: true });
		return decoder.decode(body);
	} catch {
		return undefined;
	}
}

/** Counts brackets outside strings, because JSON.parse itself accepts any depth. */
function deeperThan(text: string, limit: number): boolean {
	let depth = 0;
	let inString = false;
	for (let i = 0; i < text.length; i++) {
		const char = text.charCodeAt(i);
		if (inString) {
			if (char === 0x5c) i++;
			else if (char === 0x22) inString = false;
		} else if (char === 0x22) inString = true;
		else if (char === 0x7b || char === 0x5b) {
			if (++depth > limit) return true;
		} else if (char === 0x7d || char === 0x5d) depth--;
	}
	return false;
}
