/**
 * Creates orders without ever sending one twice on our own account.
 *
 * TW gives no idempotency key, so the rules are these: a request that never left, or that TW
 * answered with 429, is sent again; after 503 TW is asked first whether it has the order; after any
 * other break the order is looked up and never sent again. What can't be known is reported as unknown.
 */
import { Deadline } from '../deadline';
import { waitFor } from '../delivery';
import {
	asFault,
	CancelledFault,
	Fault,
	leavesOutcomeOpen,
	UnavailableFault,
	UnknownOutcomeFault,
	ValidationFault,
} from '../errors';
import { fingerprint, type Ledger, type Send } from '../ledger';
import type { TwClient } from './client';
import { type AcceptedTicket, readForecast } from './forecast';
import { findOrder, type FoundOrder } from './order-info';
import { boxCount, type Ticket } from './ticket';

/** What became of one ticket. */
export type Placed =
	/** TW took it, in this try or in an earlier one of this execution. */
	| { how: 'accepted'; ticket: AcceptedTicket; remark?: string }
	/** TW already showed an order of this number; it was found, not sent. */
	| { how: 'existing'; order: FoundOrder; remark: string }
	/** It was sent, the answer was lost, and TW shows it. */
	| { how: 'recovered'; order: FoundOrder; remark: string };

export interface CreateOptions {
	ledger: Ledger;
	deadline: Deadline;
	signal?: AbortSignal | undefined;
	/** Ask orderInfo before sending, for every order. */
	checkFirst: boolean;
}

/** A look-up after a lost answer has time of its own: it is what keeps the outcome from being unknown. */
const LOOK_UP_MS = 10_000;
/** TW may show a new order only after a moment, so a look-up that finds nothing is repeated once. */
const SECOND_LOOK_AFTER_MS = 2_000;
const MAX_SENDS_AFTER_503 = 3;

/** Ledger key of an order. */
export const orderKey = (no: string): string => `order:${no}`;

/**
 * Places tickets, all that need sending in one request.
 *
 * @returns per ticket, in their order, what became of it or the fault that kept it from being placed
 */
export async function createOrders(
	client: TwClient,
	tickets: readonly Ticket[],
	options: CreateOptions,
): Promise<Array<Placed | Fault>> {
	const results = new Map<string, Placed | Fault>();
	const toSend: Ticket[] = [];
	const remarks = new Map<string, string>();
	for (const ticket of tickets) {
		const known = await settleWithoutSending(client, ticket, options);
		if (known.settled) results.set(ticket.no, known.settled);
		else toSend.push(ticket);
		if (known.remark) remarks.set(ticket.no, known.remark);
	}
	if (toSend.length > 0) {
		for (const [no, result] of await send(client, toSend, options)) results.set(no, result);
	}
	return tickets.map(({ no }) => withRemark(results.get(no)!, remarks.get(no)));
}

function withRemark(result: Placed | Fault, remark: string | undefined): Placed | Fault {
	return remark && !(result instanceof Fault) ? { remark, ...result } : result;
}

/** What is known of a ticket before sending: from the ledger, or from TW where it is to be asked first. */
async function settleWithoutSending(
	client: TwClient,
	ticket: Ticket,
	options: CreateOptions,
): Promise<{ settled?: Placed | Fault; remark?: string }> {
	if (options.signal?.aborted) return { settled: new CancelledFault() };
	const earlier = options.ledger.get(orderKey(ticket.no));
	if (earlier) {
		if (earlier.body !== bodyOf(ticket)) return { settled: changedSince(ticket.no) };
		if (earlier.answer) {
			return {
				settled: { how: 'accepted', ticket: earlier.answer as unknown as AcceptedTicket },
			};
		}
		return { settled: await lookUpAfterLoss(client, ticket, options, lostEarlier(ticket.no)) };
	}
	if (!options.checkFirst) return {};
	const look = await lookUp(client, ticket.no, options);
	if (look.fault) return { settled: notChecked(ticket.no, look.fault) };
	if (look.order) {
		return {
			settled: { how: 'existing', order: look.order, remark: remarkOn(ticket, look.order) },
		};
	}
	return look.removed ? { remark: look.removed } : {};
}

async function send(
	client: TwClient,
	tickets: readonly Ticket[],
	options: CreateOptions,
): Promise<Map<string, Placed | Fault>> {
	const results = new Map<string, Placed | Fault>();
	let pending = [...tickets];
	for (let sends = 1; pending.length > 0; sends++) {
		for (const ticket of pending) note(options.ledger, ticket, 'sending');
		try {
			const numbers = pending.map((ticket) => ticket.no);
			const data = await client.call(
				'orderForecast',
				{ tickets: pending },
				{ rule: 'write', deadline: options.deadline, signal: options.signal },
			);
			const accepted = readForecast(data, numbers);
			for (const ticket of pending) {
				const mine = accepted.find((one) => one.no === ticket.no);
				if (mine) {
					note(options.ledger, ticket, 'accepted', mine);
					results.set(ticket.no, { how: 'accepted', ticket: mine });
				} else {
					results.set(
						ticket.no,
						await lookUpAfterLoss(client, ticket, options, withoutRequestId(ticket.no)),
					);
				}
			}
			return results;
		} catch (error) {
			const fault = asFault(error);
			const stillOpen: Ticket[] = [];
			for (const ticket of pending) {
				const settled = await settleFailedSend(client, ticket, options, fault);
				if (settled === 'may-be-sent-again' && sends < MAX_SENDS_AFTER_503) stillOpen.push(ticket);
				else results.set(ticket.no, settled === 'may-be-sent-again' ? fault : settled);
			}
			pending = stillOpen;
			if (pending.length > 0)
				await waitFor(fault.facts.retryAfterMs ?? 500 * 2 ** sends, options.signal);
		}
	}
	return results;
}

