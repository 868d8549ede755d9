/** Calendar days in the account's time zone. */
import { ValidationFault } from '../../base/errors';
import { twAccountLabels } from '../wire/account';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A day as TW writes it, YYYY-MM-DD.
 *
 * @param days how many days before today; negative for days to come
 * @param nowMs the clock, milliseconds since 1970 UTC
 * @param timeZone IANA name; UTC if empty
 * @throws {ValidationFault} for a zone that does not exist
 */
export function daysAgo(days: number, nowMs: number, timeZone: string): string {
	// Swedish writes dates as ISO 8601 does.
	return formatter(timeZone || 'UTC').format(nowMs - days * DAY_MS);
}

function formatter(timeZone: string): Intl.DateTimeFormat {
	try {
		return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
	} catch (error) {
		throw unknownZone(timeZone, error);
	}
}

const unknownZone = (timeZone: string, _reason: unknown) =>
	new ValidationFault(
		`'${twAccountLabels.timeZone}' of the TW API credential is not a time zone: ${timeZone}`,
		twAccountLabels.timeZone,
		'Enter an IANA name, e.g. Asia/Shanghai.',
	);
