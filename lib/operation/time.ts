/** Reads any date that n8n knows. */
import { tryToParseDateTime } from 'n8n-workflow';
import type { CheckContext } from '../fields/field';

/** ISO 8601 with milliseconds and offset, as both TD's documentation and its examples have it. */
const WIRE_FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSZZ";

/**
 * What counts as a date in text: ISO 8601 and SQL begin with a year, HTTP and e-mail dates with a weekday
 * or a day. Only these reach the platform's own parser, which would take "item 5" for a day in May, the 13 of
 * "2021-13" for an offset, and a time without an offset as one in the server's zone.
 */
const DATE_TEXT = new RegExp(
	String.raw`^(?<year>\d{4})-(?<month>\d{2})(?:-(?<day>\d{2})(?:[T ]` +
		String.raw`(?<hour>\d{2})(?::?(?<minute>\d{2})(?::?(?<second>\d{2})(?<fraction>[.,]\d+)?)?)?` +
		String.raw`(?: ?(?<offset>[Zz]|[+-](?<hours>\d{2})(?::?(?<minutes>\d{2}))?)(?:\[[^\]]+\])?` +
		String.raw`| (?<named>UTC?|GMT|[ECMP][SD]T|\w+/[\w/+-]+))?)?)?$`,
);
const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})(?=T|$)/;
const MAIL =
	/^(?:(?<weekday>[A-Z][a-z]{2}), )?(?<day>\d{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) /;
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
		return onCalendar(text);
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

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const WEEKDAYS = 'SunMonTueWedThuFriSat';

type Parts = Partial<Record<string, string>>;

/** A text's date, in the form that the platform reads best; undefined if no calendar or clock shows it. */
function onCalendar(text: string): string | undefined {
	const mail = MAIL.exec(text)?.groups as Parts | undefined;
	const inDigits = mail
		? text.replace(MAIL, `${mail['year']}-${monthOf(mail['month']!)}-${twoDigits(mail['day']!)} `)
		: text.replace(COMPACT_DAY, '$1-$2-$3');
	const parts = DATE_TEXT.exec(inDigits)?.groups as Parts | undefined;
	if (!parts || !isDay(parts, mail?.['weekday']) || !isTime(parts)) return undefined;
	const { year, month, day = '01', hour, minute = '00', second = '00', fraction = '' } = parts;
	const { offset = '', named } = parts;
	const date = `${year}-${month}-${day}`;
	if (hour === undefined) return date;
	const time = `${hour}:${minute}:${second}${fraction}`;
	return named ? `${date} ${time} ${named}` : `${date}T${time}${offset}`;
}

const twoDigits = (value: number | string) => String(value).padStart(2, '0');

const monthOf = (name: string) => twoDigits(MONTHS.indexOf(name) / 3 + 1);

function isDay({ year, month, day = 1 }: Parts & { day?: unknown }, weekday?: string): boolean {
	// 400 years on, the calendar is the same; Date takes the years below 100 for others
	const date = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month) - 1, Number(day)));
	const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
	const isItsWeekday = !weekday || WEEKDAYS.indexOf(weekday) === date.getUTCDay() * 3;
	return Number(year) > 0 && isReal && isItsWeekday;
}

function isTime({
	hour = '0',
	minute = '0',
	second = '0',
	fraction = '',
	...rest
}: Parts): boolean {
	const { hours = 0, minutes = 0 } = rest;
	const [ofDay, ofOffset] = [Number(hour), Number(hours) * 60 + Number(minutes)];
	if (Number(minute) > 59 || Number(second) > 59 || Number(minutes) > 59) return false;
	// ISO 8601 writes the end of a day as 24:00
	const isEnd = ofDay === 24 && Number(minute + second + fraction.slice(1)) === 0;
	return (ofDay < 24 || isEnd) && ofOffset <= 14 * 60;
}

function fromEpoch(value: number): Date {
	return new Date(value < 1e12 ? value * 1000 : value);
}
