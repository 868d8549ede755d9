/** The lines of a shop's order. */
import type { Article } from '../order';

/**
 * What identifies each line of an order, while the order changes. It begins with a sign: a line without an id may be
 * called `constructor`, which every object has.
 */
export function keysOf(articles: readonly Article[]): Map<Article, string> {
	const seen = new Map<string, number>();
	return new Map(
		articles.map((article) => {
			const own = `#${article.id ?? article.sku ?? article.name ?? ''}`;
			const before = seen.get(own) ?? 0;
			seen.set(own, before + 1);
			return [article, before === 0 ? own : `${own}\n${before + 1}`];
		}),
	);
}
