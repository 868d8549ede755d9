/** Whether something of an order was sent. */
import { listOf, type Members } from '../lenient';
import { areDigital } from './delivery';
import { wasSent } from './fulfilment';
import { NOTHING_SENT } from './nothing';
import { enumOf, latestOf } from './values';

export function lastShipped(body: Members): string | null {
	return latestOf(...sentParcels(body).map((one) => one['created_at']));
}

const sentParcels = (body: Members) => listOf(body['fulfillments']).filter(wasSent);

/** Gift cards and downloads are "fulfilled" too, in fulfilments of their own or by the order's status. */
export function wasShipped(body: Members): boolean {
	if (lastShipped(body) !== null) return true;
	const status = enumOf(body['fulfillment_status']) ?? '';
	return ['fulfilled', 'partial'].includes(status) && !isOnlyDigital(body);
}

/** Whether all that was "fulfilled" is digital. */
function isOnlyDigital(body: Members): boolean {
	const parcels = listOf(body['fulfillments']);
	const areAll = parcels.length > 0 && parcels.every((one) => areDigital(one['line_items']));
	return areAll || areDigital(body['line_items']);
}

export function whyNotShipped(body: Members): string {
	return isOnlyDigital(body) ? NOTHING_SENT : 'Nothing of the order was sent yet';
}
