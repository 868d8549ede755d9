/** The orders that the register remembers, such as those that TW has failed, or that may or may not exist there. */
import * as z from 'zod/v4';
import { HOUR_MS, type Span } from '../../base/durations';
import type { JsonObject } from '../../base/json';
import type { Entry, Register, RememberPlace, Wanted } from '../../register/register';
import type { TwClient } from '../wire/client';
import { orderStates, phaseOf, stateText } from '../wire/states';
import { markOf } from '../writes/policy';
import { listAll } from './entries';
import { recallTicket } from './forecast';
import { type AskContext, learnEnds, wordsAbout } from './learn';
import { lastState } from './noted';

type ShownState = 'sending' | 'accepted' | 'completed' | 'failed' | 'unknown';

/** What a user may want to see, as states that are shown; of `all` none is left out. */
const WANTED_STATES = {
	all: ['sending', 'accepted', 'completed', 'failed', 'unknown'],
	accepted: ['accepted', 'completed'],
	attention: ['failed', 'unknown'],
	completed: ['completed'],
	failed: ['failed'],
	open: ['accepted'],
	sending: ['sending'],
	unknown: ['unknown'],
} as const satisfies Record<string, ShownState[]>;

export type WantedState = keyof typeof WANTED_STATES;

export interface RememberedFilter {
	remember: RememberPlace;
	state: WantedState;
	/** Ask TW first how far those are that it took. */
	askTw: boolean;
	/** Sent within so many hours, or longer ago than that. */
	newerThan?: number | undefined;
	olderThan?: number | undefined;
	no?: string | undefined;
	/** n8n's id of the execution that sent them. */
	execution?: string | undefined;
	/** How many of the newest to leave out. */
	offset?: number | undefined;
	/** When they were sent, and when their state has changed. */
	sent: Span;
	changed: Span;
}

/**
 * Orders that this account has sent, the newest first.
 *
 * @param limit the most to list; Infinity for all
 * @throws {RegisterFault} if the register can't be asked
 */
export async function rememberedOrders(
	context: Omit<AskContext, 'register'> & {
		register: (place: RememberPlace) => Promise<Register>;
	},
	filter: RememberedFilter,
	limit: number,
): Promise<JsonObject[]> {
	const register = await context.register(filter.remember);
	const ask = { ...context, register };
	const states: readonly ShownState[] = WANTED_STATES[filter.state];
	const wanted = wantedOf(context.client, filter);
	const canChange = states.some((one) => one !== 'unknown' && one !== 'sending');
	const learnt =
		filter.askTw && canChange ? await learnEnds(ask, wanted) : new Map<string, string>();
	const isWanted = (entry: Entry) =>
		states.includes(shownState(entry)) && isIn(filter.changed, entry);
	const from = filter.offset ?? 0;
	const entries = await listAll(register, narrowed(wanted, states), limit, from, isWanted);
	const words = filter.askTw ? await wordsAbout(ask, entries.filter(isFailed), learnt) : undefined;
	return entries.map((entry) => asItem(entry, words?.get(entry.key)));
}

const ago = (hours: number | undefined) =>
	hours === undefined ? undefined : Date.now() - hours * HOUR_MS;

function wantedOf(
	client: TwClient,
	{ newerThan, olderThan, no, execution, sent, changed }: RememberedFilter,
): Omit<Wanted, 'limit'> {
	const { kind, account, key } = markOf('order', client.account, no ?? '');
	const known = (...times: Array<number | undefined>) => times.filter((at) => at !== undefined);
	const since = known(ago(newerThan), sent.since);
	// What changed before then was sent before then
	const before = known(ago(olderThan), sent.before, changed.before);
	return {
		...{ kind, account, execution: execution || undefined, key: no ? key : undefined },
		since: since.length > 0 ? Math.max(...since) : undefined,
		before: before.length > 0 ? Math.min(...before) : undefined,
	};
}

/** The register's own states are an index; the others are seen in each entry. */
function narrowed(wanted: Omit<Wanted, 'limit'>, states: readonly ShownState[]) {
	const [first] = states;
	const isOne = states.length === 1 && (first === 'sending' || first === 'unknown');
	const isTaken = states.every((one) => one === 'accepted' || one === 'completed');
	return { ...wanted, state: isOne ? first : isTaken ? ('accepted' as const) : undefined };
}

const isIn = ({ since = 0, before = Infinity }: Span, entry: Entry) => {
	const { since: changed } = lastState(entry);
	return changed >= since && changed < before;
};

/** TW took it and it is not completed: as far as the register knows, TW has failed it, too, if that may not be final. */
function shownState(entry: Entry): ShownState {
	if (entry.state !== 'accepted') return entry.state;
	const { status } = lastState(entry);
	const phase = status === undefined ? 'running' : phaseOf(status);
	return phase === 'running' ? 'accepted' : phase;
}

const isFailed = (entry: Entry) => shownState(entry) === 'failed';

const textOrUndefined = z.string().optional().catch(undefined);
/** The members of an entry's answer that are shown. */
const shown = z.object({ product: textOrUndefined, reason: textOrUndefined });

/** Only what is known: a table has no empty columns then. */
function asItem(entry: Entry, words: string | undefined): JsonObject {
	const { name: no, at, execution, answer } = entry;
	const { product: channel } = shown.parse(answer ?? {});
	const reason = reasonFor(entry, words);
	const requestId = recallTicket(no, answer)?.requestId;
	return {
		...{ no, state: shownState(entry) },
		...(reason ? { reason } : {}),
		...(channel ? { channel } : {}),
		sent_at: new Date(at).toISOString(),
		changed_at: new Date(lastState(entry).since).toISOString(),
		execution,
		...(requestId ? { request_id: requestId } : {}),
	};
}

const UNKNOWN = 'The answer was lost: the order may exist at TW';

/** @param words what TW says now of a failed order; the register does not keep that, since it may name people */
function reasonFor(entry: Entry, words = ''): string | undefined {
	if (entry.state === 'unknown') return UNKNOWN;
	if (!isFailed(entry)) return undefined;
	const { reason } = shown.parse(entry.answer ?? {});
	// TW's refusal of a request has an HTTP status, and a code of another list
	const code = Number(/^\w+, code (-\d+)$/.exec(reason ?? '')?.[1] ?? lastState(entry).status);
	const isState = orderStates[code] !== undefined || entry.state === 'accepted';
	if (!isState) return reason;
	const state = stateText(code);
	const told = words === '' || words === state ? '' : `: ${words}`;
	// Its number is kept until TW has failed it for good
	const isOpen = entry.state === 'accepted' ? '; TW may still complete it' : '';
	return `${state} (${code})${told}${isOpen}`;
}
