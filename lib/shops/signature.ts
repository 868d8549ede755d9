/** What the shops' signatures have in common: an HMAC-SHA256 over the bytes that were sent. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Delivery, Signature } from './shop';

/** How a shop writes the bytes of its signature. */
export type Encoding = 'base64' | 'hex';

/**
 * Whether one of the secrets made the signature. Each secret is tried, whatever the others gave, and the
 * comparison takes the same time wherever the texts differ: the time says nothing about the secret.
 *
 * @param signature as the shop wrote it
 * @param signed the bytes that the shop has signed, in one or more parts
 * @param secrets an empty one signs nothing: anybody could use it
 */
export function isSigned(
	signature: string,
	encoding: Encoding,
	signed: ReadonlyArray<Buffer | string>,
	secrets: readonly string[],
): boolean {
	const given = Buffer.from(encoding === 'hex' ? signature.toLowerCase() : signature);
	let matches = 0;
	for (const secret of secrets) {
		if (secret === '') continue;
		const hmac = createHmac('sha256', secret);
		for (const part of signed) hmac.update(part);
		const expected = Buffer.from(hmac.digest(encoding));
		// The length of an HMAC is no secret
		if (expected.length === given.length && timingSafeEqual(expected, given)) matches++;
	}
	return matches > 0;
}

/** Checks a signature that stands alone in a header, base64, over the raw bytes. */
export function checkHeader(
	name: string,
	{ headers, rawBody }: Delivery,
	secrets: readonly string[],
): Signature {
	const signature = headerOf(headers, name);
	if (signature === null) return 'missing';
	return isSigned(signature, 'base64', [rawBody], secrets) ? 'genuine' : 'wrong';
}

/**
 * A header's value; null if it is missing or empty, or there twice: then nobody knows which one counts.
 *
 * @param name in small letters
 */
export function headerOf(headers: Delivery['headers'], name: string): string | null {
	const value = headers[name];
	const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
	return typeof one === 'string' && one.trim() !== '' ? one.trim() : null;
}
