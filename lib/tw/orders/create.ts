/** Creates orders, each sent once by lib/once, several of them in one request. */
import { errorsText } from '../../base/json';
import { lookUpLimits } from '../../base/delivery';
import { asFault, BadAnswerFault, CancelledFault, Fault } from '../../base/errors';
import { BusyFault } from '../../once/claim';
import { conclude, failed, prepare, record, type Reply } from '../../once/once';
import { preview } from '../../once/preview';
import type { Delivered, SendOptions } from '../../once/send';
import { settleLost } from '../../once/settle';
import type { Entry, Held } from '../../register/register';
import type { TwClient } from '../wire/client';
import { joined, wasNotDone } from '../writes/policy';
import { asRefusalOf, orderFailed, OrderFailedFault, refusedOrder, sentAs } from './failed';
import { type AcceptedTicket, type AnsweredTicket, readForecast, recallTicket } from './forecast';
import { findOrder, type FoundOrder } from './info';
import {
	type Contents,
	errorsBeside,
	type Order,
	orderOf,
	type Placed,
	remarkOn,
	noLongerShown,
	unreadOrder,
	withoutRequestId,
} from './order';
import type { OpenTicket, Ticket } from './ticket';
import { FAILED_FOR_SURE, phaseOf } from '../wire/states';
import { checkOrder, waitForCompletion } from './wait';

/** An order that we may send. */
interface Claimed extends Order {
	held: Held;
}

/** How orders are sent, and by number what of a shop's order is in each. */
export interface OrderOptions extends SendOptions {
	contents?: ReadonlyMap<string, Contents> | undefined;
}

type Outcome = Delivered<AcceptedTicket, FoundOrder> | Fault;

/** What became of orders, by number. */
type Results = Map<string, Placed | Fault>;

/**
 * Places tickets, all that need sending in one request.
 *
 * @param sameAs what makes a ticket the same order as an earlier one, if not all of it
 * @returns per ticket, in their order, what became of it or the fault that kept it from being placed
 */
export async function createOrders(
	client: TwClient,
	tickets: readonly Ticket[],
	options: OrderOptions,
	sameAs?: object,
): Promise<Array<Placed | Fault>> {
	const { contents } = options;
	const orders = tickets.map((ticket) => orderOf(client, ticket, sameAs, contents?.get(ticket.no)));
	if (client.isDry) return await showOrders(client, orders, options);
	const results: Results = new Map();
	await place(client, orders, { ...options, waits: orders.length === 1 }, results);
	// What another execution was sending is waited for by an order that holds no other: two batches that overlap
	// would wait for each other
	const busy = orders.filter(({ ticket }) => results.get(ticket.no) instanceof BusyFault);
	if (orders.length > 1) {
		const waiting = { ...options, hasWaited: true };
		await Promise.all(busy.map(async (order) => await place(client, [order], waiting, results)));
	}
	return tickets.map(({ no }) => results.get(no)!);
}

/** Claims orders, and sends in one request those that it gets. */
async function place(
	client: TwClient,
	orders: readonly Order[],
	options: OrderOptions,
	results: Results,
): Promise<void> {
	const remarks = new Map<string, string>();
	const claimed = await Promise.all(
		orders.map(async (order) => {
			const { no } = order.ticket;
			const ready = await prepare(order, options).catch((error) => ({ done: asFault(error) }));
			// Before the others are sent, which may use up the time
			if ('done' in ready) results.set(no, await placedBy(client, order, ready.done, options));
			else if (ready.remark) remarks.set(no, ready.remark);
			return 'held' in ready ? [{ ...order, held: ready.held }] : [];
		}),
	);
	await send(client, claimed.flat(), options, results);
	for (const [no, remark] of remarks) results.set(no, withRemark(results.get(no)!, remark));
}

/**
 * For a dry run: the request that would leave, the same for all orders that would be sent. One that was
 * sent before is shown as it would leave alone.
 */
