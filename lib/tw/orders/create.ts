/**
 * Creates orders without ever sending one twice on our own account.
 *
 * TW gives no idempotency key. So each number is claimed before it is sent (../writes/claim.ts;
 * standing.ts says what becomes of one that was sent before), a failed send is settled by
 * ../writes/settle.ts, and what can't be known is reported as unknown.
 */
import { DryRunFault } from '../../base/dry-run';
import { asFault, CancelledFault, Fault } from '../../base/errors';
import type { Held } from '../../operation/needs';
import type { TwClient } from '../wire/client';
import { reasonOf, recorded } from '../../once/recorded';
import { claimWrite, foresee } from '../writes/claim';
import { settleLoss, type Settled, settleWrite, wasNotDone } from '../writes/settle';
import { type ForecastAnswer, readForecast, type RefusedTicket } from './forecast';
import type { FoundOrder } from './info';
import { lookUp, remarkOn } from './look-up';
import { type CreateOptions, type Order, orderOf, type Placed } from './order';
import { settleStanding } from './standing';
import type { Ticket } from './ticket';
import { orderFailed } from './wait';
import { notChecked, refusedOrder, unknownOrder, withoutRequestId } from './words';

/** An order whose number is ours to send. */
interface Claimed extends Order {
	held: Held;
}

/** What became of orders, by number. */
type Results = Map<string, Placed | Fault>;

/**
 * Places tickets, all that need sending in one request.
 *
 * @returns per ticket, in their order, what became of it or the fault that kept it from being placed;
 * if the client is for a dry run, a {@link DryRunFault}
 */
export async function createOrders(
	client: TwClient,
	tickets: readonly Ticket[],
	options: CreateOptions,
): Promise<Array<Placed | Fault>> {
	const results: Results = new Map();
	const remarks = new Map<string, string>();
	const orders = tickets.map((ticket) => orderOf(client, ticket, options));
	if (client.isDry) return await showOrders(client, orders, options);
	const claimed = await Promise.all(
		orders.map(async (order) => {
			const { no } = order.ticket;
			const ready = await readyToSend(client, order, options);
			if ('remark' in ready && ready.remark) remarks.set(no, ready.remark);
			if ('held' in ready) return { held: ready.held, ...order };
			results.set(no, ready.settled);
			return undefined;
		}),
	);
	const toSend = claimed.filter((order) => order !== undefined);
	await send(client, toSend, options, results);
	return tickets.map(({ no }) => withRemark(results.get(no)!, remarks.get(no)));
}

/**
 * For a dry run: the request that would leave, the same for all orders that would be sent. One that was
 * sent before is shown as it would leave alone.
 */
async function showOrders(
	client: TwClient,
	orders: readonly Order[],
	options: CreateOptions,
): Promise<Fault[]> {
	const registers = await Promise.all(orders.map(async ({ mark }) => await foresee(mark, options)));
	const isSent = (i: number) => registers[i]!.would === 'send';
	const show = async (some: readonly Order[]) =>
		asFault((await forecast(client, some, options)).refusal);
	const together = await show(orders.filter((_order, i) => isSent(i)));
	return await Promise.all(
		orders.map(async (order, i) => {
			const shown = isSent(i) ? together : await show([order]);
			if (!(shown instanceof DryRunFault)) return shown;
			const says = isSent(i) && options.checkFirst ? `${ASKED_FIRST} ` : '';
			const register = { ...registers[i]!, says: `${says}${registers[i]!.says}` };
			return shown.with({ no: order.ticket.no, register });
		}),
	);
}

const ASKED_FIRST = 'TW would be asked first whether it has the order.';

/** Claims a number and, where TW is to be asked first, asks. */
async function readyToSend(
	client: TwClient,
	order: Order,
	options: CreateOptions,
): Promise<{ held: Held; remark?: string } | { settled: Placed | Fault }> {
	if (options.limits.signal?.aborted) return { settled: new CancelledFault() };
	try {
		const claim = await claimWrite(order.mark, options, options.limits);
		if ('fault' in claim) return { settled: claim.fault };
		if ('standing' in claim) {
			return { settled: await settleStanding(client, order, claim.standing, options) };
		}
		return options.checkFirst ? await checked(client, order, claim.held, options) : claim;
	} catch (error) {
		return { settled: asFault(error) };
	}
}

async function checked(
	client: TwClient,
	{ ticket }: Order,
	held: Held,
	options: CreateOptions,
): Promise<{ held: Held; remark?: string } | { settled: Placed | Fault }> {
	try {
		const answer = await lookUp(client, ticket)(options.limits);
		if ('found' in answer) {
			const { found: order } = answer;
			const known: Placed = { how: 'existing', order, remark: remarkOn(ticket, order) };
			return { settled: withRemark(known, await recorded(held.settle('accepted'))) };
		}
		return 'missing' in answer && answer.remark ? { held, remark: answer.remark } : { held };
	} catch (error) {
		return { settled: await failed({ held }, notChecked(ticket.no, asFault(error))) };
	}
}

async function send(
	client: TwClient,
	orders: readonly Claimed[],
	options: CreateOptions,
	results: Results,
): Promise<void> {
	let pending = [...orders];
	for (let sends = 1; pending.length > 0; sends++) {
		const answer = await forecast(client, pending, options);
		const { refusal } = answer;
		const named = new Set(answer.accepted.map(({ no }) => no));
		if (sends === 1 && pending.length > 1 && named.size === 0 && refusal && wasRefused(refusal)) {
			await sendOneByOne(client, pending, refusal, options, results);
			return;
		}
		const settled = await Promise.all(
			pending.map(async (order) => await settleAnswer(client, order, answer, options, sends)),
		);
		pending = pending.filter(({ ticket }, i) => {
			const outcome = settled[i]!;
			if (outcome === 'send-again') return true;
			results.set(ticket.no, outcome);
			return false;
		});
	}
}

