/**
 * Whatever a shop leaves out, or sends instead: nothing is thrown, no amount is made up, and an order that
 * was called off is not taken for one to be shipped.
 */
import fc from 'fast-check';
import { type ShopOrder, shopEvent } from '../../../lib/shops/order';
import { eventOf, type ShopBody } from './body';
import { change, lacking, membersIn, type Path, senseless } from './spoilt';
import { stripe } from './stripe';
import { woocommerce } from './woocommerce';

/** A hunt for rarer cases sets more. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 20);

/** What the documentation never lets be null or missing, and the order's standing hangs on. */
const REQUIRED: Readonly<Partial<Record<string, RegExp>>> = {
	stripe: /(^|\.)(amount_refunded|captured|data|id|object|refunded|refunds|status|type)$/,
	woocommerce: /^(id|status|total|refunds|refunds\.\d+\.total)$/,
};

const optionalIn = ({ body, shop }: ShopBody): Path[] =>
	membersIn(body).filter((path) => !REQUIRED[shop]?.test(path.join('.')));

const AMOUNTS = ['amount', 'discounts', 'goods', 'shipping', 'tax', 'total', 'value'];

/** Amounts of the neutral form, by their places. */
function amountsOf(value: unknown, path: string[] = []): Array<[place: string, amount: string]> {
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value).flatMap(([name, member]) => amountsOf(member, [...path, name]));
	}
	const isAmount = AMOUNTS.includes(path.at(-1) ?? '') && typeof value === 'string';
	return isAmount ? [[path.join('.'), value]] : [];
}

/** Where what was taken is not told, what was to be taken is; and the same of shipping. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
	'stripe: takenInPart': ['order.totals.total is 62.49'],
};

/** Orders that nobody wants a parcel of, and events that tell of none. */
const CALLED_OFF: Readonly<Partial<Record<string, readonly string[]>>> = {
	stripe: [
		...['chargeDeclined', 'heldIsReleased', 'heldOnly', 'intentDeclined', 'oldChargeRefunded'],
		...['disputeCreated', 'disputeLost', 'refundCreated', 'refundFailed', 'sessionUnpaid'],
	],
	woocommerce: [
		...['binned', 'cancelRequested', 'cancelled', 'created', 'draft', 'failed', 'guestOnHold'],
		...['hardlyAnything', 'heldBack', 'refunded', 'refundedWithoutStatus'],
	],
};

const GOES_OUT: ReadonlyArray<ShopOrder['state']> = [
	'authorized',
	'paid',
	'partially_paid',
	'partially_refunded',
];

describe.each([...stripe, ...woocommerce].map((one) => [`${one.shop}: ${one.name}`, one] as const))(
	'%s',
	(_name, one) => {
		const optional = optionalIn(one);
		const whole = eventOf(one);
		const isCalledOff = CALLED_OFF[one.shop]?.includes(one.name) ?? false;
		const told = new Set([
			...amountsOf(whole).map(([place, amount]) => `${place} is ${amount}`),
			...(INSTEAD[`${one.shop}: ${one.name}`] ?? []),
		]);

		it('makes an event of the neutral form, or none, whatever it holds', () => {
			fc.assert(
				fc.property(senseless(one.body), (body) => {
					const event = eventOf({ ...one, body });
					if (event) expect(shopEvent.parse(event)).toEqual(event);
				}),
				{ numRuns: RUNS },
			);
		});

		/** All that is wrong with what is read of a body with gaps, in words. */
		const faults = (body: ShopBody['body']): string[] => {
			const event = eventOf({ ...one, body });
			const { articles = [], state = 'unknown' } = event?.order ?? {};
			return [
				...amountsOf(event)
					.map(([place, amount]) => `${place} is ${amount}`)
					.filter((amount) => !told.has(amount)),
				...articles
					.filter(({ to_ship }, at) => to_ship && to_ship !== whole?.order.articles[at]?.to_ship)
					.map(({ name, to_ship }) => `${to_ship} of ${name} are to be shipped`),
				...(isCalledOff && GOES_OUT.includes(state) ? [`it is ${state}`] : []),
			];
		};

		it('makes up nothing and calls nothing back to life where one thing is missing', () => {
			const found = optional.flatMap((path) => {
				const body = structuredClone(one.body);
				change(body, path, null);
				return faults(body).map((fault) => `without ${path.join('.')} ${fault}`);
			});
			expect(found).toEqual([]);
		});

		it('nor where many are', () => {
			fc.assert(
				fc.property(lacking(one.body, optional), (body) => expect(faults(body)).toEqual([])),
				{ numRuns: RUNS },
			);
		});
	},
);
