/** Carries out "Report Shop Event" for one item: recalls, derives, remembers, and has TD told. */
import * as z from 'zod/v4';
import { CancelledFault } from '../../../lib/base/errors';
import { Turns } from '../../../lib/base/turns';
import { inputReader } from '../../../lib/operation/input';
import type { Call, Input, Result } from '../../../lib/operation/operation';
import type { OutcomeWord } from '../../../lib/operation/outcome';
import { commonOptions } from '../../../lib/operation/options';
import { readTime } from '../../../lib/operation/time';
import { recorded } from '../../../lib/once/recorded';
import { SHOP_EVENTS, type ShopEvent, type ShopEventName, SHOPS } from '../../../lib/shops/order';
import { readRates } from '../../../lib/shops/td-amount';
import { printOfContents } from '../../../lib/shops/td-contents';
import {
	LEFT_OUT,
	type LeftOut,
	type Telling,
	tellingsOf,
	type Terms,
} from '../../../lib/shops/td-events';
import { factsOf, type OrderFacts, withEvent } from '../../../lib/shops/visit';
import { VisitMemory } from '../../../lib/shops/visit-memory';
import type { TdClient } from '../../../lib/td/client';
import { accountOf } from '../once';
import { type EventBody, reportedEvent } from '../report';
import { basicsOf, noDevice } from './basics';
import { reported } from './operations';
import type { ShopEventSettings } from './settings';
import { type Ready, tellAll } from './tell-all';

type Members = Record<string, unknown>;

/** The checked body: what happened, and what the user adds to each event. */
export interface ShopEventBody extends Members {
	shopEvent: ShopEvent;
}

/** Why an item, or an event of it, is not told, for programs. */
const REASON_CODES = [...LEFT_OUT, 'no_device', 'no_order', 'test_order'] as const;

type ReasonCode = (typeof REASON_CODES)[number];

/** An event that TD has, or the word on one that it is not told. */
export const shopEventOutput = () =>
	reportedEvent()
		.partial()
		.extend({
			outcome: z.enum(['reported', 'skipped']),
			/** What happened in the shop. */
			shop_event: z.enum(Object.keys(SHOP_EVENTS) as [ShopEventName, ...ShopEventName[]]),
			// Of what TD is not told
			reason: z.string().optional(),
			reason_code: z.enum(REASON_CODES).optional(),
		});

/** One order's webhooks one after another: the later ones need what the first one told. */
const turns = new Turns();

/** @returns one output item for each event that TD has, and for each that it is not told */
export async function tellShopEvent(
	call: Call<TdClient>,
	{ body: { shopEvent: event, ...added }, settings }: Input<ShopEventBody, ShopEventSettings>,
): Promise<Result[]> {
	const { order, shop } = event;
	if (order.test && !settings.includeTestOrders) {
		return [
			skipped(
				event,
				'test_order',
				"The shop marks it as a test. Turn on 'Include Test Orders' to report it",
			),
		];
	}
	const thing = JSON.stringify([accountOf(call.client), shop, order.id ?? order.payment?.id]);
	return await turns.take(thing, async () => {
		if (call.limits.signal?.aborted) throw new CancelledFault();
		return await tell(call, event, settings, added);
	});
}

async function tell(
	call: Call<TdClient>,
	event: ShopEvent,
	settings: ShopEventSettings,
	added: Members,
): Promise<Result[]> {
	const memory = await memoryOf(call, settings);
	const before = await memory.recall(event);
	const seen = factsOf(event, before);
	const orderId = orderIdOf(seen, settings);
	if (orderId === undefined) return [skipped(event, 'no_order', noOrder(event, settings))];
	const facts = withEvent(seen, event, orderId);
	await memory.remember(facts);

	const plan = tellingsOf(event, termsOf(call, settings, { orderId, facts, before }));
	const tellings = plan.filter((one) => 'body' in one);
	const leftOut = plan.filter((one) => 'reason' in one);
	if (tellings.length === 0) return loudest(leftOut, 0).map((one) => unsaid(event, one, orderId));
	const basics = basicsOf(facts, orderId, settings);
	if (!basics) return [skipped(event, 'no_device', noDevice(orderId), orderId)];

	const ready = tellings.map((telling): Ready => {
		const draft = { ...basics.members, ...telling.body(), ...added };
		return { telling, body: checked(call, telling.type, draft) };
	});
	const onTold = async ({ type }: Telling) => {
		if (type !== 'order_modify') return undefined;
		const contents = printOfContents(event.order) ?? facts.contents;
		return await recorded(memory.remember({ ...facts, contents }));
	};
	const { remark } = basics;
	const told = await tellAll(call, ready, { orderId, settings, remark, onTold });
	return [...told, ...loudest(leftOut, told.length).map((one) => unsaid(event, one, orderId))];
}