/** TW read the batch and said no; not that it could not be reached, or does not know the account. */
const wasRefused = (fault: Fault) => fault.kind === 'refused' && wasNotDone(fault);

/**
 * After a refused batch each order gets an answer of its own. No page says that nothing of a refused
 * batch was made, so each is looked up before it is sent alone.
 */
async function sendOneByOne(
	client: TwClient,
	orders: readonly Claimed[],
	refusal: Fault,
	options: CreateOptions,
	results: Results,
): Promise<void> {
	const looks = await Promise.all(
		orders.map(async ({ ticket }) => await settleLoss(lookUp(client, ticket), options.limits)),
	);
	for (const [i, order] of orders.entries()) {
		const { no } = order.ticket;
		const look = looks[i]!;
		if (look.how === 'found' || !look.isMissing) {
			results.set(no, await resultOf(order, look, refusal));
		} else if (options.limits.signal?.aborted) {
			results.set(no, await failed(order, new CancelledFault()));
		} else {
			await send(client, [order], options, results);
		}
	}
}

/** What TW's answer to a send means for one of its orders. */
async function settleAnswer(
	client: TwClient,
	order: Claimed,
	answer: Answer,
	{ limits }: CreateOptions,
	sends: number,
): Promise<Placed | Fault | 'send-again'> {
	const { no } = order.ticket;
	const ticket = answer.accepted.find((one) => one.no === no);
	if (ticket) {
		const { product } = order.ticket;
		return await placed(order, { how: 'accepted', ticket }, { product, ...ticket });
	}
	const ask = lookUp(client, order.ticket);
	const refused = answer.refused.find((one) => one.no === no);
	if (refused) {
		const words = refusalOf(refused);
		const look = await settleLoss(ask, { looks: 1, ...limits });
		// After a 503 a refusal may mean that the earlier send was carried out
		if (sends === 1 && look.how === 'unknown' && look.isMissing) return await failed(order, words);
		if (look.how === 'unknown') return await resultOf(order, look, words);
		const finding =
			'TW shows an order of this number: this send has made it, or another one before.';
		return await resultOf(order, { how: 'unknown', finding, isMissing: false }, words);
	}
	const { refusal } = answer;
	if (!refusal) {
		return await resultOf(order, await settleLoss(ask, limits), withoutRequestId(no));
	}
	const settled = await settleWrite(refusal, ask, { sends, ...limits });
	return settled.how === 'send-again' ? settled.how : await resultOf(order, settled, refusal);
}

/** TW's word on one order: the state it gives, or its errors. */
const refusalOf = ({ no, status, errors }: RefusedTicket): Fault =>
	status === undefined ? refusedOrder(no, errors) : orderFailed({ no, status, errors }, no);

/** What TW answered: whom it took, whom it named as refused, and the fault if it was no success. */
interface Answer extends ForecastAnswer {
	refusal?: Fault;
}

async function forecast(
	client: TwClient,
	orders: readonly Order[],
	{ limits }: CreateOptions,
): Promise<Answer> {
	const body = `{"tickets":[${orders.map(({ json }) => json).join(',')}]}`;
	const numbers = orders.map(({ ticket }) => ticket.no);
	try {
		const data = await client.call('orderForecast', body, { rule: 'write', ...limits });
		return readForecast(data, numbers);
	} catch (error) {
		const refusal = asFault(error);
		// A request_id says that TW took the order, whatever the code beside it
		return { ...readForecast(refusal.facts.data, numbers), refusal };
	}
}

/** What a settled send is to the user; the register is brought in line. */
async function resultOf(
	order: Claimed,
	settled: Exclude<Settled<FoundOrder>, { how: 'send-again' }>,
	reason: Fault,
): Promise<Placed | Fault> {
	const { ticket, held } = order;
	switch (settled.how) {
		case 'found': {
			const { found } = settled;
			return await placed(order, {
				how: 'recovered',
				order: found,
				remark: `${afterRefusal(reason)}${remarkOn(ticket, found)}`,
			});
		}
		case 'unknown':
			// If this can't be recorded the claim stands, which says the same
			await recorded(held.settle('unknown'));
			return unknownOrder(ticket.no, reason, settled.finding);
		case 'failed':
			return await failed(order, settled.fault);
	}
}

/** TW said no, and has an order of this number: the user should know both. */
const afterRefusal = ({ kind, message }: Fault) =>
	kind === 'refused' ? `${message}. Yet TW shows an order of this number. ` : '';

async function placed(
	{ held }: Claimed,
	what: Placed,
	answer?: Record<string, unknown>,
): Promise<Placed> {
	const remark = await recorded(held.settle('accepted', answer));
	return remark ? withRemark(what, remark) : what;
}

async function failed({ held }: Pick<Claimed, 'held'>, fault: Fault): Promise<Fault> {
	const isSent = !(fault instanceof CancelledFault);
	const gone = isSent ? held.settle('failed', { reason: reasonOf(fault) }) : held.release();
	const remark = await recorded(gone);
	return remark ? fault.rephrased(fault.message, `${fault.advice} ${remark}`) : fault;
}

function withRemark<Result extends Placed | Fault>(result: Result, remark: string | undefined) {
	if (!remark || result instanceof Fault) return result;
	return { ...result, remark: result.remark ? `${remark} ${result.remark}` : remark };
}
