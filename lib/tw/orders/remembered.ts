/** The orders that the register remembers, such as those that may or may not exist at TW. */
import * as z from 'zod/v4';
import type { JsonObject } from '../../base/json';
import type { Entry, Register, RememberPlace, SendState, Wanted } from '../../register/register';
import type { TwClient } from '../wire/client';
import { markOf } from '../writes/policy';

const HOUR_MS = 60 * 60 * 1000;
/** A register can hold a million: listing all must not hold up those who send. */
const AT_ONCE = 1_000;

export interface RememberedFilter {
	remember: RememberPlace;
	state: SendState | 'all';
	/** Sent within so many hours, or longer ago than that. */
	newerThan?: number | undefined;
	olderThan?: number | undefined;
	no?: string | undefined;
	/** n8n's id of the execution that sent them. */
	execution?: string | undefined;
	/** How many of the newest to leave out. */
	offset?: number | undefined;
}

/**
 * Orders that this account has sent, the newest first.
 *
 * @param limit the most to list; Infinity for all
 * @throws {RegisterFault} if the register can't be asked
 */
export async function rememberedOrders(
	{ client, register }: { client: TwClient; register: (place: RememberPlace) => Promise<Register> },
	{ remember, state, newerThan, olderThan, no, execution, offset }: RememberedFilter,
	limit: number,
): Promise<JsonObject[]> {
	const ago = (hours: number | undefined) =>
		hours === undefined ? undefined : Date.now() - hours * HOUR_MS;
	const { kind, account, key } = markOf('order', client.account, no ?? '');
	const entries = await listAll(await register(remember), {
		...{ kind, account, execution: execution || undefined, offset, limit },
		key: no ? key : undefined,
		state: state === 'all' ? undefined : state,
		since: ago(newerThan),
		before: ago(olderThan),
	});
	return entries.map(asItem);
}

async function listAll(register: Register, wanted: Wanted): Promise<Entry[]> {
	const all: Entry[] = [];
	for (let page = wanted; ;) {
		const limit = Math.min(AT_ONCE, wanted.limit - all.length);
		const some = await register.list({ ...page, limit });
		all.push(...some);
		const last = some.at(-1)?.at;
		if (last === undefined || some.length < limit || all.length === wanted.limit) return all;
		// On from that moment, without those of it that are listed
		const ofLast = some.filter(({ at }) => at === last).length;
		const listedBefore = page.before === last + 1 && ofLast === limit ? page.offset! : 0;
		page = { ...page, before: last + 1, offset: listedBefore + ofLast };
	}
}

const textOrNull = z.string().nullable().catch(null);
/** The members of an entry's answer that are shown. */
const shown = z.object({ requestId: textOrNull, product: textOrNull, reason: textOrNull });

function asItem({ name, state, at, execution, answer }: Entry): JsonObject {
	const { requestId, product, reason } = shown.parse(answer ?? {});
	const sent_at = new Date(at).toISOString();
	return { no: name, state, sent_at, execution, request_id: requestId, channel: product, reason };
}