/** What has nothing new to say is heard only where nothing else is. */
function loudest(leftOut: readonly LeftOut[], told: number): readonly LeftOut[] {
	const loud = leftOut.filter(({ isQuiet }) => !isQuiet);
	return told + loud.length > 0 ? loud : leftOut;
}

async function memoryOf(
	call: Call<TdClient>,
	{ reportOnce, rememberVisits: days = 1 }: ShopEventSettings,
): Promise<VisitMemory> {
	const account = accountOf(call.client);
	// At the place 'no' it is kept with the execution, for its other items
	return new VisitMemory(await call.register(reportOnce), {
		account,
		execution: call.execution,
		days,
	});
}

function termsOf(
	{ client, zone }: Call<TdClient>,
	{ exchangeRates = '', category, includeInquiries }: ShopEventSettings,
	{
		orderId,
		facts,
		before,
	}: { orderId: string; facts: OrderFacts; before: OrderFacts | undefined },
): Terms {
	return {
		orderId,
		payments: facts.payments,
		contents: before?.contents ?? null,
		includesInquiries: includeInquiries,
		category,
		region: client.account.region,
		rates: readRates(exchangeRates) ?? new Map<string, string>(),
		time: (text) => (text === null ? undefined : readTime(text, zone)?.iso),
	};
}

/** An event's body, complete and checked as that event's own operation checks it. */
function checked(call: Call<TdClient>, type: Telling['type'], draft: Members): EventBody {
	const { client, zone } = call;
	const { region } = client.account;
	const reader = inputReader(reported[type]!, commonOptions('TD'), { zone, region });
	return reader.check(draft, call) as EventBody;
}

/** The order as TD knows it; undefined if nobody told. */
function orderIdOf(
	{ id, number }: OrderFacts,
	{ orderIdIs, orderIdPrefix = '' }: ShopEventSettings,
): string | undefined {
	const own = orderIdIs === 'number' ? number : id;
	return own === null ? undefined : orderIdPrefix + own;
}

function noOrder({ shop, order }: ShopEvent, { orderIdIs }: ShopEventSettings): string {
	const title = SHOPS[shop];
	if (order.id !== null && orderIdIs === 'number') {
		return `${title} tells no order number with this event, and no earlier webhook of order ${order.id} that is still remembered told it`;
	}
	const payment = order.payment?.id ? `payment ${order.payment.id}` : 'a payment';
	const hint =
		shop === 'stripe'
			? ". If the payment's metadata holds the order, name its member under 'Order Member (Stripe)'"
			: '';
	return `${title} names no order with this event, and no webhook that is still remembered told of ${payment}${hint}`;
}

const skipped = (
	{ event }: ShopEvent,
	code: ReasonCode,
	reason: string,
	orderId?: string,
): Result => ({
	json: {
		outcome: 'skipped' satisfies OutcomeWord,
		reason: `${reason}.`,
		reason_code: code,
		...(orderId === undefined ? {} : { order_id: orderId }),
		shop_event: event,
	},
});

const unsaid = (event: ShopEvent, { of, type, code, reason }: LeftOut, orderId: string): Result => {
	const { json } = skipped({ ...event, event: of }, code, reason, orderId);
	return { json: type ? { ...json, event_type: type } : json };
};
