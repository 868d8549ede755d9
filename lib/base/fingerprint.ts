/** Short hashes. */
import { hash } from 'node:crypto';

/** 84 bits, equal for equal texts or bytes. */
export function fingerprint(text: string | Buffer): string {
	return hash('sha256', text, 'base64url').slice(0, 14);
}

/**
 * Names an account without showing whose it is.
 *
 * @param url where its requests go, as {@link checkBaseUrl} has read it: two spellings of one address are one
 * @param name the account's name there
 */
export const accountMark = ({ origin, pathname }: URL, name: string): string =>
	fingerprint(JSON.stringify([origin, pathname, name]));
