/** A process of processes.test.ts: waits for the word, claims keys, and tells which it got; then lives until it is let go. */
import { closeRegisters } from '../../lib/run/registers';
import { claimOf } from '../lib/register/claim';
import { keyAt, registerAt } from './register';

const [place = '""', keys = '0'] = process.argv.slice(2);
const register = registerAt(JSON.parse(place) as string);
const execution = String(process.pid);

async function claimAll(): Promise<number[]> {
	const wanted = Array.from({ length: Number(keys) }, async (_none, i) => {
		const claimed = await register.claim(keyAt(i), claimOf({ name: `ORD-${i}`, execution }));
		return 'held' in claimed ? [i] : [];
	});
	return (await Promise.all(wanted)).flat();
}

process.once('message', () => {
	process.once('message', () => {
		void closeRegisters().then(() => process.disconnect());
	});
	void claimAll().then((got) => process.send!(got));
});
process.send!('ready');
