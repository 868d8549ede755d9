import type { JsonObject } from '../exchange';
import type { Settings } from '../settings';
import type { TwBackend } from './backend';
import { Refusal } from './envelope';
import { requiredText } from './members';
import { failureTexts, isFailed } from './states';

/**
 * POST /api/v2/orderCheck [doc]: the state of a forecast.
 * An unknown `request_id` is refused with 400: that status occurs here [doc], what for is ASSUMED.
 */
export function orderCheck(body: JsonObject, { orders, settings }: TwBackend): unknown {
	const requestId = requiredText(body, 'request_id');
	const order = orders.findRequest(requestId);
	if (!order) throw new Refusal(400, 'unknown request_id');

	const status = orders.state(order);
	return {
		request_id: requestId,
		no: order.ticket.no,
		errors: isFailed(status) ? inShape(failureTexts[status], settings) : [],
		status,
	};
}

/** `errors` is `[]` on success [doc]; its elements were never seen, so their form is ASSUMED. */
function inShape(message: string, { errorsShape }: Settings): unknown {
	switch (errorsShape) {
		case 'strings':
			return [message];
		case 'objects':
			return [{ field: 'order', message }];
		case 'map':
			return { order: [message] };
	}
}
