/**
 * Remembers an order's facts for later webhooks, under the order and under its payments.
 *
 * Two shops of one kind may both have an order 1001, so each key holds a list: one entry for each shop. An
 * event gets what its own shop has told. Where the event or what is remembered names no shop (a body alone, an
 * order from the shop's API), the visit shows whether it is the same order; if it tells none, what is
 * remembered is taken as long as it is all there is, since most accounts have one shop. With several there, the
 * event gets nothing and is not remembered: better no visit than another customer's.
 */
import * as z from 'zod/v4';
import type { Claim, Register } from '../../register/register';
import { keyOf } from '../../once/claim';
import { isSameAddress } from '../../http/addresses';
import { isOver, type Memory, recall, remember } from '../memory';
import { DAY_MS } from '../../base/durations';
import type { ShopEvent } from '../order';
import { isStripeId } from '../stripe/values';
import {
	type Addition,
	factsOf,
	type OrderFacts,
	orderFacts,
	UNCLEAR,
	UNNAMED,
	type Unsure,
	withKnown,
} from './visit';

/** Whose memory it is, and how long it lasts. */
export interface MemoryTerms extends Pick<Claim, 'account' | 'execution'> {
	/** Put before each of the shop's ids for TD: so users tell apart shops that do not name themselves. */
	prefix: string;
	days: number;
}

/** What is remembered under one key. Each has its own time: personal data must not outlast it. */
const remembered = z.object({
	orders: z.array(orderFacts.extend({ until: z.number().catch(0) })).catch([]),
});

type Remembered = OrderFacts & { until: number };

/** Enough for the shops that have an order of one number. */
const MOST_OVER = 20;

export class VisitMemory {
	constructor(
		private readonly register: Register,
		private readonly terms: MemoryTerms,
	) {}

	/**
	 * What is known of an event's order. A payment provider may name no order, or by another ID than the
	 * shop that knows the visit: then the payment leads to it.
	 *
	 * @throws {RegisterFault}
	 */
	async recall(event: ShopEvent): Promise<OrderFacts | Unsure | undefined> {
		const { shop, order } = event;
		const told = factsOf(event, undefined);
		const own =
			order.id === null ? undefined : await this.ofShop(this.keyOfOrder(shop, order.id), told);
		const payment = order.payment?.id ?? null;
		const isKnown = typeof own === 'object' && hasDevice(own);
		// One at Stripe is nobody else's: its order counts before one that only has the same number
		if (payment === null || (isKnown && !isStripeId(payment))) return own;
		const found = await this.ofShop(this.keyOfPayment(shop, payment), told);
		if (typeof found !== 'object' || found.shop === null || found.id === null) return own;
		const all = await this.usable(this.keyOfOrder(found.shop, found.id));
		const led = all.find(({ origin }) => origin === found.origin);
		const isItsOwn = isKnown && own.payments.every((one) => one === payment);
		return led && (hasDevice(led) || !isItsOwn) ? led : own;
	}

	/**
	 * Remembers an order's facts, unless it has no ID or they are remembered already.
	 *
	 * @param payment one that leads to the order, whether TD has taken it or not
	 * @param addition what of them is new
	 * @throws {RegisterFault}
	 */
	async remember(
		facts: OrderFacts,
		payment: string | null = null,
		addition: Addition = {},
	): Promise<void> {
		const { shop, id, store, payments } = facts;
		if (shop === null || id === null || facts.origin === UNCLEAR || isEmpty(facts)) return;
		const key = this.keyOfOrder(shop, id);
		const origin = await this.keep(key, `visit of order ${id}`, facts, { addition });
		for (const one of new Set([...payments, ...(payment === null ? [] : [payment])])) {
			// Points to the order: its facts are kept once. One at Stripe is nobody else's, and leads anyone to it.
			const isUnique = isStripeId(one);
			const pointer = orderFacts.parse({ shop, id, store: isUnique ? null : store, origin });
			await this.keep(this.keyOfPayment(shop, one), `order of payment ${one}`, pointer, {
				isAlone: isUnique,
			});
		}
	}

	private async ofShop(key: string, told: OrderFacts) {
		return ownOf(await this.usable(key), told);
	}

	private async usable(key: string): Promise<Remembered[]> {
		return usableOf(ordersOf(await recall(this.register, key)));
	}

