import { hash } from 'node:crypto';

/** A short fingerprint of a text, such as a body; equal texts have equal fingerprints. */
export function fingerprint(text: string): string {
	return hash('sha256', text, 'base64url').slice(0, 22);
}
