/** How long the register remembers, and how much. */
import type { Entry } from '../operation/needs';

export interface Retention {
	/** What was taken longer ago than this is forgotten. */
	days: number;
	/** With more entries than this, the oldest that were taken are forgotten. */
	cap: number;
}

const DEFAULT: Retention = { days: 180, cap: 1_000_000 };

/** Environment variables of the n8n host. */
export const RETENTION_VARIABLES = {
	days: 'N8N_TW_TD_REMEMBER_DAYS',
	cap: 'N8N_TW_TD_REMEMBER_MAX',
} as const;

/** The retention that the host is set to; what is not a number above 0 counts as not set. */
export function retentionFrom(env: NodeJS.ProcessEnv): Retention {
	const read = (name: keyof Retention) => {
		const value = Number(env[RETENTION_VARIABLES[name]]);
		return value > 0 ? value : DEFAULT[name];
	};
	return { days: read('days'), cap: read('cap') };
}

export const DAY_MS = 24 * 60 * 60 * 1000;

/** No shop delivers again after this: Stripe, the most patient, gives up after three days. */
const DELIVERY_DAYS = 7;

/**
 * Claimed before this, an entry of its kind is forgotten; milliseconds since 1970 UTC. Deliveries are
 * many and soon worth nothing, and must not crowd out orders.
 */
export const forgottenBefore = (kind: Entry['kind'], { days }: Retention, now: number) =>
	now - (kind === 'delivery' ? Math.min(days, DELIVERY_DAYS) : days) * DAY_MS;

/**
 * Whether an entry may be forgotten once it is old. Of an open send nobody knows yet whether it took
 * effect; of an open delivery nobody will ask.
 */
export const isForgettable = ({ kind, state }: Pick<Entry, 'kind' | 'state'>) =>
	state === 'accepted' || kind === 'delivery';

/**
 * Whether an entry has been remembered for long enough; a memory has a time of its own.
 *
 * @param now milliseconds since 1970 UTC
 */
export function isOver(
	entry: Pick<Entry, 'kind' | 'state' | 'at' | 'until'>,
	retention: Retention,
	now: number,
): boolean {
	if (entry.kind === 'memory') return entry.until < now;
	return isForgettable(entry) && entry.at < forgottenBefore(entry.kind, retention, now);
}
