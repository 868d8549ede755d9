import type { JsonObject } from '../exchange';
import type { TwBackend } from './backend';
import { Refusal } from './envelope';
import { requiredText } from './members';
import { State } from './states';

/**
 * POST /api/v2/orderDelete, ASSUMED throughout: asks for the removal of the newest order of this number.
 * orderInfo's three time stamps [doc] then show how far it is; the money comes back with the second.
 */
export function orderDelete(body: JsonObject, { orders, ledger, clock }: TwBackend): unknown {
	const no = requiredText(body, 'no');
	const order = orders.findVisible(no);
	if (!order) throw new Refusal(404, 'order not found');
	if (order.removal) throw new Refusal(400, 'deletion was requested before');
	if (orders.state(order) !== State.completed) {
		throw new Refusal(400, 'the forecast is not completed');
	}

	orders.remove(order);
	ledger.deletion({ at: new Date().toISOString(), no, requestId: order.requestId });
	return { no, removing_at: clock.stamp(clock.elapsed()) };
}
