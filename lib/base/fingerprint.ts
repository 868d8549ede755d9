/** Short hashes. */
import { hash } from 'node:crypto';

/** 84 bits, equal for equal texts or bytes. */
export function fingerprint(text: string | Buffer): string {
	return hash('sha256', text, 'base64url').slice(0, 14);
}

/**
 * Names an account without showing whose it is. Slashes at the end of its path, or doubled, make no other account,
 * and neither do escapes of what needs none, or their digits in lower case (RFC 3986, 6.2.2).
 *
 * @param url where its requests go
 * @param name the account's name there
 */
export function accountMark({ origin, pathname }: URL, name: string): string {
	const path = pathname.replace(/%[0-9a-f]{2}/gi, (escape) => {
		const char = String.fromCharCode(parseInt(escape.slice(1), 16));
		return /[\w.~-]/.test(char) ? char : escape.toUpperCase();
	});
	const steps = path.split('/').filter((step) => step !== '');
	return fingerprint(JSON.stringify([origin, ...steps, name]));
}
