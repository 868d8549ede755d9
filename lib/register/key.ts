import { fingerprint } from '../base/fingerprint';
import type { EntryKind } from '../operation/needs';

/**
 * The key of an entry: a hash, so that it has one length, no strange characters, and tells nobody
 * whose account it is.
 *
 * @param account what tells accounts apart, e.g. base URL and user name
 * @param name e.g. the order number
 */
export const keyOf = (kind: EntryKind, account: string, name: string): string =>
	fingerprint(JSON.stringify([kind, account, name]));
