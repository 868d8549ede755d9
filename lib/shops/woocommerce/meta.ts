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
