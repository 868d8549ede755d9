/** The neutral orders of some bodies, as tables. */
import type { ShopEvent } from '../../../lib/shops/order';
import { eventOf, type ShopBody } from './body';
import type { Cell, Table } from './page';

type Row = readonly Cell[];

/** One row per body, or several; none where the body tells nothing of the kind. */
type Rows = (event: ShopEvent) => readonly Row[];

/** Some members, by their names. */
const cells = (one: object | null | undefined, names: string): Cell[] =>
	names.split(' ').map((name) => (one as Record<string, Cell> | null | undefined)?.[name]);

const ASPECTS: ReadonlyArray<{ title: string; columns: readonly string[]; rows: Rows }> = [
	{
		title: 'What happened, and how the order stands',
		columns: ['event', 'also', 'at', 'order', 'number', 'test', 'state', 'paid at'],
		rows: ({ also, at, event, order: { id, number, test, state, paid_at } }) => [
			[event, also?.join(', '), at, id, number, test ? 'test' : null, state, paid_at],
		],
	},
	{
		title: 'What it comes to',
		columns: ['currency', 'total', 'goods', 'shipping', 'tax', 'discounts'],
		rows: ({ order: { currency, totals } }) =>
			totals ? [[currency, ...cells(totals, 'total goods shipping tax discounts')]] : [],
	},
	{
		title: 'Articles',
		columns: ['sku', 'name', 'ordered', 'to ship', 'value', 'grams', 'needs shipping'],
		rows: ({ order }) =>
			order.articles.map((one) =>
				cells(one, 'sku name quantity to_ship value grams needs_shipping'),
			),
	},
	{
		title: 'Customer, and where it goes',
		columns: ['customer', 'email', 'phone', 'ship to', 'phone there', 'method'],
		rows: ({ order: { customer, pickup, ship_to: to, shipping_method: method } }) => [
			[
				...cells(customer, 'id email phone'),
				to &&
					cells(to, 'name company line1 line2 city region postcode country')
						.filter((line) => line !== null)
						.join(', '),
				to?.phone,
				pickup ? `collected: ${method ?? ''}` : method,
			],
		],
	},
	{
		title: 'Device and payment',
		columns: ['ip', 'agent', 'session', 'black box', 'gateway', 'paid', 'card', 'message'],
		rows: ({ order: { currency, device, payment } }) =>
			device || payment
				? [
						[
							device?.ip,
							device?.user_agent?.slice(0, 12),
							...cells(device, 'session black_box'),
							payment?.gateway,
							payment?.amount ? `${payment.amount} ${currency ?? '?'}` : payment?.succeeded,
							payment?.card &&
								[
									...cells(payment.card, 'brand bin last4 expires funding country'),
									payment.avs && `AVS ${payment.avs}`,
									payment.cvc && `CVC ${payment.cvc}`,
								]
									.filter(Boolean)
									.join(' '),
							payment?.message,
						],
					]
				: [],
	},
	{
		title: 'Refunds',
		columns: ['id', 'at', 'amount', 'currency', 'reason'],
		rows: ({ order }) => order.refunds.map((one) => cells(one, 'id at amount currency reason')),
	},
	{
		title: 'Parcels',
		columns: ['id', 'at', 'carrier', 'tracking number', 'service'],
		rows: ({ order }) =>
			order.fulfilments.map((one) => cells(one, 'id at carrier tracking_number service')),
	},
	{
		title: 'Disputes',
		columns: ['id', 'at', 'amount', 'currency', 'reason', 'status', 'the bank'],
		rows: ({ order: { dispute: one } }) =>
			one
				? [
						[
							...cells(one, 'id at amount currency reason status'),
							one.is_inquiry ? 'asks' : 'took the money',
						],
					]
				: [],
	},
];

/** The bodies, and all that is read from them. */
export function orderTables(bodies: readonly ShopBody[]): Table[] {
	const read = bodies.map((body) => ({ ...body, event: eventOf(body) }));
	return [
		{
			title: 'Bodies',
			columns: ['body', 'topic', 'what it is', 'read'],
			rows: read.map(({ about, event, name, topic }) => [
				name,
				topic ?? 'not told',
				about,
				event ? 'yes' : 'none of ours',
			]),
		},
		...ASPECTS.map(({ columns, rows, title }) => ({
			title,
			columns: ['body', ...columns],
			rows: read.flatMap(({ event, name }) =>
				event ? rows(event).map((row) => [name, ...row]) : [],
			),
		})),
	];
}
