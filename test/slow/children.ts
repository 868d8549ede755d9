/** Processes of the tests: started beside Jest with a register of their own, and ended with it. */
import { type ChildProcess, fork, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const children: ChildProcess[] = [];

/** Starts a script of this folder; it is killed after the tests of the file at the latest. */
export function start(
	script: string,
	args: readonly string[],
	{ env, ...options }: ForkOptions = {},
): ChildProcess {
	const child = fork(join(__dirname, script), args, {
		execArgv: ['--require', require.resolve('tsx/cjs')],
		env: { ...process.env, ...env },
		...options,
	});
	children.push(child);
	return child;
}

/** The next thing it says; that it ends without a word is a fault. */
export async function word<T>(child: ChildProcess): Promise<T> {
	const gone = new AbortController();
	const ended = once(child, 'exit', { signal: gone.signal }).then(([code, signal]) => {
		throw new Error(`It ended without a word: ${code ?? signal}`);
	});
	ended.catch(() => undefined);
	try {
		const [said] = (await Promise.race([once(child, 'message'), ended])) as [T];
		return said;
	} finally {
		gone.abort();
	}
}

/** Says something to it, and gives its answer. */
export async function ask<T>(child: ChildProcess, what: unknown): Promise<T> {
	const answer = word<T>(child);
	child.send(what as object);
	return await answer;
}

export async function kill(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGKILL');
	await ended;
}

export const killAll = async (): Promise<void> => void (await Promise.all(children.map(kill)));
