/**
 * T86 bags: parcels consolidated for US customs entry type 86.
 *
 * ASSUMED throughout: only the four names are documented; see wire/endpoints.ts for the paths.
 */
import { lookUpLimits } from '../../base/delivery';
import { asFault, NotFoundFault } from '../../base/errors';
import { codes, text } from '../../fields/field';
import { isEmpty, isRecord, type JsonObject } from '../../base/json';
import type { Limits } from '../../base/limits';
import type { OutcomeWord } from '../../base/outcome';
import type { Evidence, Send } from '../../once/send';
import type { RememberPlace } from '../../register/register';
import { isNoData } from '../wire/answers';
import type { TwClient } from '../wire/client';
import { twEndpoints } from '../wire/endpoints';
import { notRemovedYet, type RememberSettings, type WriteContext } from '../writes/policy';
import { type SmallWrite, writeOnce } from '../writes/write';

export const bagNumber = text('Bag Number', {
	names: true,
	grade: 'required',
	placeholder: 'e.g. BAG-0001',
	description: 'Your own number of the bag',
});

export const bagFields = { bag_no: bagNumber };

export const newBagFields = {
	bag_no: bagNumber,
	nos: codes('Order Numbers', {
		grade: 'required',
		placeholder: 'e.g. ORD-0001, ORD-0002',
		description: 'The orders to put into the bag, with commas in between',
	}),
};

/** Puts orders into a new bag: TW's "Create a package". */
export async function createBag(
	context: WriteContext,
	body: { bag_no: string; nos: string[] },
	makes: RememberSettings,
): Promise<JsonObject> {
	const ask = async (limits: Limits) => await showBag(context.client, body.bag_no, limits);
	const standing: Send['standing'] = async ({ answer }, limits) => {
		if (answer?.['deletion'] !== 'requested') return 'holds';
		const { bag_no: no } = body;
		const isFree = await isGone(context.client, no, lookUpLimits(limits));
		return isFree ? { removed: true } : { fault: notRemovedYet(`bag ${no}`) };
	};
	const write = { endpoint: 'bagCreate', body, ask, makes, standing } as const;
	return await writeBag(context, write, async () => ({ outcome: 'created', nos: body.nos }));
}

/** Dissolves a bag: TW's "Delete the package". Its number can be used again once TW no longer shows it. */
export async function removeBag(
	context: WriteContext,
	body: { bag_no: string },
	frees: RememberPlace,
): Promise<JsonObject> {
	const { bag_no: name } = body;
	const ask = async (limits: Limits): Promise<Evidence<object>> => {
		const shown = await showBag(context.client, name, limits);
		return 'found' in shown ? { missing: true, remark: `TW still shows bag ${name}.` } : shown;
	};
	const write = { endpoint: 'bagDelete', body, ask, frees } as const;
	return await writeBag(context, write, async () => {
		const deleted = await isGone(context.client, name, context.limits);
		return { outcome: deleted ? 'deleted' : 'accepted', deleted };
	});
}

/** Approves a bag: TW's "Review bag". It leaves no trace that TW shows. */
export async function reviewBag(
	context: WriteContext,
	body: { bag_no: string },
): Promise<JsonObject> {
	const ask = async () => ({ notShown: 'TW shows no trace of it that could be looked up.' });
	const write = { endpoint: 'bagReview', body, ask } as const;
	return await writeBag(context, write, async () => ({ outcome: 'reviewed', reviewed: true }));
}

async function writeBag(
	context: WriteContext,
	write: Omit<SmallWrite, 'kind' | 'name'> & { body: { bag_no: string } },
	own: () => Promise<JsonObject & { outcome: OutcomeWord }>,
): Promise<JsonObject> {
	const { bag_no } = write.body;
	const item = async () => ({ bag_no, ...(await own()) });
	return await writeOnce(context, { ...write, kind: 'bag', name: bag_no }, item);
}

/**
 * Asks "Query bag information" for a bag.
 *
 * Only an answer that names the bag proves anything. "Not found" does not prove that there is no bag: the
 * path is assumed, and a router that does not know it may answer in the very same words.
 */
async function showBag(
	client: TwClient,
	bagNo: string,
	limits: Limits,
): Promise<{ found: object } | { notShown: string }> {
	try {
		const data = await client.call('bagInfo', { bag_no: bagNo }, { rule: 'read', ...limits });
		const bag = bagIn(data, bagNo);
		return bag ? { found: bag } : { notShown: `TW's answer does not name bag ${bagNo}.` };
	} catch (error) {
		const fault = asFault(error);
		if (!(fault instanceof NotFoundFault)) throw fault;
		return {
			notShown: `TW answers that it does not find bag ${bagNo}, which may as well mean that the assumed path '${twEndpoints.bagInfo.path}' is another one.`,
		};
	}
}

/** Whether TW no longer has a bag whose deletion it has accepted: by its own 404, or by an answer without data. */
async function isGone(client: TwClient, bagNo: string, limits: Limits): Promise<boolean> {
	try {
		const data = await client.call('bagInfo', { bag_no: bagNo }, { rule: 'read', ...limits });
		return isEmpty(data);
	} catch (error) {
		return isNoData(error);
	}
}

/** The bag's entry in an answer; undefined if the answer does not name it. */
export function bagIn(data: unknown, bagNo: string): Record<string, unknown> | undefined {
	const entries: unknown[] = Array.isArray(data) ? data : [data];
	return entries
		.filter(isRecord)
		.find(({ bag_no }) => (typeof bag_no === 'number' ? String(bag_no) : bag_no) === bagNo);
}
