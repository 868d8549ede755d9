/**
 * Creates orders without ever sending one twice on our own account.
 *
 * TW gives no idempotency key. So what this execution has sent is kept in a ledger, a failed send is
 * settled by settle-write.ts, and what can't be known is reported as unknown.
 */
import type { Deadline } from '../deadline';
import {
	asFault,
	CancelledFault,
	Fault,
	RefusedFault,
	UnknownOutcomeFault,
	ValidationFault,
} from '../errors';
import { fingerprint, type Ledger, type Send, type SendState } from '../ledger';
import { serialise } from '../safe-json';
import type { TwClient } from './client';
import { type AcceptedTicket, type ForecastAnswer, readForecast } from './forecast';
import { findOrder, type FoundOrder } from './order-info';
import { type LookUp, settleLoss, type Settled, settleWrite } from './settle-write';
import { boxCount, type Ticket } from './ticket';
import { orderFailed } from './wait-for-order';

/** What became of one ticket. */
export type Placed = (
	| /** TW took it, in this try or in an earlier one of this execution. */
	  { how: 'accepted'; ticket: AcceptedTicket }
	  /** TW already showed an order of this number; it was found, not sent. */
	| { how: 'existing'; order: FoundOrder }
	/** It was sent, the answer was lost, and TW shows it. */
	| { how: 'recovered'; order: FoundOrder }
) & {
	/** What the user should know about it. */
	remark?: string;
};

export interface CreateOptions {
	ledger: Ledger;
	deadline: Deadline;
	signal?: AbortSignal | undefined;
	/** Ask orderInfo before sending, for every order. */
	checkFirst: boolean;
}

/** A ticket on its way. */
interface Order {
	ticket: Ticket;
	/** Its place in the ledger. */
	key: string;
	/** The ticket as it goes out: serialised once, for the wire and for its fingerprint. */
	json: string;
	/** What makes two tickets the same order. */
	fingerprint: string;
}

function orderOf(ticket: Ticket): Order {
	const json = serialise(ticket);
	return { ticket, key: `order:${ticket.no}`, json, fingerprint: fingerprint(json) };
}

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
	const toSend: Order[] = [];
	const remarks = new Map<string, string>();
	for (const order of tickets.map(orderOf)) {
		const { no } = order.ticket;
		if (isNew(order, options)) {
			toSend.push(order);
			continue;
		}
		const known = await settleWithoutSending(client, order, options);
		if (known.settled) results.set(no, known.settled);
		else toSend.push(order);
		if (known.remark) remarks.set(no, known.remark);
	}
	if (toSend.length > 0) {
		for (const [no, result] of await send(client, toSend, options)) results.set(no, result);
	}
	return tickets.map(({ no }) => withRemark(results.get(no)!, remarks.get(no)));
}

/** Whether there is nothing to find out before sending. */
function isNew({ key }: Order, { signal, ledger, checkFirst }: CreateOptions): boolean {
	return !signal?.aborted && !checkFirst && !ledger.get(key);
}

/** What is known of a ticket before sending: from the ledger, or from TW where it is to be asked first. */
async function settleWithoutSending(
	client: TwClient,
	order: Order,
	options: CreateOptions,
): Promise<{ settled?: Placed | Fault; remark?: string }> {
	if (options.signal?.aborted) return { settled: new CancelledFault() };
	const { ticket } = order;
	const earlier = options.ledger.get(order.key);
	if (earlier) {
		if (earlier.body !== order.fingerprint) return { settled: changedSince(ticket.no) };
		if (earlier.answer) {
			return {
				settled: { how: 'accepted', ticket: earlier.answer as unknown as AcceptedTicket },
			};
		}
		const settled = await settleLoss(lookUp(client, ticket), options);
		return { settled: result(order, options.ledger, settled, lostEarlier(ticket.no)) };
	}
	try {
		const answer = await lookUp(client, ticket)(options);
		if ('found' in answer) return { settled: existing(ticket, answer.found) };
		return 'missing' in answer && answer.remark ? { remark: answer.remark } : {};
	} catch (error) {
		return { settled: notChecked(ticket.no, asFault(error)) };
	}
}

async function send(
	client: TwClient,
	orders: readonly Order[],
	options: CreateOptions,
): Promise<Map<string, Placed | Fault>> {
	const { ledger } = options;
	const results = new Map<string, Placed | Fault>();
	let pending = [...orders];
	for (let sends = 1; pending.length > 0; sends++) {
		for (const order of pending) note(ledger, order, 'sending');
		const answer = await forecast(client, pending, options);
		if (sends === 1 && answer instanceof RefusedFault && pending.length > 1) {
			return await sendOneByOne(client, pending, options, results);
		}
		const open = pending.filter((order) => {
			const placed = accepted(order, answer, ledger);
			if (placed) results.set(order.ticket.no, placed);
			return !placed;
		});
		const settled = await Promise.all(
			open.map(async (order) => await settleAnswer(client, order, answer, options, sends)),
		);
		pending = open.filter(({ ticket }, i) => {
			const outcome = settled[i]!;
			if (outcome === 'send-again') return true;
			results.set(ticket.no, outcome);
			return false;
		});
	}
	return results;
}

