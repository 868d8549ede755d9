/** Reads an address of a WooCommerce order. */
import { withPostNumber } from '../addresses/packstation';
import { copiedParts, linesOf, type Parts, partsOf } from '../addresses/parts';
import { phoneOf } from '../addresses/phone';
import { woocommerceRegion } from '../addresses/regions';
import { tidyAddress } from '../addresses/tidy';
import {
	countryOf,
	firstOf,
	joinedText,
	type Members,
	membersOf,
	pairOf,
	textOf,
} from '../lenient';
import type { Address } from '../order';

/**
 * One of the order's two addresses, with what plugins keep of it elsewhere. A phone number that it lacks is the one
 * of the billing address: `shipping.phone` exists since WooCommerce 5.6, and few shops ask for it.
 */
export function addressOf(body: Members, kind: 'shipping' | 'billing'): Address {
	const [address, billing] = [membersOf(body[kind]), membersOf(body['billing'])];
	const meta = body['meta_data'];
	const country = countryOf(address['country']);
	const parts = partsIn(body, kind);
	const lines = linesOf(
		{ line1: address['address_1'], line2: address['address_2'] },
		parts,
		country,
	);
	const company = textOf(address['company']);
	const name = joinedText(address['first_name'], address['last_name']);
	const payer = joinedText(billing['first_name'], billing['last_name']);
	return tidyAddress({
		name: firstOf(name, company === null ? payer : null),
		company,
		...(kind === 'shipping' ? withPostNumber(lines, meta, country) : lines),
		city: firstOf(textOf(address['city']), parts.city),
		region: firstOf(woocommerceRegion(address['state'], country), parts.region),
		postcode: textOf(address['postcode']),
		country,
		phone: phoneOf(
			address['phone'],
			pairOf(meta, `_${kind}_phone`, `${kind}_phone`),
			billing['phone'],
			// Of the plugin Brazilian Market
			billing['cellphone'],
		),
	});
}

function partsIn(body: Members, kind: 'shipping' | 'billing'): Parts {
	const [address, billing] = [membersOf(body[kind]), membersOf(body['billing'])];
	const parts = partsOf(address, body['meta_data'], kind);
	const isCopy =
		kind === 'shipping' && COPIED.every((name) => textOf(address[name]) === textOf(billing[name]));
	return isCopy ? copiedParts(parts, partsOf(billing, body['meta_data'], 'billing')) : parts;
}

const COPIED = ['address_1', 'address_2', 'city', 'postcode', 'country'];
