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

const TROUBLES = {
	EACCES:
		'You may not write there. Change its owner, or clone the repository to a folder of yours.',
	EPERM: 'You may not write there. Change its owner, or clone the repository to a folder of yours.',
	EROFS: 'It can only be read from. Clone the repository to another disk.',
	ENOSPC: 'The disk is full. Make room, then call this again: it goes on where it was.',
};

/**
 * What a person can do about a file that could not be written; undefined for any other error.
 *
 * @param {NodeJS.ErrnoException} error
 */
export function diskTrouble({ code, path }) {
	const advice = path && Object.hasOwn(TROUBLES, code ?? '') ? TROUBLES[code] : undefined;
	return advice && `${path} can not be written. ${advice}`;
}
