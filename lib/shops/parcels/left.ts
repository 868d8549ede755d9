/**
 * What of a shop's order is still to go: what the shop says, less what is in parcels that stand.
 *
 * A shop may hear of our parcels, or not; it may know of others that somebody else has sent. So a piece counts as
 * gone if it is in one of our parcels, or if the shop has more of them shipped than those are.
 */
import type { Parcel } from '../../register/register';
import type { Article, ShopOrder } from '../order';
import type { Remaining } from '../ticket/goods';

/** Pieces by line; null if unknown. */
export type Pieces = ReadonlyMap<string, number | null>;

/**
 * How many of a line somebody else has sent, as far as the shop shows it beside our parcels: of those that are gone by
 * now, what is more than ours, or what was gone before those. What the shop does not tell apart, such as what was
 * refunded, counts as gone.
 */
function elsewhereOf({ article, pieces }: Remaining, key: string, parcels: readonly Parcel[]) {
	const all = article.current_quantity ?? article.quantity;
	if (pieces === null || all === 0) return 0;
	const gone = Math.max(0, all - pieces);
	const ours = inParcels(key, parcels);
	const before = Math.max(0, ...parcels.map(({ elsewhere }) => elsewhere?.[key] ?? 0));
	// With one parcel the shop has heard of all of it, or of nothing
	const isTold = gone >= ours && parcels.filter((one) => one.pieces[key]).length === 1;
	return isTold ? gone - ours : Math.min(gone, Math.max(before, gone - ours));
}

const inParcels = (key: string, parcels: readonly Parcel[]): number =>
	parcels.reduce((sum, { pieces }) => sum + (pieces[key] ?? 0), 0);

/** The pieces that somebody else has sent, for a parcel to remember; undefined if there are none. */
export function elsewhere(
	remaining: readonly Remaining[],
	keys: ReadonlyMap<Article, string>,
	parcels: readonly Parcel[],
): Record<string, number> | undefined {
	const counts = remaining.map((one) => {
		const key = keys.get(one.article)!;
		return [key, elsewhereOf(one, key, parcels)] as const;
	});
	const known = counts.filter(([, count]) => count > 0);
	return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/**
 * @param remaining the lines that need shipping, with what the shop says is to go
 * @param parcels those of the order that stand
 * @returns never more than what is in the order and in none of the parcels
 */
export function leftOf(
	order: Pick<ShopOrder, 'refunds' | 'fulfilments'>,
	remaining: readonly Remaining[],
	keys: ReadonlyMap<Article, string>,
	parcels: readonly Parcel[],
): Pieces {
	// ASSUMED: where nothing was refunded, and the shop shows no more parcels than ours, ours are all that have gone
	const isOurs =
		parcels.length > 0 && order.refunds.length === 0 && order.fulfilments.length <= parcels.length;
	const left = (one: Remaining): readonly [string, number | null] => {
		const key = keys.get(one.article)!;
		const gone = inParcels(key, parcels);
		const { article, pieces } = one;
		const { quantity, current_quantity: current } = article;
		if (pieces === null) {
			const rest = Math.max(0, quantity - gone);
			return [key, isOurs || (rest === 0 && quantity > 0) ? rest : null];
		}
		const most = current ?? (quantity > 0 ? quantity : Math.max(pieces, gone));
		return [key, Math.max(0, Math.min(pieces, most - gone - elsewhereOf(one, key, parcels)))];
	};
	return new Map(remaining.map(left));
}
