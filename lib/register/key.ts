import { hash } from 'node:crypto';
import type { EntryKind } from '../operation/needs';

/**
 * The key of an entry: a hash, so that it has one length, no strange characters, and tells nobody
 * whose account it is.
 *
 * @param account what tells accounts apart, e.g. base URL and user name
 * @param name e.g. the order number
 */
export function keyOf(kind: EntryKind, account: string, name: string): string {
	return hash('sha256', JSON.stringify([kind, account, name]), 'hex').slice(0, 40);
}
