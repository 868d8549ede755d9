import type { ShopBody } from '../body';
import * as bodies from './bodies';

/** What WooCommerce sends, and what the tables call it. */
const about: ReadonlyArray<[name: keyof typeof bodies, topic: string | null, what: string]> = [
	['paid', 'order.updated', 'account, two articles, coupon, paid by card'],
	['created', 'order.created', 'the same order, still unpaid when it was made'],
	['createdAndPaid', 'order.created', 'paid before WooCommerce told of it'],
	['guestOnHold', 'order.created', "guest, bank transfer awaited, the device's address is a proxy"],
	['cashOnDelivery', 'order.updated', 'to be sent now, paid at the door'],
	['heldBack', 'order.updated', 'paid, and put on hold by hand'],
	['partlyRefunded', 'order.updated', 'one of two mugs refunded'],
	['refunded', 'order.updated', 'refunded in full, in three goes'],
	['refundedWithoutStatus', 'order.updated', 'refunded in full under a status of its own'],
	['cancelled', 'order.updated', 'cancelled after it was paid'],
	['cancelRequested', 'order.updated', "a plugin's status: the customer asks to cancel"],
	['binned', 'order.updated', 'in the bin'],
	['restored', 'order.restored', 'out of the bin again'],
	['failed', 'order.updated', 'the payment failed'],
	['completed', 'order.updated', 'sent in two parcels, plugin Shipment Tracking'],
	['completedWithoutPlugin', 'order.updated', 'sent, no plugin for tracking'],
	['partlySent', 'order.updated', "a plugin's status: one of the parcels has left"],
	['download', 'order.updated', 'a download, completed when it was paid'],
	['free', 'order.updated', 'nothing to pay, no time of payment'],
	['pickup', 'order.updated', 'collected in the shop'],
	['billingAddressAlone', 'order.updated', 'an import with the billing address alone'],
	['noAddress', 'order.updated', 'shipped, and no address anywhere'],
	['customStatus', 'order.updated', "a plugin's status, yen, WooPayments' test mode"],
	['renewal', 'order.created', "a subscription's renewal"],
	['draft', 'order.updated', 'a cart in the checkout'],
	['hardlyAnything', 'order.created', 'all that may be empty is'],
	['firstVersion', 'order.updated', 'wc/v1: local times alone, no phone in shipping'],
	['alone', null, 'from the REST API, without a topic'],
];

export const woocommerce: ShopBody[] = about.map(([name, topic, what]) => ({
	name,
	shop: 'woocommerce',
	topic,
	about: what,
	body: bodies[name],
}));
