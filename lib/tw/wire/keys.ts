/** Under which key the register remembers what was sent to an account. */
import { fingerprint } from '../../base/fingerprint';
import type { EntryKind } from '../../operation/needs';
import { keyOf } from '../../register/key';
import type { TwAccount } from './account';

type Account = Pick<TwAccount, 'baseUrl' | 'username'>;

/** A run asks with every order, always for the same account. */
const known = new WeakMap<Account, string>();

/** Tells accounts apart, and tells nobody whose they are. */
export function accountMark(account: Account): string {
	let mark = known.get(account);
	if (mark === undefined) {
		// One n8n has few accounts, and each entry of the register carries the mark of one
		mark = fingerprint(`${account.baseUrl.href} ${account.username}`).slice(0, 6);
		known.set(account, mark);
	}
	return mark;
}

/** @param name what the user calls it, e.g. the order number */
export function markOf(
	kind: EntryKind,
	of: Account,
	name: string,
): { kind: EntryKind; account: string; name: string; key: string } {
	const account = accountMark(of);
	return { kind, account, name, key: keyOf(kind, account, name) };
}
