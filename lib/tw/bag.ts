/**
 * T86 bags: parcels consolidated for US customs entry type 86.
 *
 * ASSUMED throughout: only the four names are documented; see tw/endpoints.ts for the paths.
 */
import { asFault, NotFoundFault } from '../errors';
import { codes, type Fields, text } from '../fields/model';
import type { CallOptions, TwClient } from './client';

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

/** `data` of "Query bag information", or undefined if TW does not have the bag. */
export async function findBag(
	client: TwClient,
	body: object,
	options: Omit<CallOptions, 'rule'>,
): Promise<unknown> {
	try {
		return await client.call('bagInfo', body, { ...options, rule: 'read' });
	} catch (error) {
		const fault = asFault(error);
		// Only TW's own word counts; a 404 on an assumed path may mean that the path is another one.
		if (fault instanceof NotFoundFault && fault.facts.code !== undefined) return undefined;
		throw fault;
	}
}