/** A refused batch was not carried out, so each order gets its own answer, as if sent alone. */
async function sendOneByOne(
	client: TwClient,
	orders: readonly Order[],
	options: CreateOptions,
	results: Map<string, Placed | Fault>,
): Promise<Map<string, Placed | Fault>> {
	for (const { key } of orders) options.ledger.forget(key);
	for (const order of orders) {
		if (options.signal?.aborted) results.set(order.ticket.no, new CancelledFault());
		else for (const [no, one] of await send(client, [order], options)) results.set(no, one);
	}
	return results;
}

/** The ticket as TW took it, if the answer says so. */
function accepted(
	order: Order,
	answer: ForecastAnswer | Fault,
	ledger: Ledger,
): Placed | undefined {
	if (answer instanceof Fault) return undefined;
	const ticket = answer.accepted.find(({ no }) => no === order.ticket.no);
	if (!ticket) return undefined;
	note(ledger, order, 'accepted', ticket);
	return { how: 'accepted', ticket };
}

/** What a failed request, or an answer that does not say it was taken, means for a ticket. */
async function settleAnswer(
	client: TwClient,
	order: Order,
	answer: ForecastAnswer | Fault,
	{ ledger, deadline, signal }: CreateOptions,
	sends: number,
): Promise<Placed | Fault | 'send-again'> {
	const { ticket } = order;
	const ask = lookUp(client, ticket);
	if (answer instanceof Fault) {
		const settled = await settleWrite(answer, ask, { deadline, signal, sends });
		return settled.how === 'send-again' ? settled.how : result(order, ledger, settled, answer);
	}
	const refused = answer.refused.find(({ no }) => no === ticket.no);
	const refusal = refused && orderFailed({ ...refused, errors: refused.errors }, ticket.no);
	// After a 503 a refusal may mean that the earlier send was carried out.
	if (refusal && sends === 1) {
		ledger.forget(order.key);
		return refusal;
	}
	const settled = await settleLoss(ask, { signal });
	return result(order, ledger, settled, refusal ?? withoutRequestId(ticket.no));
}

async function forecast(
	client: TwClient,
	orders: readonly Order[],
	{ deadline, signal }: CreateOptions,
): Promise<ForecastAnswer | Fault> {
	const body = `{"tickets":[${orders.map(({ json }) => json).join(',')}]}`;
	try {
		const data = await client.call('orderForecast', body, { rule: 'write', deadline, signal });
		return readForecast(
			data,
			orders.map(({ ticket }) => ticket.no),
		);
	} catch (error) {
		return asFault(error);
	}
}

/** What a settled send is to the user; the ledger is brought in line. */
function result(
	order: Order,
	ledger: Ledger,
	settled: Exclude<Settled<FoundOrder>, { how: 'send-again' }>,
	reason: Fault,
): Placed | Fault {
	const { ticket } = order;
	switch (settled.how) {
		case 'found':
			return { how: 'recovered', order: settled.found, remark: remarkOn(ticket, settled.found) };
		case 'unknown':
			note(ledger, order, 'unknown');
			return unknownOrder(ticket.no, reason, settled.finding);
		case 'failed':
			ledger.forget(order.key);
			return settled.fault;
	}
}

/** Asks TW for an order by its number. A deleted order counts as missing, and is said. */
function lookUp(client: TwClient, { no }: Ticket) {
	return async (limits: {
		deadline: Deadline;
		signal?: AbortSignal | undefined;
	}): Promise<LookUp<FoundOrder>> => {
		const order = await findOrder(client, no, limits);
		if (!order) return { missing: true };
		const { removed_at: removedAt } = order.info;
		return removedAt
			? {
					missing: true,
					remark: `TW shows an order of this number that was deleted at ${removedAt}.`,
				}
			: { found: order };
	};
}

const existing = (ticket: Ticket, order: FoundOrder): Placed => ({
	how: 'existing',
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

function withRemark(placed: Placed | Fault, remark: string | undefined): Placed | Fault {
	return remark && !(placed instanceof Fault) ? { remark, ...placed } : placed;
}

function note(ledger: Ledger, order: Order, state: SendState, answer?: AcceptedTicket): void {
	const send: Send = { body: order.fingerprint, state };
	if (answer) send.answer = { ...answer };
	ledger.set(order.key, send);
}

const unknownOrder = (no: string, reason: Fault, finding: string) =>
	new UnknownOutcomeFault(
		`It is unknown whether TW created order ${no}: ${reason.message}`,
		`${finding} The order was not sent again. Look up order ${no} with 'Get' in a few minutes: if TW shows it, it exists; if it stays missing, run this item again with 'Check for Existing Order First' on.`,
		reason.facts,
	);

const lostEarlier = (no: string): Fault =>
	new UnknownOutcomeFault(
		`an earlier try of this execution sent order ${no} and did not learn what became of it`,
		'',
	);

const withoutRequestId = (no: string): Fault =>
	new UnknownOutcomeFault(`TW's answer gives no request_id for order ${no}`, '');

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
