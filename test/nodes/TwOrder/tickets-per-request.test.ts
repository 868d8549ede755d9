/** Several tickets in one request give each item the same result as one ticket per request does. */
import type { IDataObject } from 'n8n-workflow';
import { bodiesTo, FORECAST, having, outputOf, saying } from '../../observed';
import { forecast } from '../../sandbox/client';
import { PLACES, usePlace } from '../../lib/register/places';
import { createParameters, useBench } from '../../support';

const bench = useBench();

const numbers = ['T-1', 'T-2', 'TAKEN', 'T-4', 'T-5'];

/** Runs five orders of which TW refuses one, since its number belongs to another channel. */
async function results(ticketsPerRequest: number, forecastShape: 'list' | 'map') {
	await bench.sandbox.reset();
	bench.sandbox.set({ forecastShape: 'list' });
	await forecast(bench.sandbox, 'TAKEN', { product: 'U2' });
	bench.sandbox.set({ forecastShape });
	const parameters = createParameters({ options: { ticketsPerRequest, concurrency: 1 } });
	const run = await bench.run(
		'twOrder',
		parameters,
		numbers.map((no) => ({ no })),
		{ onError: 'continueRegularOutput' },
	);
	const requests = bodiesTo(bench.sandbox, FORECAST).slice(1) as Array<{ tickets: IDataObject[] }>;
	return {
		output: outputOf(run),
		pairs: run.items.map(({ pairedItem }) => pairedItem),
		sizes: requests.map(({ tickets }) => tickets.length),
		orders: bench.sandbox.ledger().orders.map(({ no, product }) => `${no} ${product}`),
	};
}

/** What tells apart neither run from run nor order from order. */
function kindOf({
	error,
	request_id,
	tracking_number,
	tracking_numbers,
	...rest
}: Record<string, unknown>) {
	if (error !== undefined) {
		const { kind, item } = rest['details'] as IDataObject;
		return { words: /exists in channel U2/.exec(error as string)?.[0], kind, item };
	}
	return {
		...rest,
		request_id: typeof request_id,
		tracking: [tracking_number].concat(tracking_numbers as string[]).map((one) => typeof one),
	};
}

describe.each(['all', 'partial'] as const)(
	'TW refuses %s of a batch with a bad ticket',
	(ticketFailure) => {
		describe.each(['list', 'map'] as const)('and answers with a %s', (forecastShape) => {
			beforeAll(() => bench.sandbox.set({ ticketFailure }));
			afterAll(() => bench.sandbox.set({ ticketFailure: 'all', forecastShape: 'list' }));

			it.each([2, 3, 5, 50])('%i tickets per request', async (size) => {
				const alone = await results(1, forecastShape);
				const batched = await results(size, forecastShape);
				expect(alone.sizes).toEqual([1, 1, 1, 1, 1]);
				expect(Math.max(...batched.sizes)).toBe(Math.min(size, numbers.length));
				expect(alone.output[2]).toMatchObject({
					error: saying('order number TAKEN exists in channel U2'),
				});
				expect(batched.output.map(kindOf).toSpliced(2, 1)).toEqual(
					alone.output.map(kindOf).toSpliced(2, 1),
				);
				expect(batched.pairs).toEqual(numbers.map((_no, item) => ({ item })));
				expect(batched.orders).toEqual([
					'TAKEN U2',
					...numbers.filter((no) => no !== 'TAKEN').map((no) => `${no} UA`),
				]);
				// Whether this send has made the order that TW shows, or another one before, nobody can tell
				if (ticketFailure === 'partial') {
					expect(batched.output[2]).toMatchObject({
						error: saying(/unknown.*TAKEN exists in channel U2/),
					});
				} else
					expect(batched.output[2]).toMatchObject({
						recovered: true,
						remark: saying(
							/order number TAKEN exists in channel U2.*Yet TW shows an order of this number/,
						),
					});
			});
		});
	},
);

it('an order known from before is looked up before the others are sent', async () => {
	await bench.sandbox.reset();
	const parameters = createParameters({
		waitForCompletion: false,
		remember: 'files',
		options: { ticketsPerRequest: 3, timeout: 4 },
	});
	bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
	await bench.run('twOrder', parameters, [{ no: 'K-2' }]);
	bench.sandbox.fault({ kind: 'hangAfterAccept', path: FORECAST });
	const run = await bench.run('twOrder', parameters, [{ no: 'K-1' }, { no: 'K-2' }], {
		onError: 'continueRegularOutput',
	});
	expect(outputOf(run)[1]).toMatchObject({ no: 'K-2', existing: true });
});

