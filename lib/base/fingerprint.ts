/** Short hashes. */
import { hash } from 'node:crypto';

/** 84 bits, equal for equal texts. */
export function fingerprint(text: string): string {
	return hash('sha256', text, 'base64url').slice(0, 14);
}
