import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

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

/** Finds the texts in bytes, in the clear or inside base64. */
export function search(place: string, bytes: Buffer, texts: string[]): Finding[] {
	return texts
		.filter((text) => forms(text).some((form) => bytes.includes(form)))
		.map((text) => ({ place, text }));
}

/** The text itself, and the three ways in which base64 writes it, depending on what stands before. */
function forms(text: string): string[] {
	const inBase64 = [0, 1, 2].map((offset) => {
		const encoded = Buffer.from(' '.repeat(offset) + text).toString('base64');
		// The outermost groups also hold bits of the neighbours
		return encoded.slice(offset === 0 ? 0 : 4, -4);
	});
	return [text, ...inBase64];
}
