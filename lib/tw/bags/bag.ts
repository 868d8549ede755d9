/**
 * T86 bags: parcels consolidated for US customs entry type 86.
 *
 * ASSUMED throughout: only the four names are documented; see wire/endpoints.ts for the paths.
 */
import { asFault, NotFoundFault } from '../../base/errors';
import { codes, type Fields, text } from '../../operation/fields/model';
import { isRecord } from '../../base/json-value';
import type { Limits } from '../../base/limits';
import type { TwClient } from '../wire/client';
import { twEndpoints } from '../wire/endpoints';

export const bagNumber = text('Bag Number', {
	grade: 'required',
	placeholder: 'e.g. BAG-0001',
	description: 'Your own number of the bag',
});

export const bagFields: Fields = { bag_no: bagNumber };

export const newBagFields: Fields = {
	bag_no: bagNumber,
	nos: codes('Order Numbers', {
		grade: 'required',
		placeholder: 'e.g. ORD-0001, ORD-0002',
		description: 'The orders to put into the bag, with commas in between',
	}),
};

/** A bag is known by its number; the same number twice is the same bag. */
export const bagIdentity = ({ bag_no: key }: { bag_no: string }) => ({ key, label: 'Bag Number' });

/** What TW shows of a bag: its entry, or in a sentence for the user why nothing follows from the answer. */
export type ShownBag = { bag: object } | { notShown: string };

/**
 * Asks "Query bag information" for a bag.
 *
 * Only an answer that names the bag tells anything. "Not found" does not say that there is no bag:
 * the path is assumed, and a router that does not know it may answer in the very same words.
 */
export async function showBag(client: TwClient, bagNo: string, limits: Limits): Promise<ShownBag> {
	try {
		const data = await client.call('bagInfo', { bag_no: bagNo }, { rule: 'read', ...limits });
		const bag = bagIn(data, bagNo);
		return bag ? { bag } : { notShown: `TW's answer does not name bag ${bagNo}.` };
	} catch (error) {
		const fault = asFault(error);
		if (!(fault instanceof NotFoundFault)) throw fault;
		return { notShown: notFound(bagNo) };
	}
}

/** The bag's entry in an answer; undefined if the answer does not name it. */
export function bagIn(data: unknown, bagNo: string): Record<string, unknown> | undefined {
	const entries: unknown[] = Array.isArray(data) ? data : [data];
	return entries.filter(isRecord).find(({ bag_no }) => bag_no === bagNo);
}

const notFound = (bagNo: string) =>
	`TW answers that it does not find bag ${bagNo}, which may as well mean that the assumed path '${twEndpoints.bagInfo.path}' is another one.`;
