/** What a register that lasts can do beyond what sending needs. */
import type { Register } from '../operation/needs';
import type { Retention } from './retention';

export interface LastingRegister extends Register {
	/**
	 * Forgets what is too old or too much; never a `sending` or `unknown` entry, of which nobody knows
	 * yet whether the send took effect, except of deliveries, which are forgotten after a week. A
	 * `memory` is too old when its own time is over.
	 *
	 * @param now milliseconds since 1970 UTC
	 * @returns how many entries were forgotten
	 */
	sweep: (retention: Retention, now: number) => Promise<number>;
	/** {@link sweep}, unless some process has done it in the last day. */
	sweepIfDue: (retention: Retention, now: number) => Promise<number>;
}
