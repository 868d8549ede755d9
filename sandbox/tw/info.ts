import type { JsonObject } from '../exchange';
import type { TwBackend } from './backend';
import { Refusal } from './envelope';
import { requiredText } from './members';
import { asText } from './money';
import type { Order } from './orders';

/** POST /api/v2/orderInfo [doc]: an order's details. 404 for one that can't be seen (ASSUMED). */
export function orderInfo(body: JsonObject, backend: TwBackend): unknown {
	const no = requiredText(body, 'no');
	const order = backend.orders.findVisible(no);
	if (!order) throw new Refusal(404, 'order not found');
	return details(order, backend);
}

/**
 * Every documented member, with the documented mix of strings and numbers [doc].
 * ASSUMED: `''` as tracking number and `is_prod: false`, as this is no production system.
 */
function details(order: Order, { orders, clock, settings }: TwBackend) {
	const { ticket, price, trackingNumbers } = order;
	const [removing, removed, reallyRemoved] = orders.removalTimes(order) ?? [];
	const stampIfPast = (time: number | undefined) =>
		time !== undefined && time <= clock.elapsed() ? clock.stamp(time) : settings.noTime;
	const weight = ticket.boxes.reduce((sum, box) => sum + box.number * box.weight, 0);

	return {
		no: ticket.no,
		is_signature_service: ticket.isSignatureService === 1,
		is_prod: false,
		tracking_number: trackingNumbers[0] ?? '',
		// "70" is the example's [doc]; what an order gets that asks for none is ASSUMED
		freight_class: ticket.freightClass || '70',
		practical_weight: weight.toFixed(3),
		practical_boxes_number: price.boxes,
		is_residential: typeof ticket.consignee === 'object',
		charge_weight: price.pounds.toFixed(3),
		charge_weight_unit: 'LBS',
		charge_amount: asText(price.total),
		charge_total_amount: asText(price.total),
		additionally_proportion: 0.03,
		additionally_amount: '0.00',
		gfp_discount_percent: 0,
		bill_boxes_number: 0,
		bill_amount: 0,
		bill_weight: '0.000',
		bill_weight_unit: null,
		removing_at: stampIfPast(removing),
		removed_at: stampIfPast(removed),
		real_removed_at: stampIfPast(reallyRemoved),
		status: 1,
		note: ticket.note || null,
		children: trackingNumbers.map((number, index) => ({
			box_sequence_number: index + 1,
			tracking_number: number,
		})),
	};
}
