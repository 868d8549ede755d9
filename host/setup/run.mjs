import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './paths.mjs';

/** A set-up step that ended badly; `message` is written for the person at the terminal. */
export class SetupError extends Error {
	forPeople = true;
}

const running = new Set();
const LEASH = new URL('../leash.mjs', import.meta.url).href;
const ORPHAN = fileURLToPath(new URL('orphan.cjs', import.meta.url));

/**
 * Runs a command with its output in a log file.
 * It gets a process group of its own, so that stopping it stops all it has started.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, log: string, env?: NodeJS.ProcessEnv }} options
 */
export function run(command, args, { cwd, log, env = process.env }) {
	mkdirSync(dirname(log), { recursive: true });
	const file = createWriteStream(log);
	file.write(`$ ${command} ${args.join(' ')}\n`);

	return new Promise((resolve, reject) => {
		const leash = command === process.execPath ? ['--import', LEASH] : [];
		const child = spawn(command, [...leash, ...args], {
			cwd,
			env: { ...env, LEASH: String(process.pid) },
			stdio: ['pipe', 'pipe', 'pipe'],
			detached: process.platform !== 'win32',
		});
		running.add(child);
		child.stdout.pipe(file, { end: false });
		child.stderr.pipe(file, { end: false });
		child.on('error', (error) => file.write(`${error.message}\n`));
		child.on('close', (code, signal) => {
			running.delete(child);
			file.end(() => {
				if (code === 0) resolve();
				else reject(new SetupError(failure(command, args, code ?? signal, log)));
			});
		});
	});
}

/**
 * Runs a program of this repository in our place: on our terminal, with the signals that we get. It
 * ends when we are gone.
 *
 * @param {string} node the executable
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export function runNode(node, args) {
	const child = spawn(node, ['--require', ORPHAN, ...args], {
		cwd: root,
		stdio: 'inherit',
	});
	// Ctrl-C at a terminal reaches it by itself; other ways of stopping us do not. On Windows there is
	// but that one, and what is passed on would end it before it has stopped what it started.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
		process.on(signal, () => process.platform === 'win32' || child.kill(signal));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
	});
}

/** Ends every command that `run` has started. */
export function stopRunning() {
	for (const { pid } of running) {
		if (pid === undefined) continue;
		if (process.platform === 'win32') {
			spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
		} else {
			process.kill(-pid, 'SIGKILL');
		}
	}
}

function failure(command, args, outcome, log) {
	return [
		`«${[command, ...args].join(' ')}» ended with ${outcome}. What it said:`,
		...tellingLines(log).map((line) => `    ${line}`),
		`All of it: ${log}`,
	].join('\n');
}

/** npm's reason comes first among its errors, and half a page on its usage follows. */
function tellingLines(log) {
	const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
	const errors = lines.filter((line) => /^npm error \S/.test(line));
	return errors.length > 0 ? errors.slice(0, 12) : lines.slice(-15);
}
