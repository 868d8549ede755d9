/** Report Once, and what a user corrected between two tries of one execution. */
import type { INodeParameters } from 'n8n-workflow';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied } from '../../lib/register/tables';
import { complaint, EVENT, outputOf, requestsTo } from '../../observed';
import { useBench } from '../../support';
import { refundOf } from './refund';
import type { EngineRun } from '../../engine/harness';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());
const refund = (amount: number, more: INodeParameters = {}): INodeParameters => ({
	operation: 'order_refund',
	specifyBody: 'json',
	bodyJson: JSON.stringify(refundOf(amount)),
	...more,
});
const amounts = () =>
	bench.sandbox.ledger().events.map(({ raw }) => /"amount_local":"?(\d+)/.exec(raw)?.[1]);
const sent = () =>
	requestsTo(bench.sandbox, EVENT).map(({ body }) => /"amount_local":"?(\d+)/.exec(body)?.[1]);

describe.each(PLACES)('remembered in %s', (reportOnce) => {
	const place = usePlace(reportOnce);
	beforeEach(async () => await emptied(place.register()));
	const run = async (amount: number, options: INodeParameters = {}, previous?: EngineRun) =>
		await bench.run(
			'tdOrderEvent',
			refund(amount, { reportOnce, options: { timeout: 3, ...options } }),
			[{}],
			{
				credentials: { ...bench.credentials, ...place.credentials() },
				...(previous ? { previous } : {}),
			},
		);

	it('at least once: what was left out of a retry is not remembered as told, so that the next run tells it', async () => {
		// TD got nothing, but that is not known
		bench.sandbox.fault({ kind: 'resetBeforeAccept', path: EVENT });
		const failed = await run(10);
		expect(failed.status).toBe('error');
		bench.sandbox.clearFaults();
		// The user corrects 10 to 20, and retries: the bytes of the first try go out
		const retried = outputOf(await run(20, {}, failed))[0];
		expect(amounts()).toEqual(['10']);
		expect(retried?.['remark']).toContain('was left out');
		// So the correction has not been told, and a new run tells it
		const next = outputOf(await run(20))[0];
		expect(next).not.toHaveProperty('reported_before');
		expect(amounts()).toEqual(['10', '20']);
	});

	it('at least once: what a retry told is remembered as told', async () => {
		bench.sandbox.fault({ kind: 'resetBeforeAccept', path: EVENT });
		const failed = await run(10);
		bench.sandbox.clearFaults();
		await run(20, {}, failed);
		expect(amounts()).toEqual(['10']);
		await run(10);
		expect(amounts()).toEqual(['10']);
	});

	it('at most once: what was never sent is not kept back from the next run', async () => {
		const most = { delivery: 'event-at-most-once' };
		bench.sandbox.fault({ kind: 'resetBeforeAccept', path: EVENT });
		const failed = await run(10, most);
		expect(complaint(failed).message).toContain('It is unknown');
		bench.sandbox.clearFaults();
		const retried = await run(20, most, failed);
		expect(complaint(retried).message).toContain('an earlier try of this execution sent it');
		expect(sent()).toEqual(['10']);
		// 20 was never sent by anyone
		const next = await run(20, most);
		expect(outputOf(next)[0]).toMatchObject({ code: 200 });
		expect(sent()).toEqual(['10', '20']);
	});
});
