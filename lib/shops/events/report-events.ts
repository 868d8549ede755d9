/**
 * Reports what happened in a shop to TD: recalls what earlier webhooks said of the order, plans the
 * events, remembers, delivers.
 */
import * as z from 'zod/v4';
import { CancelledFault, ItemFault } from '../../base/errors';
import { type OutcomeWord, tookEffect } from '../../base/outcome';
import { KeyedMutex } from '../../base/keyed-mutex';
import { recorded } from '../../once/once';
import { type DeliverySettings, type EventContext, reportedEvent } from '../../td/deliver';
import type { TdEventType } from '../../td/events';
import type { Members } from '../lenient';
import { SHOP_EVENTS, type ShopEvent, type ShopEventName, SHOPS, whatHappened } from '../order';
import type { NoEvent } from '../shop';
import { readRates } from './amount';
import { type ContentTerms, printOfContents } from './contents';
import { deliverAll, namesOf, type ReadyEvent, type ShopEventItem } from './deliver-all';
import type { PlannedEvent, Skip } from './happening';
import { paymentIn } from './paid';
import { planEvents } from './plan';
import { SKIP_CODES, SKIPS } from './skips';
import {
	basicsOf,
	type DeviceSettings,
	factsOf,
	type OrderFacts,
	unknownDevice,
	withEvent,
} from './visit';
import { VisitMemory } from './visit-memory';

/** The field that says what to do with what the owner has to act on, as the editor calls it. */
export const IF_MISSING_LABEL = 'If Something Is Missing';

/** What is needed of the run and of the events' own operations. */
export interface ShopEventContext extends EventContext, Pick<ContentTerms, 'time'> {
	/**
	 * Completes and checks an event's body as the event's own operation does.
	 *
	 * @throws {ValidationFault} naming the field as the editor shows it
	 */
	prepare: (type: TdEventType, draft: Members) => Pick<ReadyEvent, 'body' | 'fields'>;
}

export interface ReportSettings extends Omit<DeliverySettings, 'onceKey'>, DeviceSettings {
	orderIdIs: 'id' | 'number';
	orderIdPrefix?: string;
	exchangeRates?: string;
	category?: string;
	/** Days. */
	rememberVisits?: number;
	includeInquiries: boolean;
	includeTestOrders: boolean;
	ifMissing: 'fail' | 'skip';
}

/** The checked body: what happened, and what the user adds to each event. */
export interface ShopEventBody extends Members {
	/** Or why nothing happened. */
	shopEvent: ShopEvent | NoEvent;
}

/** An output item: an event that TD has, or why one is not reported. */
export const shopEventOutput = () =>
	reportedEvent({
		/** What happened in the shop. */
		shop_event: z.enum(Object.keys(SHOP_EVENTS) as [ShopEventName, ...ShopEventName[]]).optional(),
		// Of what is not reported
		reason: z.string().optional(),
		reason_code: z.enum(SKIP_CODES).optional(),
	})
		.partial({ event_type: true, event_time: true, code: true })
		.extend({ outcome: z.enum(['reported', 'skipped']) });

/**
 * One order's webhooks one after another: the later ones need what the first one says. Orders of one id wait for
 * each other whichever shop's they are, since that is only known once it is looked up.
 */
const perOrder = new KeyedMutex();

/** @returns one output item for each event that TD has, and for each skip worth showing */
export async function reportEvents(
	context: ShopEventContext,
	{ shopEvent: event, ...added }: ShopEventBody,
	settings: ReportSettings,
): Promise<ShopEventItem[]> {
	if (!('order' in event)) return [skipped({ code: 'nothing_happened', reason: event.why })];
	const { order, shop } = event;
	if (order.test && !settings.includeTestOrders) {
		const reason = "The shop marks it as a test. Turn on 'Include Test Orders' to report it";
		return [skipped({ cause: event.event, code: 'test_order', reason })];
	}
	const { mark: account } = context.client.account;
	const thing = JSON.stringify([account, shop, order.id ?? order.payment?.id]);
	return await perOrder.run(thing, async () => {
		const { limits, execution } = context;
		if (limits.signal?.aborted) throw new CancelledFault();
		// At the place 'no' it is kept with the execution, for its other items
		const register = await context.register(settings.reportOnce);
		const days = settings.rememberVisits ?? 1;
		const { orderIdPrefix: prefix = '' } = settings;
		const memory = new VisitMemory(register, { account, execution, prefix, days });
		return await report(context, event, { settings, added, memory });
	});
}

