/** What plugins note at an order or at one of its lines. */
import { listOf, type Members, textOf } from '../lenient';

/** All values under a key: a plugin may add an entry instead of changing the one that is there. */
export const metaValues = (of: Members, key: string): unknown[] =>
	listOf(of['meta_data'])
		.filter((entry) => textOf(entry['key']) === key)
		.map((entry) => entry['value']);

/** The first text under a key. */
export const metaText = (of: Members, key: string): string | null =>
	metaValues(of, key).map(textOf).find(Boolean) ?? null;

/** What plugins note by a key, and whether a text there means what is asked. */
export type Notes = ReadonlyArray<[key: string, means: (noted: string) => boolean]>;

/** Whether any of the plugins has noted it. */
export const isNoted = (of: Members, notes: Notes): boolean =>
	notes.some(([key, means]) => {
		const noted = metaText(of, key);
		return noted !== null && means(noted);
	});
