/**
 * DHL's lockers and branches in Germany: a locker takes no parcel without the customer's post number, for which
 * plugins have a field of their own.
 */
import { pairOf } from '../lenient';

/**
 * In `meta_data`, read off published code: DHL for WooCommerce; Germanized, by itself and from its parcel shop finder;
 * Shiptastic.
 */
const POST_NUMBERS = [
	'_shipping_dhl_postnum',
	'_shipping_dhl_postnumber',
	'_shipping_parcelshop_post_number',
	'_pickup_location_customer_number',
];

interface Lines {
	line1: string | null;
	line2: string | null;
}

/** The lines of a shipping address with the post number, where they name a locker or a branch and lack it. */
export function withPostNumber(lines: Lines, meta: unknown, country: string | null): Lines {
	const both = [lines.line1, lines.line2].filter((line) => line !== null).join(' ');
	const number = pairOf(meta, ...POST_NUMBERS);
	const isNeeded = country === 'DE' && /packstation|filiale|paketshop/i.test(both);
	if (!isNeeded || number === null || both.includes(number)) return lines;
	return { ...lines, line2: lines.line2 === null ? number : `${lines.line2}, ${number}` };
}
