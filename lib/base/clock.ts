/** This host's clock beside a vendor's, which every answer's Date header tells. */

/** More than this and the clock is worth mentioning; what the vendors allow is not documented. */
export const WORTH_MENTIONING_MS = 60_000;

/** How far this host's clock is ahead, in milliseconds; undefined if the answer tells no time. */
export function clockAhead(
	{ date = '' }: Record<string, string>,
	nowMs: number,
): number | undefined {
	const theirs = Date.parse(date);
	return Number.isNaN(theirs) ? undefined : nowMs - theirs;
}

/** E.g. `90 s ahead of`, to be followed by whose. */
export const clockWords = (aheadMs: number) =>
	`${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
