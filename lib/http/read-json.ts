/** Reads a body's bytes as JSON without trusting them. */
import { parseSafely } from '../base/json';

/** Deepest nesting accepted; what the vendors document goes four levels deep. */
const MAX_DEPTH = 64;

export type JsonReading =
	{ ok: true; value: unknown; text: string } | { ok: false; problem: string };

/**
 * Decodes and parses an answer. `__proto__` members are dropped, because they could do harm when the value
 * is merged.
 *
 * @param contentType names the charset; UTF-8 if it names none
 */
export function readJson(body: Buffer, contentType: string | undefined): JsonReading {
	if (body.length === 0) return { ok: false, problem: 'it is empty' };
	const text = decode(body, contentType);
	if (text === undefined) return { ok: false, problem: 'its character set cannot be decoded' };
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

/** Counts brackets outside strings; JSON.parse itself accepts any depth. */
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
