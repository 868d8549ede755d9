/** A stretch of the calendar that is chosen by a click, such as yesterday. */
import { DAY_MS, type Span } from '../base/durations';
import { choice } from '../fields/field';
import { readTime } from './time';

type Period = 'today' | 'yesterday' | 'day' | 'week' | 'month';

/** @param description what has to lie in the period */
export const period = (label: string, description: string) =>
	choice<Period, { initial: string; description: string }>(
		label,
		[
			{ name: 'Last 24 Hours', value: 'day' },
			{ name: 'Last 30 Days', value: 'month' },
			{ name: 'Last 7 Days', value: 'week' },
			{ name: 'Today', value: 'today' },
			{ name: 'Yesterday', value: 'yesterday' },
		],
		{ initial: 'yesterday', description },
	);

const DAYS_BACK: Partial<Record<Period, number>> = { day: 1, week: 7, month: 30 };

/**
 * From when to when a period is.
 *
 * @param zone IANA name; days begin at its midnight
 * @param now milliseconds since 1970 UTC
 */
export function spanOf(chosen: Period | undefined, zone: string, now: number): Span {
	if (chosen === undefined) return {};
	const back = DAYS_BACK[chosen];
	if (back !== undefined) return { since: now - back * DAY_MS };
	const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now);
	if (chosen === 'today') return { since: startOf(today, zone) };
	const yesterday = new Date(Date.parse(today) - DAY_MS).toISOString().slice(0, 10);
	return { since: startOf(yesterday, zone), before: startOf(today, zone) };
}

const startOf = (day: string, zone: string) => readTime(day, zone)?.epochMs;
