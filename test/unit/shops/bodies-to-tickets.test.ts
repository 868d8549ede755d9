/** What becomes of each body at TW, as the pages have it; and whatever it lacks, nothing goes that must not. */
import fc from 'fast-check';
import { compareAmounts, fractionOf, sum } from '../../../lib/base/money';
import { shopEvent, type ShopEvent } from '../../../lib/shops/order';
import { readShopOrder } from '../../../lib/shops/read';
import { orderNumberOf } from '../../../lib/shops/ticket/given-order';
import { ticketErrors } from '../../../sandbox/tw/ticket';
import type { ShopBody } from './body';
import { cap, giftCard, neutralEvent, shirt } from './neutral';
import { expectPage } from './page';
import { shopReader, type Told } from './reading';
import { shopify } from './shopify';
import { lacking, senseless } from './spoilt';
import { stripe } from './stripe';
import { ticketTables } from './ticket-page';
import { woocommerce } from './woocommerce';

type Json = Record<string, unknown>;

/** A hunt for rarer cases sets more. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 400);

/** With what a user has to give because the shop does not tell it. */
const shops: Array<[shop: string, bodies: ShopBody[], override: Json]> = [
	['Shopify', shopify, {}],
	['Stripe', stripe, { weightPerBox: 2, declaredValue: 20 }],
	['WooCommerce', woocommerce, { weightPerArticle: 0.4 }],
];

it.each(shops)('%s: each body becomes at TW what the page says', (name, bodies, override) => {
	const file = `${name.toLowerCase()}.ticket.md`;
	expectPage(file, `Orders of ${name}, and what TW is told`, ticketTables(bodies, override));
});

const read = shopReader();

/**
 * Whatever comes of an order: a ticket that TW takes, a reason, or words that are ours.
 *
 * @param shopOrder whose number stands in those words, whatever it is
 */
