/** Processes that remember visits of one number at one moment, and are killed: none is lost, and nothing is blocked. */
import { closeRegisters } from '../../lib/run/registers';
import { orderFacts } from '../../lib/shops/events/visit';
import { VisitMemory } from '../../lib/shops/events/visit-memory';
import { shopEvent } from '../../lib/shops/order';
import { until } from '../observed';
import { kill, killAll, start, word } from './children';
import { PLACES, usePlaceOf } from './places';
import { registerAt } from './register';

afterAll(async () => {
	await killAll();
	await closeRegisters();
});

const PROCESSES = 3;
const EACH = 8;

describe.each(PLACES)('%s', (_name, make) => {
	const place = usePlaceOf(make);

	it(`${PROCESSES} processes, each killed at its work`, async () => {
		const told: string[] = [];
		const children = Array.from({ length: PROCESSES }, (_none, i) =>
			start('keeper.ts', [JSON.stringify(place().at), `process-${i}`]),
		);
		await Promise.all(children.map(async (child) => await word(child)));
		for (const child of children) child.on('message', (store: string) => told.push(store));
		for (const child of children) child.send('go');
		for (const [i, child] of children.entries()) {
			await until(() => told.filter((store) => store.startsWith(`process-${i}-`)).length >= EACH);
			await kill(child);
		}
		const terms = { account: 'a', execution: '1', prefix: '', days: 30 };
		const memory = new VisitMemory(registerAt(place().at), terms);
		const known = { shop: 'shopify', id: '1001', session: 'after' };
		await memory.remember(orderFacts.parse({ ...known, store: 'after', origin: 'after' }));
		const lost = [];
		for (const store of [...told, 'after']) {
			const order = { id: '1001' };
			const event = { event: 'order_refunded', shop: 'shopify', store, order };
			const found = await memory.recall(shopEvent.parse(event));
			if (typeof found !== 'object' || found.session !== store) lost.push(store);
		}
		expect([lost, told.length >= PROCESSES * EACH]).toEqual([[], true]);
	}, 60_000);
});