async function showOrders(
	client: TwClient,
	orders: readonly Order[],
	options: OrderOptions,
): Promise<Placed[]> {
	const previews = await Promise.all(orders.map(async (order) => await preview(order, options)));
	const isSent = (i: number) => previews[i]!.would === 'send';
	const show = (some: readonly Order[]) => client.show('orderForecast', bodyOf(some));
	const together = orders.filter((_order, i) => isSent(i));
	return orders.map((order, i) => {
		const asked = isSent(i) && options.checkFirst ? `${ASKED_FIRST} ` : '';
		const register = { ...previews[i]!, says: asked + previews[i]!.says };
		return { how: 'preview', request: show(isSent(i) ? together : [order]), register };
	});
}

const ASKED_FIRST = 'TW would be asked first whether it has the order.';

async function send(
	client: TwClient,
	orders: readonly Claimed[],
	options: OrderOptions,
	results: Results,
): Promise<void> {
	let pending = [...orders];
	for (let sends = 1; pending.length > 0; sends++) {
		const answer = await forecast(client, pending, options);
		const { refusal, tickets } = answer;
		const isNoneTaken = !tickets.some(({ requestId }) => requestId !== undefined);
		if (sends === 1 && pending.length > 1 && isNoneTaken && wasRefused(refusal)) {
			await sendOneByOne(client, pending, refusal, options, results);
			return;
		}
		const open = pending.map(async (order) => {
			const reply = await replyTo(client, order, answer, options);
			const outcome = await conclude(order, order.held, reply, sends, options);
			if (outcome === 'resend') return [order];
			results.set(order.ticket.no, await placedBy(client, order, outcome, options));
			return [];
		});
		pending = (await Promise.all(open)).flat();
	}
}

/** TW read the batch and refused it; unlike a TW that can't be reached, or does not know the account. */
const wasRefused = (fault: Fault | undefined): fault is Fault =>
	fault?.kind === 'refused' && wasNotDone(fault);

/**
 * Sends the orders of a refused batch one by one, for an answer to each. No page says that TW made none of
 * them, so each is looked up first.
 */
async function sendOneByOne(
	client: TwClient,
	orders: readonly Claimed[],
	refusal: Fault,
	options: OrderOptions,
	results: Results,
): Promise<void> {
	const looks = await Promise.all(
		orders.map(async (order) => await settleLost(order, options.limits)),
	);
	for (const [i, order] of orders.entries()) {
		const { no } = order.ticket;
		const look = looks[i]!;
		if (look.how === 'found' || !look.isMissing) {
			const outcome = await record(order, order.held, look, refusal);
			results.set(no, await placedBy(client, order, outcome, options));
		} else if (options.limits.signal?.aborted) {
			results.set(no, await failed(order, order.held, new CancelledFault()));
		} else {
			await send(client, [order], options, results);
		}
	}
}

/**
 * What TW's answer to a send means for one of its orders.
 *
 * An acceptance names the order by its number, with a request_id and neither errors nor a state of failure; below HTTP
 * 400 whatever the code beside it, since that is the side on which nothing is doubled. Of any other request_id TW is
 * asked what became of it.
 */
async function replyTo(
	client: TwClient,
	{ ticket: sent }: Order,
	{ tickets, refusal }: Answer,
	{ limits: { pace } }: OrderOptions,
): Promise<Reply<AcceptedTicket>> {
	const { no } = sent;
	const said = tickets.find((one) => one.no === no);
	const unclear = { fault: refusal ?? withoutRequestId(no) };
	if (!said) return unclear;
	const { requestId, status, isNamed } = said;
	const errors = said.errors || (refusal?.facts.errors ?? '');
	const hasFailed = status !== undefined && phaseOf(status) === 'failed';
	const isHttpRefusal = (refusal?.facts.httpStatus ?? 0) >= 400;
	const handle = { no, requestId: requestId ?? no, ...sentAs(sent) };
	const failure = hasFailed
		? orderFailed(handle, { status, errors })
		: refusedOrder(no, sentAs(sent), refusal?.facts.vendorMessage, said.errors);
	if (requestId === undefined) return { refused: failure };
	if (isHttpRefusal) return wasNotDone(refusal!) && isNamed ? { refused: refusal! } : unclear;
	const ticket = { no, requestId, ...sentAs(sent), status, errors };
	if (isNamed && !hasFailed && errors === '') return { accepted: ticket };
	if (isNamed && status === FAILED_FOR_SURE) return { failed: failure };
	try {
		// With time of its own, and not ended by a cancel: TW may have taken the order
		const within = lookUpLimits({ pace });
		if (!isNamed && (await checkOrder(client, requestId, within)).state.no !== no) return unclear;
		const state = await waitForCompletion(client, handle, within, 'running');
		const saysNow = errorsText(state.errors) || errors;
		return { accepted: { ...ticket, status: state.status, errors: saysNow } };
	} catch (error) {
		const fault = asFault(error);
		if (fault instanceof OrderFailedFault) {
			return fault.isCertain ? { failed: fault } : { accepted: ticket };
		}
		if (!isNamed) return unclear;
		if (refusal && !(refusal instanceof BadAnswerFault)) return { refused: failure };
		return hasFailed ? { accepted: ticket } : { fault: errorsBeside(no, errors) };
	}
}

