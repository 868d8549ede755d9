import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { searchedForms } from '../../test/secret-forms';

/** A text that was found where it must not be, or where it has to be. */
export interface Finding {
	place: string;
	text: string;
}

/** A secret that occurs nowhere else, so that any place where it turns up is a leak. */
export function canary(name: string): string {
	return `canary-${name}-${randomBytes(12).toString('hex')}`;
}

/** Finds the texts in all files of a folder, at any depth. */
export function searchFolder(folder: string, texts: string[]): Finding[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.flatMap((file) => search(file, readFileSync(file), texts));
}

/** Finds the texts in bytes, in whatever form. */
export function search(place: string, bytes: Buffer, texts: string[]): Finding[] {
	return texts
		.filter((text) => searchedForms(text).some((form) => bytes.includes(form)))
		.map((text) => ({ place, text }));
}
