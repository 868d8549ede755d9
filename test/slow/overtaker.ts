/** A process of swept.test.ts: takes over keys, and claims what is free, while others forget; tells which it has. */
import { closeRegisters } from '../../lib/run/registers';
import { claimOf } from '../lib/register/claim';
import { keyAt, registerAt } from './register';

const [place = '""', keys = '0'] = process.argv.slice(2);
const register = registerAt(JSON.parse(place) as string);

async function takeAll(): Promise<number[]> {
	const got: number[] = [];
	for (let i = 0; i < Number(keys); i++) {
		const claim = claimOf({ execution: String(process.pid) });
		const standing = await register.find(keyAt(i));
		const taken = standing
			? await register.takeOver(keyAt(i), standing, claim)
			: await register.claim(keyAt(i), claim);
		if ('held' in taken) got.push(i);
	}
	return got;
}

process.once('message', () => {
	void takeAll().then(async (got) => {
		process.send!(got);
		await closeRegisters();
		process.disconnect();
	});
});
process.send!('ready');
