import * as fc from 'fast-check';
import { Settings } from 'luxon';
import { tryToParseDateTime } from 'n8n-workflow';
import { readTime } from '../../../lib/operation/time';
import { rows } from '../tables';

describe.each([
	['summer', Date.UTC(2021, 6, 1)],
	['winter', Date.UTC(2021, 0, 1)],
])('read in %s', (_season, now) => {
	// The clock of Luxon, which would choose between two offsets by it
	const { now: clock } = Settings;
	beforeAll(() => (Settings.now = () => now));
	afterAll(() => (Settings.now = clock));

	it.each(
		rows(`
			rule                                        | text                      | iso
			an hour that the clock skips moves forward  | 2021-03-28T02:30:00       | 2021-03-28T03:30:00.000+02:00
			an hour that comes twice is the earlier one | 2021-10-31T02:30:00       | 2021-10-31T02:30:00.000+02:00
			the second one has its offset               | 2021-10-31T02:30:00+01:00 | 2021-10-31T02:30:00.000+01:00
			the hour before                             | 2021-10-31T01:59:59.999   | 2021-10-31T01:59:59.999+02:00
			the hour after                              | 2021-10-31T03:00:00       | 2021-10-31T03:00:00.000+01:00
		`),
	)('%s', (_rule, text, iso) => {
		expect(readTime(text, 'Europe/Berlin')?.iso).toBe(iso);
	});

	it('an instant stays the instant it is', () => {
		// Both half past two in Berlin.
		for (const instant of [Date.UTC(2021, 9, 31, 0, 30), Date.UTC(2021, 9, 31, 1, 30)]) {
			expect(readTime(instant, 'Europe/Berlin')?.epochMs).toBe(instant);
			expect(readTime(new Date(instant), 'Europe/Berlin')?.epochMs).toBe(instant);
		}
	});
});

it.each([
	...['2021-02-29', '2021-04-31T10:00:00Z', '2021-13-01', '2021-00-10', '2021-01-01T25:00:00'],
	...['Wed, 31 Feb 2021 10:00:00 GMT', '31 Jun 2021 10:00 GMT', '12 Xyz 2021 10:00 GMT'],
	...['2021', 'tomorrow', '', '[object Object]', '2021-13', '2021-00', '0000-01-01', '0000-00-00'],
	...['2021-13-01T10:00:00Z', '2021-00-01T10:00:00Z', '2021-02-29T10:00:00.000+01:00'],
	...['20211301', '20210230', '20210230T100000Z', '2021-13-01 10:00:00', '2021-02-31 10:00'],
	...['2021-01-01T10:60', '2021-01-01 10:00:60', '2021-01-01T24:00:01', '2021-01-01T24:30Z'],
	...['2021-01-01T24:00:00.001Z', '2021-01-01T10:00:00+14:01', '2021-01-01T10:00:00-25:00'],
	...['2021-01-01T10:00:00+10:99', '2021-01-01 10:00 +1', '2021-01-01 10:00 PM', '2021-01 10:00'],
	...['1 Jan 2021 10:60', 'Fri, 01 Jan 2021 25:00:00 GMT', 'Mon, 01 Jan 2021 10:00:00 GMT'],
	...[Number.NaN, Number.POSITIVE_INFINITY, -1, null, undefined, true, new Date(Number.NaN)],
])('%p is no date', (value) => {
	expect(readTime(value, 'Europe/Berlin')).toBeUndefined();
});

