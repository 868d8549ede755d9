/** A process of its own with a register, for the test to ask through. */
import type { ChildProcess, ForkOptions } from 'node:child_process';
import { start, word } from './children';

export interface Question {
	what: 'claim' | 'settle' | 'find' | 'close';
	key: string;
}

export interface OtherProcess {
	process: ChildProcess;
	/** `held`, `standing`, a state, or the words of the fault with its advice. */
	ask: (what: Question['what'], key?: string) => Promise<string | undefined>;
}

export async function otherProcess(file: string, options?: ForkOptions): Promise<OtherProcess> {
	const child = start('asker.ts', [file], options);
	await word(child);
	const waiting = new Map<number, (said: string | undefined) => void>();
	let questions = 0;
	child.setMaxListeners(0);
	child.on('message', ({ id, said }: { id: number; said?: string }) => {
		waiting.get(id)?.(said);
		waiting.delete(id);
	});
	return {
		process: child,
		ask: async (what, key = '') =>
			await new Promise((resolve) => {
				const id = (questions += 1);
				waiting.set(id, resolve);
				child.send({ id, what, key });
			}),
	};
}
