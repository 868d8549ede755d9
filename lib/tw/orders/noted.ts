/**
 * What the register knows of an order after TW took it. Whoever sees at TW how far it has come notes it here: an
 * order that is completed need not be asked for again, and one that TW has failed frees its number once that is
 * certain.
 */
import * as z from 'zod/v4';
import type { Limits } from '../../base/limits';
import { freed } from '../../once/claim';
import { recorded } from '../../once/once';
import type { Entry, Register } from '../../register/register';
import type { TwClient } from '../wire/client';
import { phaseOf } from '../wire/states';
import { markOf } from '../writes/policy';
import { type NamedOrder, OrderFailedFault } from './failed';
import { recallTicket } from './forecast';
import { standingOf } from './wait';

/** `status`: TW's last word on a state, where that is an end, or was one. `since`: milliseconds since 1970 UTC. */
const noted = z.object({
	lastStatus: z.number().optional().catch(undefined),
	status: z.number().optional().catch(undefined),
	since: z.number().optional().catch(undefined),
});

/**
 * The state of an order as it was noted last.
 *
 * @returns TW's number for it, if one is known; and since when (milliseconds since 1970 UTC)
 */
export function lastState({ answer, at }: Entry): { status: number | undefined; since: number } {
	const { lastStatus, status, since = at } = noted.parse(answer ?? {});
	return { status: lastStatus ?? status, since };
}

/** What TW said: a state, or that the order failed; undefined if it is to be asked. */
type Saw = number | OrderFailedFault | undefined;

/**
 * Notes what TW says of a remembered order, and frees the number of one that TW has failed for certain, or shows as
 * removed. A state of failure that may not be final is noted, and keeps the number.
 *
 * @param order its request_id where that is known; only the order that has it is noted
 * @returns a remark if that can't be recorded
 */
export async function noteState(
	client: TwClient,
	{ no, requestId }: NamedOrder,
	open: () => Promise<Register>,
	limits: Limits,
	saw?: Saw,
): Promise<string | undefined> {
	const note = async () => {
		const register = await open();
		const entry = await register.find(markOf('order', client.account, no).key);
		if (entry?.state !== 'accepted') return;
		const isSame = recallTicket(no, entry.answer)?.requestId === requestId;
		if (requestId !== undefined && !isSame) return;
		if (typeof saw === 'number' && phaseOf(saw) !== 'failed')
			return await keep(register, entry, saw);
		const now =
			saw instanceof OrderFailedFault
				? verdictIn(saw)
				: await standingOf(client, no, entry, limits);
		if (typeof now === 'string') return;
		if (!('fault' in now)) return await freed(register, entry, now);
		const { code } = now.fault.facts;
		if (now.fault instanceof OrderFailedFault && typeof code === 'number')
			await keep(register, entry, code);
	};
	return await recorded(note());
}

const verdictIn = (fault: OrderFailedFault) => (fault.isCertain ? { failed: fault } : { fault });

/** Writes only what is news: one who polls must not wear out the disk. */
async function keep(register: Register, entry: Entry, status: number): Promise<void> {
	const { status: before = 1 } = lastState(entry);
	const isNews =
		phaseOf(before) !== phaseOf(status) || (phaseOf(status) === 'failed' && before !== status);
	if (!isNews) return;
	const answer = { ...entry.answer, lastStatus: status, since: Date.now() };
	await register.settle(entry.key, entry, 'accepted', answer);
}
