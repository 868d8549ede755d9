import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fingerprint } from './once.mjs';

/**
 * All files of a folder, in an order that is the same everywhere.
 *
 * @param {string} folder
 * @returns {string[]} none if there is no such folder
 */
export function filesUnder(folder) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath ?? entry.path, entry.name))
		.sort();
}

/**
 * The fingerprint of files: their names and contents.
 *
 * @param {string} root the names are taken relative to it
 * @param {string[]} files
 */
export function fingerprintOfFiles(root, files) {
	return fingerprint(...files.flatMap((file) => [relative(root, file), readFileSync(file)]));
}
