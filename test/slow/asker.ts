/** A process that asks a register what the test tells it to, and answers with what came of it. */
import type { Held } from '../../lib/register/register';
import { closeRegisters, sqliteRegister } from '../../lib/run/registers';
import { claimOf } from '../lib/register/claim';
import type { Question } from './other-process';

const [file = ''] = process.argv.slice(2);
const held = new Map<string, Held>();

async function answer({ what, key }: Question): Promise<unknown> {
	switch (what) {
		case 'claim': {
			const claimed = await sqliteRegister(file).claim(
				key,
				claimOf({ execution: String(process.pid) }),
			);
			if ('standing' in claimed) return 'standing';
			held.set(key, claimed.held);
			return 'held';
		}
		case 'settle':
			return await held.get(key)!.settle('accepted');
		case 'find':
			return (await sqliteRegister(file).find(key))?.state;
		case 'close':
			return await closeRegisters();
	}
}

process.on('message', (question: Question & { id: number }) => {
	const { id } = question;
	const say = (said: unknown) => process.send!({ id, said });
	answer(question).then(say, ({ message, advice }: Error & { advice?: string }) =>
		say(`${message}\n${advice}`),
	);
});
process.send!('ready');
