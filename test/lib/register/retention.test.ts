/** Odd retentions of a host, and what a retry finds that another execution has sent meanwhile. */
import type { INodeParameters } from 'n8n-workflow';
import { retentionFrom } from '../../../lib/run/registers';
import { PLACES, usePlace } from './places';
import { emptied } from './tables';
import { complaint, FORECAST, outputOf } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, acceptSameNo: true });
});
const orders = () => bench.sandbox.ledger().orders.length;

describe.each(PLACES)('%s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));
	const run = async (options: INodeParameters = {}, more: object = {}) =>
		await bench.run(
			'twOrder',
			createParameters({ waitForCompletion: false, remember, options }),
			[{ no: 'ORD-1' }],
			{
				credentials: { ...bench.credentials, ...place.credentials() },
				...more,
			},
		);

	it.each([
		['Infinity', '1e6'],
		['180', 'Infinity'],
		['1e300', '1e300'],
		['0.5', '5'],
		['180', '1e21'],
	])(
		'retention of %s days and %s entries forgets no new order and does not fail',
		async (days, cap) => {
			outputOf(await run());
			const retention = retentionFrom({
				N8N_TW_TD_REMEMBER_DAYS: days,
				N8N_TW_TD_REMEMBER_MAX: cap,
			});
			await place.register().sweep(retention, Date.now());
			outputOf(await run());
			expect(orders()).toBe(1);
		},
	);
	it('a cap below one is no cap', async () => {
		outputOf(await run());
		await place.register().sweep(retentionFrom({ N8N_TW_TD_REMEMBER_MAX: '0.5' }), Date.now());
		outputOf(await run());
		expect(orders()).toBe(1);
	});

	it('a retry that outputs: what another execution has made meanwhile is output', async () => {
		bench.sandbox.set({ orderInfoDelayMs: 3_600_000 });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		const failed = await run({ timeout: 3 });
		expect(complaint(failed).message).toContain('unknown');
		outputOf(await run({ ifSentBefore: 'send-again' }));
		const n = orders();
		const again = await run({}, { previous: failed });
		expect(orders()).toBe(n);
		expect(outputOf(again)[0]).toMatchObject({ no: 'ORD-1' });
	});
});
