/** A process of processes.test.ts: waits for the word, claims keys, and tells which it got. */
import { FileRegister } from '../../lib/register/file-register';
import { claimOf } from '../lib/register/claim';

const [folder = '', keys = '0', hold = ''] = process.argv.slice(2);
const register = new FileRegister(folder);

async function claimAll(): Promise<number[]> {
	const got: number[] = [];
	for (let i = 0; i < Number(keys); i++) {
		const claimed = await register.claim(
			i.toString(16).padStart(40, '0'),
			claimOf({ name: `ORD-${i}`, execution: String(process.pid) }),
		);
		if ('held' in claimed) got.push(i);
	}
	return got;
}

process.on('message', () => {
	void claimAll().then((got) => {
		process.send!(got);
		if (hold !== 'true') process.disconnect();
	});
});
process.send!([]);
