/** Reads the register page by page. */
import type { Entry, Register, Wanted } from '../../register/register';

/** A register can hold a million: listing all must not hold up those who send. */
const AT_ONCE = 1_000;

/**
 * The entries that are wanted, the newest first.
 *
 * @param limit the most to list; Infinity for all
 * @param offset how many of the newest to leave out
 */
export async function listAll(
	register: Register,
	wanted: Omit<Wanted, 'limit'>,
	limit: number,
	offset: number,
	isWanted: (entry: Entry) => boolean,
): Promise<Entry[]> {
	const all: Entry[] = [];
	let left = offset;
	for (let page: Omit<Wanted, 'limit'> = wanted; ;) {
		const some = await register.list({ ...page, limit: AT_ONCE });
		const found = some.filter(isWanted);
		all.push(...found.slice(left, left + limit - all.length));
		left = Math.max(0, left - found.length);
		const last = some.at(-1)?.at;
		if (last === undefined || some.length < AT_ONCE || all.length === limit) return all;
		// On from that moment, without those of it that are listed
		const ofLast = some.filter(({ at }) => at === last).length;
		const listedBefore = page.before === last + 1 && ofLast === AT_ONCE ? (page.offset ?? 0) : 0;
		page = { ...page, before: last + 1, offset: listedBefore + ofLast };
	}
}
