/** Checks shops' signatures: each is an HMAC-SHA256 over the bytes that were sent. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Delivery, SignatureVerdict } from './shop';

/**
 * Whether one of the secrets made the signature. Every secret is tried, and a comparison takes the same
 * time wherever the texts differ, so the time taken reveals nothing about the secrets.
 *
 * @param signed the bytes that the shop has signed, in one or more parts
 * @param secrets an empty one is skipped: anybody could sign with it
 */
export function isSigned(
	signature: string,
	encoding: 'base64' | 'hex',
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

/** Checks a signature that is all of a header, in base64, over the raw bytes. */
export function checkHeader(
	name: string,
	{ headers, rawBody }: Delivery,
	secrets: readonly string[],
): SignatureVerdict {
	const signature = headerOf(headers, name);
	if (signature === null) return 'missing';
	return isSigned(signature, 'base64', [rawBody], secrets) ? 'genuine' : 'wrong';
}

/**
 * A header's value; null if it is missing, empty, or sent twice: then nobody knows which one counts.
 *
 * @param name in lower case
 */
export function headerOf(headers: Delivery['headers'], name: string): string | null {
	const value = headers[name];
	const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
	return typeof one === 'string' && one.trim() !== '' ? one.trim() : null;
}
