/** JSON in and out without `__proto__`, which would poison whoever merges the value later. */

/**
 * Parses JSON and drops `__proto__` members at any depth.
 *
 * @throws {SyntaxError}
 */
export function parseSafely(text: string): unknown {
	return text.includes('__proto__') || text.includes('\\u')
		? JSON.parse(text, (key, member: unknown) => (key === '__proto__' ? undefined : member))
		: JSON.parse(text);
}

/** Serialises a body for the wire, without `__proto__` members. */
export function serialise(body: object): string {
	const text = JSON.stringify(body);
	return text.includes('"__proto__"') ? JSON.stringify(parseSafely(text)) : text;
}
