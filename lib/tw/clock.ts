/** TW signs with the time, so a wrong clock looks like a wrong key. */

/** More than this and the clock is worth mentioning; what TW allows is not documented. */
const WORTH_MENTIONING_MS = 60_000;

/**
 * What to tell the user about the host's clock, compared with the answer's Date header.
 *
 * @param dateHeader as received
 * @param nowMs this host's clock, milliseconds since 1970 UTC
 * @returns undefined if the clocks agree or the vendor sent no date
 */
export function clockAdvice(dateHeader: string | undefined, nowMs: number): string | undefined {
	const theirs = Date.parse(dateHeader ?? '');
	if (Number.isNaN(theirs)) return undefined;
	const off = nowMs - theirs;
	if (Math.abs(off) < WORTH_MENTIONING_MS) return undefined;
	const amount = `${Math.round(Math.abs(off) / 1000)} s ${off > 0 ? 'ahead of' : 'behind'}`;
	return `The clock of the n8n host is ${amount} TW's, and TW's signature holds the time: set the clock first. Only if that does not help, check the keys.`;
}