it.each(
	rows(`
		rule                                   | text                        | zone                | iso
		a gap in New York                      | 2024-03-10T02:15:00         | America/New_York    | 2024-03-10T03:15:00.000-04:00
		an overlap in New York                 | 2024-11-03T01:15:00         | America/New_York    | 2024-11-03T01:15:00.000-04:00
		a gap of half an hour                  | 2024-10-06T02:10:00         | Australia/Lord_Howe | 2024-10-06T02:40:00.000+11:00
		an overlap of half an hour             | 2024-04-07T01:40:00         | Australia/Lord_Howe | 2024-04-07T01:40:00.000+11:00
		a zone without clock changes           | 2024-03-31T02:30:00         | Asia/Shanghai       | 2024-03-31T02:30:00.000+08:00
		an offset of three quarters of an hour | 2024-01-01T00:00:00         | Asia/Kathmandu      | 2024-01-01T00:00:00.000+05:45
		the leap day                           | 2024-02-29T23:59:59.999     | Europe/Berlin       | 2024-02-29T23:59:59.999+01:00
		the leap day of a century              | 2000-02-29                  | Europe/Berlin       | 2000-02-29T00:00:00.000+01:00
		an offset given, whatever the zone     | 2024-03-31T02:30:00-09:30   | Europe/Berlin       | 2024-03-31T02:30:00.000-09:30
		one digit of a second                  | 2024-01-01T00:00:00.5Z      | Europe/Berlin       | 2024-01-01T00:00:00.500+00:00
		more digits than milliseconds          | 2024-01-01T00:00:00.123999Z | Europe/Berlin       | 2024-01-01T00:00:00.123+00:00
		the end of a day is the next one       | 2024-02-28T24:00:00         | Europe/Berlin       | 2024-02-29T00:00:00.000+01:00
		a month, a day and a time in digits    | 20240229T101500Z            | Europe/Berlin       | 2024-02-29T10:15:00.000+00:00
		a month is its first day               | 2024-02                     | Asia/Shanghai       | 2024-02-01T00:00:00.000+08:00
		SQL with an offset                     | 2024-02-29 10:15:00 +0800   | Europe/Berlin       | 2024-02-29T10:15:00.000+08:00
		SQL with a zone                        | 2024-07-01 10:15:00 UTC     | Europe/Berlin       | 2024-07-01T10:15:00.000+00:00
		SQL with the name of a zone            | 2024-07-01 10:15 Asia/Tokyo | Europe/Berlin       | 2024-07-01T10:15:00.000+09:00
		the farthest offset                    | 2024-01-01T00:00:00+14:00   | Europe/Berlin       | 2024-01-01T00:00:00.000+14:00
		a mail's date                          | 29 Feb 2024 10:15:00 -0330  | Europe/Berlin       | 2024-02-29T10:15:00.000-03:30
		one without an offset                  | 29 Feb 2024 10:15           | Asia/Shanghai       | 2024-02-29T10:15:00.000+08:00
		a header's date                        | Thu, 29 Feb 2024 10:15:00 GMT | Europe/Berlin     | 2024-02-29T10:15:00.000+00:00
	`),
)('%s: %s in %s', (_rule, text, zone = '', iso) => {
	expect(readTime(text, zone)?.iso).toBe(iso);
});

it('1900 and 2100 have no leap day', () => {
	expect(readTime('1900-02-29', 'Europe/Berlin')).toBeUndefined();
	expect(readTime('2100-02-29', 'Europe/Berlin')).toBeUndefined();
});

it('the text and the instant are the same moment, on every hour of two clock changes', () => {
	for (const start of [Date.UTC(2024, 2, 30, 12), Date.UTC(2024, 9, 26, 12)]) {
		for (let hour = 0; hour < 24; hour++) {
			const instant = start + hour * 3_600_000 + 7;
			const time = readTime(new Date(instant), 'Europe/Berlin');
			expect(Date.parse(time!.iso)).toBe(instant);
		}
	}
});

describe('a whole time is read as n8n reads it', () => {
	const two = (most: number) =>
		fc.integer({ min: 0, max: most }).map((part) => String(part).padStart(2, '0'));
	const [min, max] = [new Date('0001-01-01T00:00:00Z'), new Date('9999-12-31T00:00:00Z')];
	const texts = fc
		.record({
			day: fc.date({ min, max, noInvalidDate: true }),
			hour: two(25),
			minute: two(61),
			second: two(61),
			fraction: fc.constantFrom('', '.0', '.000', '.999', '.123', '.1234'),
			offset: fc.oneof(
				fc.constantFrom('Z', '+00:00', '-00:00', '+08:00', '-09:30', '+14:00', '+05:45', ''),
				fc
					.tuple(fc.constantFrom('+', '-'), two(25), two(61))
					.map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
			),
		})
		.map(({ day, hour, minute, second, fraction, offset }) => {
			const date = day.toISOString().slice(0, 10);
			return `${date}T${hour}:${minute}:${second}${fraction}${offset}`;
		});

	it('or refused as n8n refuses it', () => {
		let read = 0;
		fc.assert(
			fc.property(texts, (text) => {
				const theirs = asN8nReads(text);
				expect(readTime(text, 'UTC')).toEqual(theirs);
				if (theirs) read++;
			}),
			{ numRuns: 3000 },
		);
		expect(read).toBeGreaterThan(500);
	});

	function asN8nReads(text: string): ReturnType<typeof readTime> {
		// n8n takes offsets that no clock has
		const [, hours, minutes] = /[+-](\d\d):(\d\d)$/.exec(text)?.map(Number) ?? [];
		if (hours! * 60 + minutes! > 14 * 60 || minutes! > 59) return undefined;
		try {
			const time = tryToParseDateTime(text, 'UTC');
			return { iso: time.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZZ"), epochMs: time.toMillis() };
		} catch {
			return undefined;
		}
	}
});
