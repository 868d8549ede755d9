/** Whatever a body of Shopify lacks: nothing is made up, and nothing that was cancelled comes to life. */
import fc from 'fast-check';
import { shopEvent, type ShopOrder } from '../../../../lib/shops/order';
import { readShopEvent, whyUnread } from '../../../../lib/shops/read';
import { shopify } from '.';
import { eventOf, type ShopBody } from '../body';
import { lacking, senseless } from '../spoilt';

/** A hunt for rarer cases sets more. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 30);

/** What an amount may be: what the whole body makes of it, or the other one that the body tells. */
function toldIn(whole: ShopOrder, { body }: ShopBody): Record<string, unknown[]> {
	const order = (body['order'] ?? body) as Record<string, unknown>;
	return {
		total: [whole.totals?.total, order['total_price']],
		goods: [whole.totals?.goods, order['subtotal_price']],
		// What is left after refunds, or what it was
		shipping: [whole.totals?.shipping, '4.00', '0', '0.00'],
		tax: [whole.totals?.tax, order['total_tax']],
		discounts: [whole.totals?.discounts, order['total_discounts']],
	};
}

describe.each(shopify.map((one) => [one.name, one] as const))('%s', (_name, one) => {
	const whole = eventOf(one);

	it('tells no amount, quantity or currency that is not told', () => {
		if (!whole) return;
		const told = toldIn(whole.order, one);
		fc.assert(
			fc.property(lacking(one.body), (body) => {
				const event = eventOf({ ...one, body });
				if (!event) return;
				const { articles, currency, dispute, payment, refunds, totals } = event.order;
				if (currency !== null) expect(currency).toBe(whole.order.currency);
				for (const [name, amount] of Object.entries(totals ?? {})) {
					if (amount !== null) expect(told[name]).toContain(amount);
				}
				articles.forEach((article, at) => {
					const of = whole.order.articles[at];
					if (article.value !== null) expect(article.value).toBe(of?.value);
					if (article.to_ship !== null) expect(article.to_ship).toBeLessThanOrEqual(of!.to_ship!);
					if (article.needs_shipping) expect(of?.needs_shipping).toBe(true);
				});
				refunds.forEach((refund, at) => {
					const of = whole.order.refunds[at];
					if (refund.amount === null) return;
					expect(refund.amount).toBe(of?.amount);
					expect(refund.currency ?? of?.currency).toBe(of?.currency);
				});
				if (dispute?.amount) expect(dispute.amount).toBe(whole.order.dispute?.amount);
				if (payment?.amount) expect(payment.amount).toBe(whole.order.payment?.amount);
			}),
			{ numRuns: RUNS },
		);
	});

	it('stays what it is: cancelled, or tested, or of the same number', () => {
		if (!whole) return;
		const isCancelled = whole.order.state === 'cancelled';
		fc.assert(
			fc.property(lacking(one.body), fc.boolean(), (body, keepsReason) => {
				// One of what says so must be left
				const mark = keepsReason ? 'cancel_reason' : 'cancelled_at';
				if (isCancelled) body[mark] = one.body[mark];
				const event = eventOf({ ...one, body });
				if (isCancelled && event) expect(event.order.state).toBe('cancelled');
				const alone = readShopEvent(body);
				if (isCancelled && alone) expect(alone.event).toBe('order_cancelled');
				if (event && event.order.id !== null) expect(event.order.id).toBe(whole.order.id);
			}),
			{ numRuns: RUNS },
		);
	});

	it('is read or not read, but is no fault, whatever stands in it', () => {
		fc.assert(
			fc.property(senseless(one.body), fc.boolean(), (body, isAlone) => {
				const event = eventOf({ ...one, body, topic: isAlone ? null : one.topic });
				if (event) expect(shopEvent.safeParse(event).success).toBe(true);
				else expect(whyUnread(body)).toMatch(/\.$/);
			}),
			{ numRuns: RUNS },
		);
	});
});
