import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A program of ours that keeps running beside us. */
export interface RunningProcess {
	pid: number;
	/** Settles when the program has ended: with its exit code, or null if a signal ended it. */
	exited: Promise<number | null>;
	/** Asks it to end, and makes it end if it does not; nothing it has started stays behind. */
	stop(): Promise<void>;
}

/** How long a program may take to end in good order. */
const GRACE = 10_000;
const onWindows = process.platform === 'win32';

interface StartOptions {
	env: NodeJS.ProcessEnv;
	cwd: string;
	/** What the program says is appended to it. */
	logFile: string;
}

/**
 * Starts a Node program in a process group of its own.
 * It ends with us, even when we are killed outright (see leash.mjs).
 */
export function startNode(node: string, args: string[], options: StartOptions): RunningProcess {
	const leash = pathToFileURL(`${__dirname}/leash.mjs`).href;
	const env = { ...options.env, LEASH: String(process.pid) };
	return startProgram(node, ['--import', leash, ...args], { ...options, env });
}

/**
 * Starts any program in a process group of its own.
 * It ends with us; if we can be killed outright, the caller has to see to that.
 */
export function startProgram(
	command: string,
	args: string[],
	options: StartOptions,
): RunningProcess {
	mkdirSync(dirname(options.logFile), { recursive: true });
	const log = openSync(options.logFile, 'a');
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env,
		// The pipe on stdin is the leash
		stdio: ['pipe', log, log],
		detached: !onWindows,
	});
	closeSync(log);
	const { pid } = child;
	if (pid === undefined) throw new Error(`${command} could not be started`);

	const killAll = () => killGroup(pid);
	process.once('exit', killAll);
	const exited = new Promise<number | null>((resolve) => {
		child.once('exit', (code) => {
			process.off('exit', killAll);
			// What it has started must not outlive it
			killAll();
			resolve(code);
		});
	});

	return {
		pid,
		exited,
		async stop() {
			child.kill('SIGTERM');
			const tooLong = setTimeout(killAll, GRACE);
			await exited;
			clearTimeout(tooLong);
		},
	};
}

function killGroup(pid: number): void {
	if (onWindows) {
		spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
		return;
	}
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// The whole group has ended by itself
	}
}
