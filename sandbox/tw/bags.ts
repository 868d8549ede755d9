import type { JsonObject } from '../exchange';
import type { TwBackend } from './backend';
import type { Bag } from './bag-store';
import { Refusal } from './envelope';
import { requiredText } from './members';

// All of T86 is ASSUMED: of these four pages only the names are known.

/** POST /api/v2/bagCreate: puts completed orders that are in no bag yet into a new one. */
export function bagCreate(body: JsonObject, backend: TwBackend): unknown {
	const { bags, orders, ledger, clock } = backend;
	const bagNo = requiredText(body, 'bag_no');
	const nos = readNos(body);
	if (bags.has(bagNo)) throw new Refusal(400, `bag ${bagNo} exists`);

	const packed = new Set([...bags.values()].flatMap((bag) => bag.nos));
	for (const no of nos) {
		const order = orders.findVisible(no);
		if (!order || orders.isRemoved(order)) throw new Refusal(404, `order ${no} not found`);
		if (order.trackingNumbers.length === 0) throw new Refusal(400, `order ${no} is not completed`);
		if (packed.has(no)) throw new Refusal(400, `order ${no} is in a bag`);
	}

	const bag: Bag = { bagNo, nos, createdAt: clock.elapsed(), reviewedAt: undefined };
	bags.set(bagNo, bag);
	ledger.bag({ at: new Date().toISOString(), action: 'create', bagNo, nos });
	return bagData(bag, backend);
}

/** POST /api/v2/bagInfo: a bag with its orders. */
export function bagInfo(body: JsonObject, backend: TwBackend): unknown {
	return bagData(find(body, backend), backend);
}

/** POST /api/v2/bagReview: approves a bag; from then on it can't be deleted. */
export function bagReview(body: JsonObject, backend: TwBackend): unknown {
	const bag = find(body, backend);
	if (bag.reviewedAt !== undefined) throw new Refusal(400, 'bag was reviewed before');
	bag.reviewedAt = backend.clock.elapsed();
	const { bagNo, nos } = bag;
	backend.ledger.bag({ at: new Date().toISOString(), action: 'review', bagNo, nos });
	return bagData(bag, backend);
}

/** POST /api/v2/bagDelete: dissolves a bag; its orders can go into another one. */
export function bagDelete(body: JsonObject, backend: TwBackend): unknown {
	const { bagNo, nos, reviewedAt } = find(body, backend);
	if (reviewedAt !== undefined) throw new Refusal(400, 'a reviewed bag cannot be deleted');
	backend.bags.delete(bagNo);
	backend.ledger.bag({ at: new Date().toISOString(), action: 'delete', bagNo, nos });
	return { bag_no: bagNo, deleted: true };
}

function find(body: JsonObject, { bags }: TwBackend): Bag {
	const bag = bags.get(requiredText(body, 'bag_no'));
	if (!bag) throw new Refusal(404, 'bag not found');
	return bag;
}

function readNos(body: JsonObject): string[] {
	const nos = body['nos'];
	const fits =
		Array.isArray(nos) && nos.length > 0 && nos.every((no) => typeof no === 'string' && no !== '');
	if (!fits) throw new Refusal(400, 'nos must be a list of order numbers');
	if (new Set(nos).size < nos.length) throw new Refusal(400, 'nos has an order number twice');
	return nos as string[];
}

function bagData(bag: Bag, { orders, clock }: TwBackend) {
	return {
		bag_no: bag.bagNo,
		status: bag.reviewedAt === undefined ? 'created' : 'reviewed',
		created_at: clock.stamp(bag.createdAt),
		reviewed_at: bag.reviewedAt === undefined ? null : clock.stamp(bag.reviewedAt),
		orders: bag.nos.map((no) => ({
			no,
			tracking_number: orders.findVisible(no)?.trackingNumbers[0] ?? null,
		})),
	};
}
