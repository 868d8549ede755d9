/** Remembers an order's facts for later webhooks, under the order and under its payments. */
import type { Claim, Register } from '../../register/register';
import { keyOf } from '../../once/claim';
import { type Memory, recall, remember } from '../memory';
import { DAY_MS } from '../../register/schema';
import type { ShopEvent } from '../order';
import { type OrderFacts, orderFacts } from './visit';

/** Whose memory it is, and how long it lasts. */
export interface MemoryTerms extends Pick<Claim, 'account' | 'execution'> {
	days: number;
}

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
	async recall({ shop, order }: ShopEvent): Promise<OrderFacts | undefined> {
		const own = order.id === null ? undefined : await this.ofOrder(shop, order.id);
		const payment = order.payment?.id ?? null;
		if (payment === null || (own && hasDevice(own))) return own;
		const found = await recall(this.register, this.keyOfPayment(payment));
		const { shop: its, id } = orderFacts.parse(found?.facts ?? {});
		if (its === null || id === null) return own;
		return (await this.ofOrder(its, id)) ?? own;
	}

	/**
	 * Remembers an order's facts, unless it has no ID or they are remembered already.
	 *
	 * @throws {RegisterFault}
	 */
	async remember(facts: OrderFacts): Promise<void> {
		const { shop, id, payments } = facts;
		if (shop === null || id === null || isEmpty(facts)) return;
		await this.keep(this.keyOfOrder(shop, id), `visit of order ${id}`, facts);
		for (const payment of payments) {
			// Points to the order: its facts are kept once
			await this.keep(this.keyOfPayment(payment), `order of payment ${payment}`, { shop, id });
		}
	}

	private async ofOrder(shop: string, id: string): Promise<OrderFacts | undefined> {
		const found = await recall(this.register, this.keyOfOrder(shop, id));
		return found && orderFacts.parse(found.facts);
	}

	private async keep(key: string, name: string, facts: Partial<OrderFacts>): Promise<void> {
		const { days, ...whose } = this.terms;
		if (isKept(await recall(this.register, key), facts, days)) return;
		await remember(this.register, key, { ...whose, name }, facts, days);
	}

	private keyOfOrder(shop: string, id: string): string {
		return keyOf('memory', this.terms.account, 'order', shop, id);
	}

	private keyOfPayment(payment: string): string {
		return keyOf('memory', this.terms.account, 'payment', payment);
	}
}

/** Whether the same is remembered, for as long give or take a day: an order's many webhooks repeat it. */
function isKept(memory: Memory | undefined, facts: Partial<OrderFacts>, days: number): boolean {
	if (!memory || memory.until < Date.now() + (days - 1) * DAY_MS) return false;
	return printOf(memory.facts) === printOf(facts);
}

const hasDevice = ({ ip, black_box: blackBox }: OrderFacts) => ip !== null || blackBox !== null;

const printOf = (facts: object) => JSON.stringify(orderFacts.parse(facts));

const isEmpty = ({ payments, ...facts }: OrderFacts) =>
	payments.length === 0 &&
	[facts.session, facts.account, facts.ip, facts.black_box, facts.contents].every(
		(fact) => fact === null,
	);
