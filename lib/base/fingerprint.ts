/** Short hashes. */
import { hash } from 'node:crypto';

/** 84 bits, equal for equal texts or bytes. */
export function fingerprint(text: string | Buffer): string {
	return hash('sha256', text, 'base64url').slice(0, 14);
}

/**
 * Names an account without showing whose it is. Slashes at the end of its path, or doubled, make no other account.
 *
 * @param url where its requests go
 * @param name the account's name there
 */
export function accountMark({ origin, pathname }: URL, name: string): string {
	const steps = pathname.split('/').filter((step) => step !== '');
	return fingerprint(JSON.stringify([origin, ...steps, name]));
}
