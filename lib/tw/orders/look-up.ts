/** Asks TW for an order by its number, and says what a match by number alone is worth. */
import type { TwClient } from '../wire/client';
import type { Ask } from '../writes/settle';
import { findOrder, type FoundOrder } from './info';
import { boxCount, type Ticket } from './ticket';

/** A look-up of an order. A deleted one counts as missing, and is said. */
export function lookUp(client: TwClient, { no }: Ticket): Ask<FoundOrder> {
	return async (limits) => {
		const order = await findOrder(client, no, limits);
		if (!order) return { missing: true };
		const { removed_at: removedAt } = order.info;
		return removedAt
			? {
					missing: true,
					remark: `TW shows an order of this number that was deleted at ${removedAt}.`,
				}
			: { found: order };
	};
}

/** For the user: that the order was matched by its number, and whether its boxes differ. */
export function remarkOn(ticket: Ticket, { info }: FoundOrder): string {
	const remark = 'Matched by order number only; TW does not show what else the order was made of.';
	const theirs = info.practical_boxes_number;
	const ours = boxCount(ticket);
	return typeof theirs === 'number' && theirs !== ours
		? `${remark} TW has ${theirs} box(es), this item has ${ours}.`
		: remark;
}
