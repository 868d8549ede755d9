import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Does work unless it was already done for the same inputs.
 * The stamp goes first and comes back last, so work that was cut half way is done again.
 *
 * @param {string} stamp the file that says what was done
 * @param {string} inputs the fingerprint of what the work depends on
 * @param {() => Promise<void>} work
 */
export async function once(stamp, inputs, work) {
	if (isDone(stamp, inputs)) return;
	rmSync(stamp, { force: true });
	await work();
	mkdirSync(dirname(stamp), { recursive: true });
	writeFileSync(stamp, inputs);
}

/** Whether `once` has nothing to do. */
export function isDone(stamp, inputs) {
	try {
		return readFileSync(stamp, 'utf8') === inputs;
	} catch {
		return false;
	}
}

/**
 * A fingerprint of the given texts, or contents of files.
 *
 * @param {(string | Buffer)[]} parts
 */
export function fingerprint(...parts) {
	const hash = createHash('sha256');
	// The length keeps ['ab', 'c'] and ['a', 'bc'] apart
	for (const part of parts) hash.update(`${part.length}:`).update(part);
	return hash.digest('hex');
}
