/** Send Again in batches, and by Buy Cheapest. */
import type { INodeParameters } from 'n8n-workflow';
import { FORECAST, outputOf, requestsTo, until } from '../../observed';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied } from '../../lib/register/tables';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, acceptSameNo: true });
});
const TRIAL = '/api/v2/orderTrial';
const orders = () =>
	bench.sandbox
		.ledger()
		.orders.map(({ no }) => no)
		.sort();
const again = { ifSentBefore: 'send-again' };

describe.each(PLACES)('%s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));
	const creds = () => ({ credentials: { ...bench.credentials, ...place.credentials() } });
	const create = async (nos: string[], options: INodeParameters = {}) =>
		await bench.run(
			'twOrder',
			createParameters({ waitForCompletion: false, remember, options }),
			nos.map((no) => ({ no })),
			creds(),
		);
	const buy = async (options: INodeParameters = {}) => {
		const parameters = createParameters({
			operation: 'buyCheapest',
			waitForCompletion: false,
			remember,
			channels: ['UA', 'UW'],
			options,
		});
		delete parameters['product'];
		return await bench.run('twOrder', parameters, [{ no: 'X' }], creds());
	};

	it('a batch whose order was being sent by another Send Again, which ends meanwhile: it goes once more', async () => {
		await create(['X', 'Y']);
		bench.sandbox.fault({
			kind: 'delay',
			path: FORECAST,
			ms: 900,
			when: 'after',
			bodyIncludes: '"Y"',
		});
		bench.sandbox.fault({
			kind: 'delay',
			path: FORECAST,
			ms: 300,
			when: 'after',
			bodyIncludes: '"X"',
		});
		const sent = requestsTo(bench.sandbox, FORECAST).length;
		const one = create(['X'], again);
		await until(() => requestsTo(bench.sandbox, FORECAST).length > sent);
		await Promise.all([one, create(['X', 'Y'], { ...again, ticketsPerRequest: 2 })]);
		expect(orders()).toEqual(['X', 'X', 'Y', 'Y']);
	});

	it('three Buy Cheapest with Send Again at one moment, their prices come one after the other: one goes', async () => {
		outputOf(await buy());
		bench.sandbox.fault({ kind: 'delay', path: TRIAL, ms: 300, when: 'after', times: 1 });
		await Promise.all([buy(again), buy(again), buy(again)]);
		expect(orders()).toEqual(['X', 'X']);
	});
});
