/** Reads any date that n8n knows. */
import { tryToParseDateTime } from 'n8n-workflow';
import type { CheckContext } from '../fields/field';

/** ISO 8601 with milliseconds and offset, as both TD's documentation and its examples have it. */
const WIRE_FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSZZ";

/**
 * What counts as a date in text: ISO 8601 and SQL begin with a year, HTTP and e-mail dates with a weekday
 * or a day. The platform's own parser would take "item 5" for a day in May.
 */
const DATE_TEXT = [
	/^\d{4}-\d{2}(-\d{2})?([T ].*)?$/,
	/^\d{8}(T.*)?$/,
	/^([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}/,
];
/** Ten digits are seconds, thirteen milliseconds: what shops send as a time stamp. */
const EPOCH = /^\d{10}$|^\d{13}$/;

/**
 * A point in time from an n8n date: text, epoch seconds or milliseconds, a Date, a Luxon DateTime.
 *
 * A text without an offset is in `zone`; an hour that a clock change skips moves forward, one that comes
 * twice is the earlier one. A given offset is kept.
 *
 * @param zone IANA name
 * @returns undefined if the value is no date
 */
export const readTime: CheckContext['readTime'] = (value, zone) => {
	const candidate = candidateOf(value);
	if (candidate === undefined) return undefined;
	const whole = typeof candidate === 'string' ? wholeTime(candidate) : undefined;
	if (whole) return whole;
	try {
		const parsed = tryToParseDateTime(candidate, zone);
		// Luxon would choose by the season of the run, and a re-run must be identical.
		const [time = parsed] = typeof candidate === 'string' ? parsed.getPossibleOffsets() : [];
		return time.isValid ? { iso: time.toFormat(WIRE_FORMAT), epochMs: time.toMillis() } : undefined;
	} catch {
		return undefined;
	}
};

function candidateOf(value: unknown): unknown {
	if (typeof value === 'number') return EPOCH.test(String(value)) ? fromEpoch(value) : undefined;
	if (typeof value === 'string') {
		const text = value.trim();
		if (EPOCH.test(text)) return fromEpoch(Number(text));
		return DATE_TEXT.some((form) => form.test(text)) && isOnCalendar(text) ? text : undefined;
	}
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
	// A DateTime of another copy of Luxon, or one that came through n8n's isolated expressions.
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		return typeof value.toISO === 'function' ? (value.toISO as () => unknown)() : undefined;
	}
	return undefined;
}

const WHOLE_TIME =
	/^(\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(\.\d{3})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/**
 * A date and time with its offset, as shops and programs send it. Luxon would take as long for it as for all
 * the rest of an item.
 */
function wholeTime(text: string): ReturnType<CheckContext['readTime']> {
	const [, time, fraction = '.000', offset] = WHOLE_TIME.exec(text) ?? [];
	// A negative zero would have to be written anew
	if (time === undefined || offset === '-00:00') return undefined;
	return { iso: time + fraction + (offset === 'Z' ? '+00:00' : offset), epochMs: Date.parse(text) };
}

const ISO_DAY = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})/;
const MAIL_DAY = /(?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4})/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Whether the month has that day: the platform's own parser takes 30 February for a day in March. */
function isOnCalendar(text: string): boolean {
	const { year, month, day } = (ISO_DAY.exec(text) ?? MAIL_DAY.exec(text))?.groups ?? {};
	if (year === undefined || month === undefined) return true;
	const index = /\d/.test(month) ? Number(month) - 1 : MONTHS.indexOf(month) / 3;
	const date = new Date(Date.UTC(Number(year), index, Number(day)));
	return date.getUTCDate() === Number(day);
}

function fromEpoch(value: number): Date {
	return new Date(value < 1e12 ? value * 1000 : value);
}