function judge(told: Told, shopOrder: Json): void {
	if ('ticket' in told) {
		expect(ticketErrors(told.ticket, true)).toEqual([]);
	} else if ('skipped' in told) {
		expect(told.skipped).toMatchObject({
			outcome: 'skipped',
			reason_code: expect.any(String) as unknown,
		});
		const isNothing = told.skipped['reason_code'] === 'nothing_happened';
		expect(told.skipped['reason']).toMatch(
			isNothing ? /^[A-Z].{5,}\.$/ : /\S is not shipped: [^.]{5,}\.$/,
		);
	} else {
		const { message, advice } = told.fault;
		const order = readShopOrder(shopOrder);
		const number = order ? orderNumberOf({ order, event: null, shop: null }) : null;
		const quoteless = message.replace(/'[^]*?'/g, '');
		const own = number === null ? quoteless : quoteless.replace(`rder ${number}`, 'rder');
		expect(own).not.toMatch(/undefined|null|NaN|Infinity|\[object|Invalid input|[Ee]xpected|^\s*$/);
		expect(advice).toMatch(/Nothing was sent for this item\.$/);
	}
}

/** What the pieces to ship are worth, reckoned the plain way: in thousandths of a cent, as integers. */
function worthOf({ order }: ShopEvent): string | undefined {
	return sum(
		order.articles
			.filter((article) => article.needs_shipping !== false && (article.to_ship ?? 0) > 0)
			.map(({ value, to_ship, quantity }) => fractionOf(value, to_ship, quantity, 12)),
	);
}

const full = neutralEvent({
	articles: [shirt, cap, giftCard],
	test: false,
	pickup: false,
	cancelled_at: null,
});
const packing = fc.constantFrom('one', 'each');
const tareWeight = fc.constantFrom<unknown>('', 0, 0.1);
const unit = fc.constantFrom('g', 'kg', 'lb', 'oz');

describe('an order of which members are missing or null', () => {
	it('becomes a ticket, a reason or a clear word, and a ticket declares what it should', () => {
		const seen = { ticket: 0, skipped: 0, fault: 0 };
		fc.assert(
			fc.property(lacking(full), packing, unit, tareWeight, (shopOrder, pack, weightUnit, tare) => {
				const told = read({ shopOrder, packing: pack, weightUnit, tareWeight: tare });
				judge(told, shopOrder);
				seen['ticket' in told ? 'ticket' : 'skipped' in told ? 'skipped' : 'fault']++;
				if (!('ticket' in told)) return;
				const event = shopEvent.parse(shopOrder);
				const boxes = told.ticket['boxes'] as Array<{
					number: number;
					declaredValue: number;
					weight: number;
				}>;
				const declared = sum(
					boxes.flatMap((box) => Array<number>(box.number).fill(box.declaredValue)),
				);
				const worth = fractionOf(worthOf(event), 1, 1, 2)!;
				expect(compareAmounts(declared!, worth)).toBe(0);
				const grams = event.order.articles
					.filter((article) => article.needs_shipping !== false)
					.reduce((all, { grams: one, to_ship }) => all + (one ?? 0) * (to_ship ?? 0), 0);
				const weight = boxes.reduce((all, box) => all + box.number * box.weight, 0);
				const inGrams = weight * { g: 1, kg: 1000, lb: 453.59237, oz: 28.349523125 }[weightUnit];
				expect(inGrams).toBeGreaterThanOrEqual(grams - 1e-6);
			}),
			{ numRuns: RUNS },
		);
		for (const times of Object.values(seen)) expect(times).toBeGreaterThan(RUNS / 50);
	});

	const forbidden: Array<[string, string, Json, Json]> = [
		['test', 'test', { test: true }, {}],
		['cancelled by its state', 'cancelled', { state: 'cancelled' }, {}],
		['cancelled at a time', 'cancelled', { cancelled_at: '2026-01-02T03:04:05Z' }, {}],
		['cancelled by the event', 'cancelled', {}, { event: 'order_cancelled' }],
		['refunded', 'refunded', { state: 'refunded' }, {}],
		['of a failed payment', 'payment_failed', { state: 'failed' }, {}],
		['disputed', 'disputed', {}, { event: 'order_disputed' }],
		['to be collected', 'pickup', { pickup: true }, {}],
	];
	it.each(forbidden)('is never a parcel if it is %s', (_what, code, changes, more) => {
		fc.assert(
			fc.property(lacking(full), fc.boolean(), (lessened, shipUnpaid) => {
				const left = { ...lessened } as { order?: Json };
				// All may be missing but what says so, and the frame it stands in
				const shopOrder = {
					...lessened,
					event: 'order_changed',
					shop: 'shopify',
					...more,
					order: { ...left.order, ...changes },
				};
				const told = read({
					shopOrder,
					shipUnpaid,
					override: { no: 'X', weightPerBox: 1, declaredValue: 1 },
				});
				judge(told, shopOrder);
				expect(told).not.toHaveProperty('ticket');
				if ('skipped' in told && code !== 'pickup') expect(told.skipped['reason_code']).toBe(code);
			}),
			{ numRuns: RUNS / 4 },
		);
	});
});

it('an order that holds what nobody documents becomes a ticket, a reason or a clear word', () => {
	fc.assert(
		fc.property(senseless(full), packing, (shopOrder, pack) =>
			judge(read({ shopOrder, packing: pack }), shopOrder),
		),
		{ numRuns: RUNS },
	);
});

describe.each(
	shops.flatMap(([shop, bodies, override]) =>
		bodies.map((body) => [shop, body.name, body, override] as const),
	),
)('%s: %s', (_shop, _name, body, override) => {
	it('of which members are missing or null becomes a ticket, a reason or a clear word', () => {
		const whole = read({ shopOrder: body.body, override });
		fc.assert(
			fc.property(lacking(body.body), (shopOrder) => {
				const told = read({ shopOrder, override });
				judge(told, shopOrder);
				if (!('ticket' in told) || !('ticket' in whole)) return;
				const declared = ({ ticket }: { ticket: Json }) =>
					(ticket['boxes'] as Json[])[0]!['declaredValue'] as number;
				expect(declared(told)).toBeLessThanOrEqual(declared(whole));
			}),
			{ numRuns: 40 },
		);
	});
});
