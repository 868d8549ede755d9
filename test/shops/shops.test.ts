/** Real shops' deliveries, one file each: what comes of them at Shop Trigger, TW and TD. */
import { admissionOf, type Case, casesIn, eventsOf, kinds, orderOf } from './case';

type Json = Record<string, unknown>;

describe.each(kinds())('%s', (kind) => {
	test.each(casesIn(kind).map((one) => [one.name, one] as const))('%s', (_name, one) => {
		expect(one.sources.length).toBeGreaterThan(0);
		const admission = admissionOf(one);
		const { trigger, says, events } = one.right;
		if (trigger) expect(admission).toMatchObject({ verdict: VERDICTS[trigger] });
		if (says) expect((admission as { why?: string }).why).toMatch(new RegExp(says, 'i'));
		const isWanted = admission.verdict === 'wanted';
		if (events) {
			expect(
				isWanted ? [admission.delivery.event, ...(admission.delivery.also ?? [])] : [],
			).toEqual(events);
		}
		if (isWanted) check(admission.delivery, one);
		// As it comes from n8n's own webhook nodes, or from the shop's API
		if (!one.settings) check(one.body, one);
	});
});

const VERDICTS = { starts: 'wanted', 'starts nothing': 'unwanted', fails: 'broken' } as const;

function check(given: unknown, one: Case): void {
	const { ticket, skipped, fault, td } = one.right;
	const told = ticket || skipped || fault ? orderOf(given, one) : undefined;
	if (ticket) expect(told).toMatchObject({ ticket });
	if (skipped) expect(told).toMatchObject({ skipped: { reason_code: skipped } });
	if (fault) {
		const said = told && 'fault' in told ? `${told.fault.message} ${told.fault.advice}` : told;
		expect(said).toMatch(new RegExp(fault, 'i'));
	}
	if (td) {
		const wanted: Json[] = td.map((event) => (typeof event === 'string' ? { type: event } : event));
		expect(eventsOf(given, one)).toMatchObject(wanted);
	}
}
