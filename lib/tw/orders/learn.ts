/** Asks TW what became of the orders that it took, where the register does not know that yet. */
import { lookUpLimits } from '../../base/delivery';
import { asFault, CancelledFault, type Fault, TimedOutFault } from '../../base/errors';
import { errorsText } from '../../base/json';
import type { Limits } from '../../base/limits';
import type { Entry, Register, Wanted } from '../../register/register';
import type { TwClient } from '../wire/client';
import type { OrderCheckData } from '../wire/answers';
import { COMPLETED, phaseOf } from '../wire/states';
import { listAll } from './entries';
import { recallTicket } from './forecast';
import { findOrder, isRemoved, sameOrder, trackingNumbers } from './info';
import { lastState, noteState } from './noted';
import { checkOrder } from './wait';

export interface AskContext {
	client: TwClient;
	register: Register;
	limits: Limits;
	/** Shows a message above the node's output. */
	hint: (message: string) => void;
}

/** The most orders that TW is asked about in one go. */
const MOST_ASKED = 100;
const AT_ONCE = 10;

/**
 * Notes the ends of orders that TW took and that had not come to one, the newest first.
 *
 * @param wanted which ones; whatever their state
 * @returns TW's own words about those that failed, by the entry's key
 */
export async function learnEnds(
	context: AskContext,
	wanted: Omit<Wanted, 'limit'>,
): Promise<ReadonlyMap<string, string>> {
	const taken = { ...wanted, state: 'accepted' } as const;
	const isOpen = (entry: Entry) => lastState(entry).status !== COMPLETED;
	const open = await listAll(context.register, taken, MOST_ASKED + 1, 0, isOpen);
	const asked = open.slice(0, MOST_ASKED);
	if (open.length > asked.length) {
		context.hint(
			`TW was asked about the newest ${MOST_ASKED} orders that had not come to an end; older ones are shown as they were known. A shorter time under 'Sent' asks about all.`,
		);
	}
	const words = new Map<string, string>();
	const ask = async (entry: Entry) => await learn(context, entry, words);
	const faults = (await each(asked, ask)).filter((fault) => fault !== undefined);
	const [first] = faults;
	if (!first) return words;
	context.hint(
		`TW could not be asked about ${faults.length} order${faults.length === 1 ? '' : 's'}, shown as last known: ${first.message}`,
	);
	return words;
}

/** @returns why TW could not be asked, if so */
async function learn(
	{ client, register, limits, hint }: AskContext,
	{ key, name: no, answer }: Entry,
	words: Map<string, string>,
): Promise<Fault | undefined> {
	const requestId = recallTicket(no, answer)?.requestId;
	const note = async (saw?: number) => {
		const remark = await noteState(client, { no, requestId }, async () => register, limits, saw);
		if (remark) hint(remark);
	};
	if (isOutOfTime(limits)) return outOfTime(limits);
	try {
		if (requestId !== undefined) {
			const { state } = await checkOrder(client, requestId, oneLook(limits));
			if (state.no) sameOrder(no, state.no);
			noteWords(words, key, state);
			await note(state.status);
			return undefined;
		}
		const info = (await findOrder(client, no, oneLook(limits)))?.info;
		if (info && isRemoved(info)) await note();
		else if (info && trackingNumbers(info).length > 0) await note(COMPLETED);
		return undefined;
	} catch (error) {
		return faultOf(error);
	}
}

/**
 * What TW says now of failed orders, in its own words.
 *
 * @param learnt what TW has said of some of them just now
 * @returns by the entry's key; nothing of one about which TW says nothing
 */
export async function wordsAbout(
	{ client, limits }: AskContext,
	failed: readonly Entry[],
	learnt: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
	const words = new Map(learnt);
	const others = failed.filter(({ key }) => !words.has(key));
	await each(others.slice(0, MOST_ASKED), async ({ key, name: no, answer }) => {
		const requestId = recallTicket(no, answer)?.requestId;
		if (requestId === undefined || isOutOfTime(limits)) return;
		try {
			const { state } = await checkOrder(client, requestId, oneLook(limits));
			noteWords(words, key, state);
		} catch (error) {
			// The state's own words are there all the same
			faultOf(error);
		}
	});
	return words;
}

function noteWords(
	words: Map<string, string>,
	key: string,
	{ status, errors }: OrderCheckData,
): void {
	if (phaseOf(status) === 'failed') words.set(key, errorsText(errors));
}

/** A short time for each, since there are many; and no more than is left for all. */
const oneLook = (limits: Limits): Limits =>
	limits.deadline.left() < limits.pace.lookUp ? limits : lookUpLimits(limits);

const isOutOfTime = ({ deadline }: Limits) => !deadline.allowsRequestAfter(0);

const outOfTime = ({ deadline }: Limits) =>
	new TimedOutFault(`the ${deadline.totalMs / 1000} s of 'Timeout' were over`, '');

/** @throws {CancelledFault} since who has cancelled wants no list */
function faultOf(error: unknown): Fault {
	const fault = asFault(error);
	if (fault instanceof CancelledFault) throw fault;
	return fault;
}

/** Several at a time, in order. */
async function each<One, Result>(
	all: readonly One[],
	work: (one: One) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	for (let i = 0; i < all.length; i += AT_ONCE) {
		results.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(work))));
	}
	return results;
}
