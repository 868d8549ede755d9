/** Compares this host's clock with a vendor's, which the Date header of every answer shows. */

/** How far this host's clock is ahead, in milliseconds; undefined if the answer has no time. */
export function clockAhead(headers: Record<string, string>, nowMs: number): number | undefined {
	const theirs = Date.parse(headers['date'] ?? '');
	return Number.isNaN(theirs) ? undefined : nowMs - theirs;
}

/** E.g. `90 s ahead of`; the clock's owner follows. */
export const clockWords = (aheadMs: number) =>
	`${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
