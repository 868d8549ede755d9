import { hash } from 'node:crypto';

/** A short fingerprint of a text, such as a body: 84 bits, equal for equal texts. */
export function fingerprint(text: string): string {
	return hash('sha256', text, 'base64url').slice(0, 14);
}
