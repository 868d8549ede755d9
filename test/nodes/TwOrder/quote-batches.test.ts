/** Tickets per Request of Quote: fewer requests, the same result for every item. */
import { outputOf } from '../../observed';
import { useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ trialShape: 'list' });
});

const ticket = (no: string, weight: number) => ({
	no,
	consignee: 'MSP1',
	boxes: [{ number: 1, weight, length: 20, width: 20, height: 20 }],
});
const items = [ticket('A', 1), ticket('B', 20), ticket('C', 5)].map((order) => ({ order }));
const parameters = (ticketsPerRequest: number, channels = ['UA', 'UW']) => ({
	operation: 'quote',
	specifyOrder: 'json',
	orderJson: '={{ $json.order }}',
	channels,
	options: { ticketsPerRequest },
});
const trials = () =>
	bench.sandbox.ledger().requests.filter(({ path }) => path.endsWith('orderTrial')).length;
/** All but the raw answers, whose shape follows from the request's. */
const pricesOf = async (ticketsPerRequest: number, channels?: string[]) => {
	const run = await bench.run('twOrder', parameters(ticketsPerRequest, channels), items);
	return outputOf(run).map(({ data: _data, ...rest }) => rest);
};

it.each(['list', 'map', 'fees'] as const)(
	'gives the same prices from answers in form %s',
	async (trialShape) => {
		bench.sandbox.set({ trialShape });
		const alone = await pricesOf(1);
		expect(trials()).toBe(6);
		expect(new Set(alone.map(({ price }) => price)).size).toBe(6);
		await bench.sandbox.reset();
		expect(await pricesOf(3)).toEqual(alone);
		expect(trials()).toBe(2);
	},
);

it('asks one by one where one channel is refused for the whole request', async () => {
	const alone = await pricesOf(1, ['UA', 'NOT-A-CHANNEL']);
	expect(await pricesOf(3, ['UA', 'NOT-A-CHANNEL'])).toEqual(alone);
	expect(alone.filter(({ refused }) => refused !== undefined)).toHaveLength(3);
});

it('never mixes two orders of one number into one request', async () => {
	const twins = [{ order: ticket('T', 1) }, { order: ticket('T', 20) }];
	const run = await bench.run('twOrder', parameters(2, ['UA']), twins);
	const [light, heavy] = outputOf(run);
	expect(Number(heavy?.['price'])).toBeGreaterThan(Number(light?.['price']));
	expect(trials()).toBe(2);
});
