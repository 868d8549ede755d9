import { readTime } from '../../lib/operation-time';

const NOW_SUMMER = Date.UTC(2021, 6, 1);
const NOW_WINTER = Date.UTC(2021, 0, 1);

describe.each([
	['summer', NOW_SUMMER],
	['winter', NOW_WINTER],
])('read in %s', (_season, now) => {
	beforeEach(() => jest.useFakeTimers({ now, doNotFake: ['nextTick', 'setImmediate'] }));
	afterEach(() => jest.useRealTimers());

	it.each([
		[
			'an hour that the clock skips moves forward',
			'2021-03-28T02:30:00',
			'2021-03-28T03:30:00.000+02:00',
		],
		[
			'an hour that comes twice is the earlier one',
			'2021-10-31T02:30:00',
			'2021-10-31T02:30:00.000+02:00',
		],
		['the second one has its offset', '2021-10-31T02:30:00+01:00', '2021-10-31T02:30:00.000+01:00'],
		['the hour before', '2021-10-31T01:59:59.999', '2021-10-31T01:59:59.999+02:00'],
		['the hour after', '2021-10-31T03:00:00', '2021-10-31T03:00:00.000+01:00'],
	])('%s', (_rule, text, iso) => {
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
	'2021-02-29',
	'2021-04-31T10:00:00Z',
	'2021-13-01',
	'2021-00-10',
	'Wed, 31 Feb 2021 10:00:00 GMT',
	'31 Jun 2021 10:00 GMT',
	'12 Xyz 2021 10:00 GMT',
	'2021-01-01T25:00:00',
	'2021',
	'tomorrow',
	'',
	'[object Object]',
	Number.NaN,
	Number.POSITIVE_INFINITY,
	-1,
	null,
	undefined,
	true,
	new Date(Number.NaN),
])('%p is no date', (value) => {
	expect(readTime(value, 'Europe/Berlin')).toBeUndefined();
});
