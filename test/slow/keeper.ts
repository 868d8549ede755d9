/** A process of killed-visits.test.ts: remembers visits of shops' orders of one number until it is killed, and tells of each. */
import { orderFacts } from '../../lib/shops/events/visit';
import { VisitMemory } from '../../lib/shops/events/visit-memory';
import { registerAt } from './register';

const [place = '""', name = ''] = process.argv.slice(2);
const terms = { account: 'a', execution: name, prefix: '', days: 30 };
const memory = new VisitMemory(registerAt(JSON.parse(place) as string), terms);

async function keepOn(): Promise<void> {
	for (let i = 0; ; i++) {
		const store = `${name}-${i}`;
		const facts = { shop: 'shopify', id: '1001', store, origin: store, session: store };
		await memory.remember(orderFacts.parse(facts));
		process.send!(store);
	}
}

process.once('message', () => void keepOn());
process.send!('ready');