it('a batch whose answer is lost is looked up order by order', async () => {
	await bench.sandbox.reset();
	bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
	const parameters = createParameters({
		waitForCompletion: false,
		options: { ticketsPerRequest: 3 },
	});
	const run = await bench.run('twOrder', parameters, [{ no: 'L-1' }, { no: 'L-2' }, { no: 'L-3' }]);
	expect(outputOf(run)).toEqual(['L-1', 'L-2', 'L-3'].map((no) => having({ no, recovered: true })));
	expect(bench.sandbox.ledger().orders.map(({ no }) => no)).toEqual(['L-1', 'L-2', 'L-3']);
});

describe('what TW took of a batch that it refused', () => {
	const batch = createParameters({ waitForCompletion: false, options: { ticketsPerRequest: 3 } });
	const three = [{ no: 'L-1' }, { no: 'L-2' }, { no: 'L-3' }];
	const taken = () => bench.sandbox.ledger().orders.map(({ no }) => no);
	beforeEach(() => bench.sandbox.reset());
	afterEach(() =>
		bench.sandbox.set({ batchRefusal: 'clean', forecastCode: 200, forecastLeavesOut: 0 }),
	);

	it.each([false, true])(
		'is found, and only the rest is sent alone; refusals as HTTP 200: %s',
		async (failuresAsHttp200) => {
			bench.sandbox.set({ batchRefusal: 'after-taking', failuresAsHttp200 });
			const run = await bench.run('twOrder', batch, three);
			bench.sandbox.set({ failuresAsHttp200: false });
			expect(outputOf(run).map(({ recovered }) => recovered ?? false)).toEqual([true, true, false]);
			expect(taken()).toEqual(['L-1', 'L-2', 'L-3']);
		},
	);

	it('is accepted by its request_ids, whatever the code; the rest is asked for, not sent', async () => {
		bench.sandbox.set({ forecastCode: 0, forecastLeavesOut: 1 });
		const run = await bench.run('twOrder', batch, three);
		expect(outputOf(run)).toEqual([
			having({
				no: 'L-1',
				outcome: 'accepted',
				request_id: expect.any(String) as unknown,
			}),
			having({
				no: 'L-2',
				outcome: 'accepted',
				request_id: expect.any(String) as unknown,
			}),
			having({ no: 'L-3', recovered: true }),
		]);
		expect(taken()).toEqual(['L-1', 'L-2', 'L-3']);
		expect(bodiesTo(bench.sandbox, FORECAST)).toHaveLength(1);
	});

	it('is unknown while TW does not show it, and is not sent', async () => {
		bench.sandbox.set({ forecastCode: 0, forecastLeavesOut: 1, orderInfoDelayMs: 3_600_000 });
		const run = await bench.run('twOrder', batch, three, { onError: 'continueRegularOutput' });
		bench.sandbox.set({ orderInfoDelayMs: 0 });
		expect(outputOf(run)[2]).toMatchObject({
			error: saying('It is unknown whether TW created order L-3'),
		});
		expect(taken()).toEqual(['L-1', 'L-2', 'L-3']);
		expect(bodiesTo(bench.sandbox, FORECAST)).toHaveLength(1);
	});
});

describe.each(PLACES)('remembered in %s', (remember) => {
	const place = usePlace(remember);

	it('of two batches that overlap in opposite order neither waits for the other while it holds what that one wants', async () => {
		await bench.sandbox.reset();
		bench.sandbox.set({ forecastShape: 'list' });
		const parameters = createParameters({
			...{ remember, waitForCompletion: false, options: { ticketsPerRequest: 3, timeout: 5 } },
		});
		const run = async (of: string[]) =>
			outputOf(
				await bench.run(
					'twOrder',
					parameters,
					of.map((no) => ({ no })),
					{ credentials: { ...bench.credentials, ...place.credentials() } },
				),
			);
		for (let round = 0; round < 20; round++) {
			const [a, b, c] = ['A', 'B', 'C'].map((no) => `${no}-${round}`) as [string, string, string];
			const [one, other] = await Promise.all([run([a, b, c]), run([c, b, a])]);
			expect(one.map(({ no, outcome }) => [no, outcome])).toEqual(
				[a, b, c].map((no) => [no, 'accepted']),
			);
			const ids = (output: typeof one) => output.map(({ request_id }) => request_id);
			expect(ids(other).reverse()).toEqual(ids(one));
		}
		expect(bench.sandbox.ledger().orders).toHaveLength(60);
	});
});
