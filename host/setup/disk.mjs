import { mkdirSync, statfsSync } from 'node:fs';
import { SetupError } from './run.mjs';

const GB = 1e9;

/**
 * Refuses to begin what would not end well.
 *
 * @param {string} folder
 * @param {number} needed bytes
 */
export function requireFreeSpace(folder, needed) {
	mkdirSync(folder, { recursive: true });
	const { bavail, bsize } = statfsSync(folder);
	const free = bavail * bsize;
	if (free < needed) {
		throw new SetupError(
			`${inGB(needed)} GB are needed under ${folder}, only ${inGB(free)} GB are free there.`,
		);
	}
}

function inGB(bytes) {
	return (bytes / GB).toFixed(1);
}