	/**
	 * @param isAlone whether nothing else can be remembered there
	 * @returns the origin under which it is remembered
	 */
	private async keep(
		key: string,
		name: string,
		facts: OrderFacts,
		{ isAlone = false, addition = {} }: { isAlone?: boolean; addition?: Addition },
	): Promise<string | null> {
		const { account, execution, days } = this.terms;
		let { origin } = facts;
		await remember(this.register, key, { account, execution, name }, async (known) => {
			const all = ordersOf(known);
			const from = (wanted: string | null) => usableOf(all).find((one) => one.origin === wanted);
			const first = from(facts.origin);
			// Of two shops that found one order without a shop at one moment, the first one has it
			origin = first && isOfAnother(first, facts) ? facts.store : facts.origin;
			const own = from(origin);
			// Another worker may know more by now
			const told = { ...facts, origin };
			const now = own && isOneOrder(own, told) ? withKnown(told, own, addition) : told;
			if (isKept(own, now, days)) return undefined;
			// By a clock that leapt they only seem over: they go when the register forgets such
			const gone = all.some(isOver) ? await this.register.forgetsBefore() : 0;
			const over = all.filter((one) => isOver(one) && one.until >= gone).slice(-MOST_OVER);
			const others = all.filter((one) => !isOver(one) && !isAlone && one.origin !== origin);
			const until = Math.ceil(Date.now() + days * DAY_MS);
			const orders = [...over, ...others, { ...now, until }];
			return { facts: { orders }, until: Math.max(...orders.map((one) => one.until)) };
		});
		return origin;
	}

	private keyOfOrder(shop: string, id: string): string {
		return this.keyTo('order', shop, id);
	}

	private keyOfPayment(shop: string, payment: string): string {
		return this.keyTo('payment', ...(isStripeId(payment) ? [] : [shop]), payment);
	}

	private keyTo(...parts: readonly string[]): string {
		return keyOf('memory', this.terms.account, this.terms.prefix, ...parts);
	}
}

const ordersOf = (memory: Memory | undefined): Remembered[] =>
	remembered.parse(memory?.facts ?? {}).orders;

/** Those whose time is not over: of each origin the first, since a later one was made while that seemed over. */
function usableOf(all: readonly Remembered[]): Remembered[] {
	const usable = all.filter((one) => !isOver(one));
	return usable.filter(
		({ origin }, i) => usable.findIndex((other) => other.origin === origin) === i,
	);
}

/** The one of the shop that has told this. */
function ownOf(all: readonly Remembered[], told: OrderFacts): Remembered | Unsure | undefined {
	const named = all.find(({ store }) => store !== null && store === told.store);
	if (named) return named;
	const open = all.filter(({ store }) => store === null || told.store === null);
	const [same, ...others] = open.filter((one) => isSameVisit(one, told) === true);
	if (same && others.length === 0) return same;
	const [only] = open;
	if (only && all.length === 1 && isSameVisit(only, told) === undefined) return only;
	if (told.store !== null || all.length === 0) return undefined;
	// Another visit is another shop's; beside others, one that nothing names can be remembered
	const isOther = all.every((one) => one.origin !== UNNAMED && isSameVisit(one, told) === false);
	return isOther ? UNNAMED : UNCLEAR;
}

type Visit = Pick<OrderFacts, 'ip' | 'session'>;

/** Whether two tell the same visit, which an order keeps; undefined if one of them tells none. */
function isSameVisit(one: Visit, other: Visit): boolean | undefined {
	const parts: boolean[] = [];
	if (one.ip !== null && other.ip !== null) parts.push(isSameAddress(one.ip, other.ip));
	if (one.session !== null && other.session !== null) parts.push(one.session === other.session);
	return parts.length === 0 ? undefined : !parts.includes(false);
}

const isOfAnother = (one: OrderFacts, { store }: OrderFacts) =>
	one.store !== null && store !== null && one.store !== store;

/** Whether two of one origin are one order: where nothing names the shop, the visit may show that they are not. */
const isOneOrder = (one: OrderFacts, other: OrderFacts) =>
	other.store !== null || isSameVisit(one, other) !== false;

/** Whether the same is remembered, for as long give or take a day: an order's many webhooks repeat it. */
function isKept(known: Remembered | undefined, facts: OrderFacts, days: number): boolean {
	if (!known || known.until < Date.now() + (days - 1) * DAY_MS) return false;
	return printOf(known) === printOf(facts);
}

const hasDevice = ({ ip, black_box: blackBox }: OrderFacts) => ip !== null || blackBox !== null;

const printOf = (facts: OrderFacts) => JSON.stringify(orderFacts.parse({ ...facts, at: null }));

/** That a shop has such an order is something, too: then it is not another one's. */
const isEmpty = ({ payments, ...facts }: OrderFacts) =>
	payments.length === 0 &&
	[facts.store, facts.session, facts.account, facts.ip, facts.black_box, facts.contents].every(
		(fact) => fact === null,
	);
