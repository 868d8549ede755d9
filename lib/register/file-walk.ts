import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a file is called that holds an entry: the hash that is its key. */
const KEY = /^[0-9a-f]{40}$/;

/**
 * The keys of a register's folder, one at a time, so that a million of them neither fill the memory nor
 * hold up what else n8n has to do.
 *
 * @param explain makes a fault of what the system says
 */
export async function* walk(
	folder: string,
	explain: (error: unknown) => Error,
): AsyncGenerator<string> {
	for await (const shard of entriesOf(folder, explain)) {
		if (!shard.isDirectory()) continue;
		for await (const file of entriesOf(join(folder, shard.name), explain)) {
			if (KEY.test(file.name)) yield file.name;
		}
	}
}

/** How a file ends that becomes an entry once it is written. */
export const DRAFT = '.draft';

/** The drafts in a register's folder; those under way among them. */
export async function* draftsIn(
	folder: string,
	explain: (error: unknown) => Error,
): AsyncGenerator<string> {
	for await (const file of entriesOf(folder, explain)) {
		if (file.name.endsWith(DRAFT)) yield join(folder, file.name);
	}
}

async function* entriesOf(folder: string, explain: (error: unknown) => Error) {
	try {
		yield* await opendir(folder);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw explain(error);
	}
}
