/** A parcel that has left, or is about to. */
import { firstOf, type Members, membersOf, textOf, timeOf } from '../lenient';
import { type Fulfilment, orderOf, type ShopOrder } from '../order';
import { addressOf, ownIdOf, shopifyIdOf, wordOf } from './values';

export function fulfilmentOf(body: Members): Fulfilment {
	const numbers = body['tracking_numbers'];
	return {
		id: ownIdOf(body),
		at: timeOf(body['created_at']),
		carrier: textOf(body['tracking_company']),
		tracking_number: firstOf(
			textOf(body['tracking_number']),
			textOf(Array.isArray(numbers) ? numbers[0] : null),
		),
		// Shopify's `service` names the warehouse that ships, such as `manual`
		service: null,
	};
}

/**
 * Whether it counts as shipped. `cancelled`, `error` and `failure` never left; `pending` and `open` wait for
 * the warehouse, so that nobody else may ship the same.
 */
export function hasLeft(body: Members, countsWaiting: boolean): boolean {
	const status = wordOf(body['status']);
	if (status === null || status === 'success') return true;
	return countsWaiting && ['pending', 'open'].includes(status);
}

/** What a fulfilment's own webhook tells of its order. Its lines are what was shipped, not the order's. */
export function orderOfFulfilment(body: Members): ShopOrder {
	const email = textOf(body['email']) ?? textOf(membersOf(body['destination'])['email']);
	return orderOf({
		id: shopifyIdOf(body['order_id']),
		updated_at: timeOf(body['updated_at']),
		customer: email === null ? null : { id: null, email, phone: null },
		ship_to: addressOf(body['destination']),
		fulfilments: [fulfilmentOf(body)],
	});
}
