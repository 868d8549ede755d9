/** A parcel that has left, or is about to. */
import {
	entriesOf,
	firstText,
	firstTime,
	type Members,
	membersOf,
	textOf,
	timeOf,
} from '../lenient';
import { type Fulfilment, shopOrderOf, type ShopOrder } from '../order';
import { areDigital } from './delivery';
import { collectedIn } from './pickup';
import { addressOf, enumOf, ownIdOf, shopifyIdOf } from './values';

export function fulfilmentOf(body: Members): Fulfilment {
	const [number = null] = entriesOf(body['tracking_numbers']) ?? [];
	return {
		id: ownIdOf(body),
		at: timeOf(body['created_at']),
		carrier: textOf(body['tracking_company']),
		tracking_number: firstText(body['tracking_number'], number),
		// Shopify's `service` names the warehouse that ships, such as `manual`
		service: null,
	};
}

/**
 * Whether it has shipped. `cancelled`, `error` and `failure` never left; `pending` and `open` wait for the
 * warehouse.
 *
 * @param countsWaiting so that nobody else ships what the warehouse is about to
 */
export function hasLeft(body: Members, countsWaiting: boolean): boolean {
	const status = enumOf(body['status']);
	if (status === null || status === 'success') return true;
	return countsWaiting && ['pending', 'open'].includes(status);
}

/** Whether something has left with it; a gift card or a download is "fulfilled" too. */
export const wasSent = (body: Members): boolean =>
	hasLeft(body, false) && !areDigital(body['line_items']);

/**
 * Whether it was handed over instead: its lines say so, or its own webhook has no address. ASSUMED, since an order that
 * is collected has none. With a tracking number, it was sent after all.
 */
export const wasHandedOver = (body: Members): boolean =>
	fulfilmentOf(body).tracking_number === null &&
	(collectedIn(body).all || ('destination' in body && addressOf(body['destination']) === null));

/** The order in a fulfilment's own webhook, whose lines are those shipped, not the order's. */
export function orderOfFulfilment(body: Members): ShopOrder {
	const email = textOf(body['email']) ?? textOf(membersOf(body['destination'])['email']);
	return shopOrderOf({
		id: shopifyIdOf(body['order_id']),
		updated_at: timeOf(body['updated_at']),
		customer: email === null ? null : { id: null, email, phone: null },
		ship_to: addressOf(body['destination']),
		fulfilments: [fulfilmentOf(body)],
	});
}

/** The order in the webhook of a step that a parcel made; the carrier and the number are the fulfilment's. */
export const orderOfMovement = (body: Members): ShopOrder =>
	shopOrderOf({
		id: shopifyIdOf(body['order_id']),
		updated_at: timeOf(body['updated_at']),
		fulfilments: [
			{
				id: shopifyIdOf(body['fulfillment_id']),
				at: firstTime(body['happened_at'], body['created_at']),
				carrier: null,
				tracking_number: null,
				service: null,
			},
		],
	});
