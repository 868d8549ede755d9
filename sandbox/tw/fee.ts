import type { JsonObject } from '../exchange';
import type { TwBackend } from './backend';
import { Refusal } from './envelope';
import { requiredText } from './members';
import { asNumber } from './money';
import type { Order } from './orders';
import type { FeeLine } from './pricing';

/**
 * POST /api/v2/orderFee [doc]: the fees of an order, asked by tracking number.
 * 404 occurs here [doc]; that it means an unknown number is ASSUMED, and that any box's number will do.
 */
export function orderFee(body: JsonObject, { orders }: TwBackend): unknown {
	const order = orders.findTracking(requiredText(body, 'tracking_number'));
	if (!order) throw new Refusal(404, 'tracking number not found');

	// A removed order is refunded, so nothing is charged any more (ASSUMED)
	const removed = orders.isRemoved(order);
	const charges = removed ? {} : chargesByTracking(order);
	return {
		discounts: removed ? [] : order.price.discounts.map(feeEntry),
		// PHP writes an empty map as a list (ASSUMED from the pager, which is Laravel's)
		charges: Object.keys(charges).length === 0 ? [] : charges,
		additionally_proportion: 0.04,
		additionally_amount: 0,
	};
}

function chargesByTracking({ ticket, price, trackingNumbers }: Order) {
	const linesOfEachBox = ticket.boxes.flatMap((box, index) =>
		Array<FeeLine[]>(box.number).fill(price.perBox[index] ?? []),
	);
	return Object.fromEntries(
		trackingNumbers.map((number, index) => [number, (linesOfEachBox[index] ?? []).map(feeEntry)]),
	);
}

function feeEntry({ name, amount }: FeeLine) {
	return { name, amount: asNumber(amount), note: '' };
}
