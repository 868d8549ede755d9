/** The pause that a vendor asks for, however it asks. */
import { faultForStatus, retryAfter } from '../../../lib/http/status';

const SENT = 'Tue, 03 Mar 2026 10:00:00 GMT';

it.each([
	// Asked for
	['120', 120_000],
	[' 7 ', 7_000],
	['1.5', 2_000],
	['0.001', 1_000],
	['Tue, 03 Mar 2026 10:00:30 GMT', 30_000],
	['Tuesday, 03-Mar-26 10:00:30 GMT', 30_000],
	// Not asked for
	['0', undefined],
	['0.0', undefined],
	['Tue, 03 Mar 2026 09:59:59 GMT', undefined],
	[SENT, undefined],
	// Not to be read
	['', undefined],
	['-5', undefined],
	['1e9', undefined],
	['1,5', undefined],
	['5 s', undefined],
	['soon', undefined],
	['12:xx', undefined],
	['NaN', undefined],
])('Retry-After: %s', (value, wait) => {
	expect(retryAfter({ 'retry-after': value, date: SENT })).toBe(wait);
});

it('none', () => {
	expect(retryAfter({})).toBeUndefined();
});

it.each([undefined, '', 'yesterday'])('a date beside the Date %j counts from here', (date) => {
	const until = new Date(Date.now() + 60_000).toUTCString();
	const wait = retryAfter({ 'retry-after': until, ...(date === undefined ? {} : { date }) });
	expect([59_000, 60_000]).toContain(wait);
});

it('stands among the facts only if there is one', () => {
	const facts = (headers: Record<string, string>) =>
		faultForStatus({ vendor: 'TW', status: 429, headers, what: 'Order forecast', facts: {} }).facts;
	expect(facts({ 'retry-after': '3' })).toEqual({ retryAfterMs: 3_000 });
	expect(facts({ 'retry-after': '0' })).toEqual({});
});