/** After a failed send: certain that nothing happened, found at TW, sendable again (503), or unknown. */
async function settleFailedSend(
	client: TwClient,
	ticket: Ticket,
	options: CreateOptions,
	fault: Fault,
): Promise<Placed | Fault | 'may-be-sent-again'> {
	if (!leavesOutcomeOpen(fault)) {
		options.ledger.forget(orderKey(ticket.no));
		return fault;
	}
	if (!(fault instanceof UnavailableFault) || fault.facts.httpStatus !== 503) {
		return await lookUpAfterLoss(client, ticket, options, fault);
	}
	const look = await lookUp(client, ticket.no);
	if (look.order) return recovered(ticket, look.order);
	if (look.fault) return unknown(ticket, options.ledger, fault);
	options.ledger.forget(orderKey(ticket.no));
	const inTime = options.deadline.allows(fault.facts.retryAfterMs ?? 0);
	return inTime && !options.signal?.aborted ? 'may-be-sent-again' : fault;
}

async function lookUpAfterLoss(
	client: TwClient,
	ticket: Ticket,
	{ ledger, signal }: CreateOptions,
	reason: Fault,
): Promise<Placed | Fault> {
	note(ledger, ticket, 'unknown');
	let look = await lookUp(client, ticket.no);
	if (!look.order && !look.fault && !signal?.aborted) {
		await waitFor(SECOND_LOOK_AFTER_MS, undefined);
		look = await lookUp(client, ticket.no);
	}
	return look.order
		? recovered(ticket, look.order)
		: unknown(ticket, ledger, reason, look.removed ?? look.fault?.message);
}

/**
 * What orderInfo says of a number: an order, nothing, or no answer. A deleted order counts as
 * nothing, and is said: its number is no proof of a new one.
 */
async function lookUp(
	client: TwClient,
	no: string,
	// After a loss it is not given up on cancel: it is what tells whether the order exists.
	limits: Pick<CreateOptions, 'deadline' | 'signal'> = { deadline: Deadline.in(LOOK_UP_MS) },
): Promise<{ order?: FoundOrder; removed?: string; fault?: Fault }> {
	try {
		const order = await findOrder(client, no, limits);
		if (!order) return {};
		const { removed_at: removedAt } = order.info;
		return removedAt
			? { removed: `TW shows an order of this number that was deleted at ${removedAt}.` }
			: { order };
	} catch (error) {
		return { fault: asFault(error) };
	}
}

const recovered = (ticket: Ticket, order: FoundOrder): Placed => ({
	how: 'recovered',
	order,
	remark: remarkOn(ticket, order),
});

function remarkOn(ticket: Ticket, { info }: FoundOrder): string {
	const remark = 'Matched by order number only; TW does not show what else the order was made of.';
	const theirs = info.practical_boxes_number;
	const ours = boxCount(ticket);
	return typeof theirs === 'number' && theirs !== ours
		? `${remark} TW has ${theirs} box(es), this item has ${ours}.`
		: remark;
}

function note(ledger: Ledger, ticket: Ticket, state: Send['state'], answer?: AcceptedTicket): void {
	ledger.set(orderKey(ticket.no), {
		body: bodyOf(ticket),
		state,
		...(answer ? { answer: { ...answer } } : {}),
	});
}

/** What makes two tickets the same order. */
export function bodyOf(ticket: Ticket): string {
	return fingerprint(JSON.stringify(ticket));
}

function unknown(
	ticket: Ticket,
	ledger: Ledger,
	reason: Fault,
	finding = 'TW does not show it.',
): UnknownOutcomeFault {
	note(ledger, ticket, 'unknown');
	const { no } = ticket;
	return new UnknownOutcomeFault(
		`It is unknown whether TW created order ${no}: ${reason.message}`,
		`${finding} The order was not sent again. Look up order ${no} with 'Get' in a few minutes: if TW shows it, it exists; if it stays missing, run this item again with 'Check for Existing Order First' on.`,
		reason.facts,
	);
}

const lostEarlier = (no: string): Fault =>
	new UnknownOutcomeFault(
		`an earlier try of this execution sent order ${no} and did not learn what became of it`,
		'',
	);

const withoutRequestId = (no: string): Fault =>
	new UnknownOutcomeFault(`TW's answer does not mention order ${no}`, '');

const changedSince = (no: string): Fault =>
	new ValidationFault(
		`Order ${no} was already sent in this execution with other contents`,
		'Order Number',
		'It was not sent again. Use another order number, or delete the order at TW first and start a new execution.',
	);

const notChecked = (no: string, fault: Fault): Fault =>
	fault instanceof CancelledFault
		? fault
		: fault.rephrased(
				`Order ${no} was not sent, because the check for an existing order did not succeed: ${fault.message}`,
			);