async function report(
	context: ShopEventContext,
	event: ShopEvent,
	{ settings, added, memory }: { settings: ReportSettings; added: Members; memory: VisitMemory },
): Promise<ShopEventItem[]> {
	const { event: cause } = event;
	const recalled = await memory.recall(event);
	const known = factsOf(event, recalled);
	const orderId = orderIdOf(known, settings);
	if (orderId === undefined) {
		const skip: AnySkip = { cause, code: 'no_order', reason: noOrder(event, settings) };
		failIfWanted([skip], settings);
		return [skipped(skip)];
	}
	const facts = withEvent(known, event, orderId);
	const payment = facts.payments === known.payments ? null : (event.order.payment?.id ?? null);
	// This item's events may name a payment that TD is about to get, later ones only what TD has taken
	let taken = { ...facts, payments: known.payments, paid_at: known.paid_at, told: known.told };
	let before = typeof recalled === 'object' ? recalled : undefined;
	const isFailed = !whatHappened(event).includes('order_paid');
	const remember = async () => {
		await memory.remember(taken, payment, { before, isFailed });
		before = taken;
	};
	await remember();

	const plan = planEvents(event, {
		orderId,
		payment: paymentIn(event, orderId, known.told),
		payments: facts.payments,
		contents: known.contents,
		includesInquiries: settings.includeInquiries,
		category: settings.category,
		region: context.client.account.region,
		rates: readRates(settings.exchangeRates ?? '') ?? new Map<string, string>(),
		time: context.time,
	});
	const events = plan.filter((one) => 'body' in one);
	const unreported = skipsWorthShowing(plan);
	const skips = unreported.map((skip) => skipped(skip, orderId));
	if (events.length === 0) {
		failIfWanted(unreported, settings);
		return skips;
	}
	const basics = basicsOf(facts, orderId, settings);
	if (!basics) {
		return [skipped({ cause, code: 'no_device', reason: unknownDevice(orderId) }, orderId)];
	}

	const ready = events.map((planned): ReadyEvent => {
		const draft = { ...basics.members, ...planned.body(), ...added };
		return { planned, ...context.prepare(planned.type, draft) };
	});
	const onDelivered = async ({ type }: PlannedEvent) => {
		if (type === 'order_modify') {
			taken = { ...taken, contents: printOfContents(event) ?? facts.contents };
		} else if (type === 'order_payment' || type === 'order_payment_result') {
			const { payments, paid_at, told } = facts;
			taken = { ...taken, payments, paid_at, told };
		} else return undefined;
		return await recorded(remember());
	};
	const { remark } = basics;
	const owner = [facts.shop, facts.origin];
	const items = await deliverAll(context, ready, { settings, owner, remark, onDelivered });
	const reported = ready.filter((_one, i) => tookEffect(items[i]?.json['outcome']));
	failIfWanted(unreported, settings, reported);
	return [...items, ...skips];
}

/** A skip that says nothing new is shown only if there is nothing else to show. */
function skipsWorthShowing(plan: ReadonlyArray<PlannedEvent | Skip>): Skip[] {
	const skips = plan.filter((one) => 'reason' in one);
	const major = skips.filter(({ isMinor }) => !isMinor);
	return skips.length < plan.length || major.length > 0 ? major : skips;
}

/** The order as TD knows it; undefined if no webhook said. */
function orderIdOf(
	{ id, number }: OrderFacts,
	{ orderIdIs, orderIdPrefix = '' }: ReportSettings,
): string | undefined {
	const own = orderIdIs === 'number' ? number : id;
	return own === null ? undefined : orderIdPrefix + own;
}

function noOrder({ shop, order }: ShopEvent, { orderIdIs }: ReportSettings): string {
	const title = SHOPS[shop];
	if (order.id !== null && orderIdIs === 'number') {
		return `${title} sends no order number with this event, and no earlier webhook of order ${order.id} that is still remembered has one`;
	}
	const payment = order.payment?.id ? `payment ${order.payment.id}` : 'a payment';
	const hint =
		shop === 'stripe'
			? ". If the payment's metadata holds the order, name its member under 'Order Member (Stripe)'"
			: '';
	return `${title} names no order with this event, and no webhook that is still remembered names ${payment}${hint}`;
}

type AnySkip = Omit<Skip, 'cause'> & {
	/** Left out where nothing happened. */
	cause?: ShopEventName;
};

/**
 * @param taken what TD has of the item all the same
 * @throws {ItemFault} for what the owner has to act on
 */
function failIfWanted(
	skips: readonly AnySkip[],
	{ ifMissing }: ReportSettings,
	taken: readonly ReadyEvent[] = [],
): void {
	const [first, ...others] = skips.filter(({ code }) => SKIPS[code].needs === 'owner');
	if (!first || ifMissing === 'skip') return;
	const advice = [
		...others.map(({ reason }) => `Also: ${reason}.`),
		`Report it by hand with the event's own operation, or set '${IF_MISSING_LABEL}' to Skip to leave such events out.`,
		taken.length > 0
			? `TD took ${namesOf(taken, taken)} of this item.`
			: 'Nothing was reported for this item.',
	];
	throw new ItemFault(first.reason, 'Shop Event', advice.join(' '));
}

const skipped = ({ cause, code, reason, type }: AnySkip, orderId?: string): ShopEventItem => ({
	json: {
		outcome: 'skipped' satisfies OutcomeWord,
		reason: `${reason}.`,
		reason_code: code,
		...(orderId === undefined ? {} : { order_id: orderId }),
		...(cause === undefined ? {} : { shop_event: cause }),
		...(type ? { event_type: type } : {}),
	},
});
