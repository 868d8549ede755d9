import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT = 5_000;
/** A holder that gave no sign for this long is gone, even if its process id lives on in another. */
const STALE_AFTER = 60_000;

/**
 * Takes a lock that other processes respect.
 *
 * @param {string} file
 * @returns {{ release: () => void } | { heldBy: number }} the lock, or the process that holds it
 */
export function tryLock(file) {
	mkdirSync(dirname(file), { recursive: true });
	for (;;) {
		try {
			writeFileSync(file, String(process.pid), { flag: 'wx' });
			return { release: keepAlive(file) };
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		const holder = holderOf(file);
		if (holder !== undefined) return { heldBy: holder };
		rmSync(file, { force: true });
	}
}

/**
 * Takes a lock as soon as it is free.
 *
 * @param {string} file
 * @param {(pid: number) => void} onWait told once, when somebody else holds it
 * @returns {Promise<() => void>} releases it
 */
export async function lock(file, onWait) {
	for (let told = false; ; told = true) {
		const attempt = tryLock(file);
		if ('release' in attempt) return attempt.release;
		if (!told) onWait(attempt.heldBy);
		await sleep(500);
	}
}

function keepAlive(file) {
	const timer = setInterval(() => {
		const now = new Date();
		utimesSync(file, now, now);
	}, HEARTBEAT).unref();
	const release = () => {
		clearInterval(timer);
		process.off('exit', release);
		rmSync(file, { force: true });
	};
	process.on('exit', release);
	return release;
}

/** The living process that holds the lock, if any. */
function holderOf(file) {
	try {
		const pid = Number(readFileSync(file, 'utf8'));
		const silentFor = Date.now() - statSync(file).mtimeMs;
		// Created but not yet written: its holder is at it this very moment
		if (pid === 0) return silentFor < HEARTBEAT ? 0 : undefined;
		return silentFor < STALE_AFTER && isAlive(pid) ? pid : undefined;
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}
