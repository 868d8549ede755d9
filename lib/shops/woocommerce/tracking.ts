/**
 * The parcels of an order, as plugins note them. WooCommerce itself notes at most how much of it has gone. Each reader
 * is read off the published code of its plugin.
 */
import { parseSafely } from '../../base/json';
import {
	entriesOf,
	firstText,
	listOf,
	type Members,
	membersOf,
	textOf,
	unixTimeOf,
} from '../lenient';
import type { Fulfilment } from '../order';
import { metaText, metaValues } from './meta';

/** Parcels in the meta data of an order, by key: all that is noted there, each a member of a list. */
const LISTS: Readonly<Record<string, (noted: unknown) => Array<Partial<Fulfilment>>>> = {
	// Shipment Tracking, Advanced Shipment Tracking
	_wc_shipment_tracking_items: (items) =>
		listOf(items).map((item) => ({
			id: textOf(item['tracking_id']),
			at: unixTimeOf(item['date_shipped']),
			carrier: firstText(
				item['custom_tracking_provider'],
				item['formatted_tracking_provider'],
				item['tracking_provider'],
			),
			tracking_number: textOf(item['tracking_number']),
		})),
	// AfterShip, which copies those of Shipment Tracking
	_aftership_tracking_items: (items) =>
		listOf(items).map((item) => ({
			id: textOf(item['tracking_id']),
			carrier: textOf(item['slug']),
			tracking_number: textOf(item['tracking_number']),
		})),
	// Shipment Tracking by PluginHive
	wf_wc_shipment_result: (result) =>
		listOf(membersOf(result)['tracking_info']).map((item) => ({
			tracking_number: textOf(item['tracking_id']),
		})),
	// DHL for WooCommerce: one label, of one parcel or of several
	_pr_shipment_dhl_label_tracking: (label) => {
		const { tracking_number: number } = membersOf(label);
		return (entriesOf(number) ?? [number])
			.map(textOf)
			.filter((one) => one !== null)
			.map((one) => ({ carrier: 'DHL', tracking_number: one }));
	},
	// ParcelPanel, by their numbers
	_parcelpanel_shipping_numbers: (parcels) =>
		Object.values(membersOf(parcels))
			.map(membersOf)
			.map((parcel) => ({
				carrier: textOf(parcel['courier_code']),
				tracking_number: textOf(parcel['tracking_number']),
			})),
	// WooCommerce Shipping & Tax, and WooCommerce Shipping after it: the labels that were bought
	wc_connect_labels: labels,
	wcshipping_labels: labels,
};

function labels(bought: unknown): Array<Partial<Fulfilment>> {
	return listOf(bought)
		.filter((label) => textOf(label['tracking']) !== null && !label['refund'])
		.map((label) => ({
			id: textOf(label['label_id']),
			carrier: textOf(label['carrier_id']),
			tracking_number: textOf(label['tracking']),
		}));
}

/** Plugins that note one parcel: its number and its carrier. */
const SINGLES: ReadonlyArray<[number: string, carrier?: string]> = [
	// Order Tracking by YITH
	['ywot_tracking_code', 'ywot_carrier_name'],
	// Shipment Tracking before 1.2, and many importers
	['_tracking_number', '_tracking_provider'],
	['_aftership_tracking_number', '_aftership_tracking_provider_name'],
	// Colissimo, which notes no carrier
	['lpc_outward_parcel_number'],
];

/** Orders Tracking by VillaTheme: at a line, JSON text of all that it ever had; the last one counts. */
const AT_A_LINE = '_vi_wot_order_item_tracking_data';

/** The parcels that are noted; one that several plugins note counts once. */
export function parcelsOf(body: Members): Fulfilment[] {
	const found = [
		...Object.entries(LISTS).flatMap(([key, read]) =>
			metaValues(body, key).flatMap((value) => read(unpacked(value))),
		),
		...listOf(body['line_items']).flatMap(parcelAtLine),
		...SINGLES.map(([number, carrier]) => ({
			carrier: carrier === undefined ? null : metaText(body, carrier),
			tracking_number: metaText(body, number),
		})).filter((parcel) => parcel.tracking_number !== null),
	];
	const numbers = found.map((parcel) => parcel.tracking_number ?? null);
	return found
		.filter((_, index) => numbers[index] === null || numbers.indexOf(numbers[index]!) === index)
		.map((parcel) => ({ ...NOTHING_TOLD, ...parcel }));
}

/**
 * How much of it WooCommerce's own fulfilments have sent, since version 10.1; they leave the order's status as it is.
 * Some may be only its downloads, which fulfil themselves.
 */
export function fulfilledPart(body: Members): 'all' | 'some' | 'none' {
	const noted = metaText(body, '_fulfillment_status');
	return noted === 'fulfilled' ? 'all' : noted === 'partially_fulfilled' ? 'some' : 'none';
}

const NOTHING_TOLD = { id: null, at: null, carrier: null, tracking_number: null, service: null };

function parcelAtLine(line: Members): Array<Partial<Fulfilment>> {
	const history = metaValues(line, AT_A_LINE).map((value) => listOf(unpacked(value)));
	return history.flatMap((ever) => {
		const last = ever.at(-1);
		const number = textOf(last?.['tracking_number']);
		if (!last || number === null) return [];
		return [{ carrier: textOf(last['carrier_name']), tracking_number: number }];
	});
}

/** What JSON text stands for; anything else as it is. */
function unpacked(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return parseSafely(value);
	} catch {
		return value;
	}
}
