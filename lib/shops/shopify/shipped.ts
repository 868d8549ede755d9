/** Whether something of an order was sent. */
import { listOf, type Members } from '../lenient';
import { areDigital } from './delivery';
import { fulfilmentOf, wasSent } from './fulfilment';
import { NOTHING_SENT } from './nothing';
import { collectedIn, isTakenAlong } from './pickup';
import { addressOf, enumOf, latestOf } from './values';

/** When the last parcel was sent; null if none was. */
export function lastShipped(body: Members): string | null {
	return latestOf(...sentParcels(body).map((one) => one['created_at']));
}

/** What was handed over in the shop is "fulfilled" too; with a tracking number, it was sent after all. */
function sentParcels(body: Members): Members[] {
	const parcels = listOf(body['fulfillments']).filter(wasSent);
	if (whyHandedOver(body) === null) return parcels;
	return parcels.filter((one) => fulfilmentOf(one).tracking_number !== null);
}

/** Why no parcel goes out for any of it, although it is goods. */
function whyHandedOver(body: Members): string | null {
	if (collectedIn(body).all) return 'Nothing in it is sent: the customer collects it';
	if (isTakenAlong(body)) return 'Nothing in it is sent: it was sold at the till';
	if (addressOf(body['shipping_address']) !== null) return null;
	// What is collected at one of the shop's places has none, and the REST API leaves it out
	const isWhole = 'shipping_address' in body || 'shipping_lines' in body;
	return isWhole ? 'Nothing in it is sent: it has no shipping address' : null;
}

/** Gift cards and downloads are "fulfilled" too, in fulfilments of their own or by the order's status. */
export function wasShipped(body: Members): boolean {
	if (lastShipped(body) !== null) return true;
	const status = enumOf(body['fulfillment_status']) ?? '';
	const isFulfilled = ['fulfilled', 'partial'].includes(status);
	return isFulfilled && !isOnlyDigital(body) && whyHandedOver(body) === null;
}

/** Whether all that was "fulfilled" is digital. */
function isOnlyDigital(body: Members): boolean {
	const parcels = listOf(body['fulfillments']);
	const areAll = parcels.length > 0 && parcels.every((one) => areDigital(one['line_items']));
	return areAll || areDigital(body['line_items']);
}

export function whyNotShipped(body: Members): string {
	if (isOnlyDigital(body)) return NOTHING_SENT;
	return whyHandedOver(body) ?? 'Nothing of the order was sent yet';
}