/** TW's answer, and the fault if it was no success. */
interface Answer {
	tickets: AnsweredTicket[];
	refusal?: Fault;
}

const bodyOf = (orders: readonly Order[]) =>
	`{"tickets":[${orders.map(({ json }) => json).join(',')}]}`;

async function forecast(
	client: TwClient,
	orders: readonly Order[],
	{ limits }: OrderOptions,
): Promise<Answer> {
	const numbers = orders.map(({ ticket }) => ticket.no);
	try {
		const data = await client.call('orderForecast', bodyOf(orders), { rule: 'write', ...limits });
		return { tickets: readForecast(data, numbers) };
	} catch (error) {
		const fault = asFault(error);
		const [{ ticket }] = orders as [Order];
		const refusal = orders.length === 1 ? asRefusalOf(ticket.no, sentAs(ticket), fault) : fault;
		return { tickets: readForecast(refusal.facts.data, numbers), refusal };
	}
}

async function placedBy(
	client: TwClient,
	{ ticket }: Order,
	outcome: Outcome,
	options: OrderOptions,
): Promise<Placed | Fault> {
	if (outcome instanceof Fault) return outcome;
	const { how, remark } = outcome;
	switch (how) {
		case 'sent':
			return { how: 'accepted', ticket: outcome.answer, ...(remark ? { remark } : {}) };
		case 'sent-before':
			return await placedByEntry(client, ticket, outcome.entry, options);
		case 'existing':
		case 'recovered': {
			const { found: order } = outcome;
			const after = how === 'recovered' ? afterRefusal(outcome.reason) : '';
			return withRemark({ how, order, remark: `${after}${remarkOn(ticket, order)}` }, remark);
		}
	}
}

/**
 * What became of an order that was sent before, whatever its channel.
 *
 * @returns undefined if nobody has sent it, or it can be sent again
 */
export async function placedBefore(
	client: TwClient,
	ticket: OpenTicket,
	options: OrderOptions,
): Promise<Placed | Fault | undefined> {
	const order = orderOf(client, ticket as Ticket, ticket, options.contents?.get(ticket.no));
	const standing = await options.register.find(order.key);
	if (!standing || standing.state === 'failed') return undefined;
	const ready = await prepare(order, options);
	if ('done' in ready) return await placedBy(client, order, ready.done, options);
	await ready.held.release();
	return undefined;
}

/** Followed by its request_id, or looked up by its number if TW's answer with the request_id was lost. */
async function placedByEntry(
	client: TwClient,
	ticket: Ticket,
	entry: Entry,
	{ limits }: OrderOptions,
): Promise<Placed | Fault> {
	const { no } = ticket;
	const known = recallTicket(no, entry.answer);
	if (known) {
		// Another channel may have been the cheapest then
		const earlier = { ...sentAs(ticket), ...known };
		return { how: 'accepted', sentBefore: entry.execution !== '', ticket: earlier };
	}
	try {
		const found = await findOrder(client, no, limits);
		if (found) return { how: 'existing', order: found, remark: remarkOn(ticket, found) };
		return noLongerShown(no, entry);
	} catch (error) {
		return unreadOrder(no, asFault(error));
	}
}

/** TW refused it and yet shows an order of this number: the user should know both. */
const afterRefusal = ({ kind, message }: Fault) =>
	kind === 'refused' ? `${message}. Yet TW shows an order of this number. ` : '';

function withRemark(result: Placed | Fault, remark: string | undefined): Placed | Fault {
	if (!remark || result instanceof Fault) return result;
	return { ...result, remark: joined(remark, result.remark) };
}
