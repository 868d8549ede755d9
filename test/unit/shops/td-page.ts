/** What TD is told of some bodies, as tables. */
import { eventOf, type ShopBody } from './body';
import type { Cell, Table } from './page';
import { type ReadEvent, toldOf, UNKNOWN } from './td-reading';

type Json = Record<string, unknown>;

/** The same in every event of an order, or made up for the tables. */
const USUAL = ['channel', 'event_time', 'event_type', 'order_id', 'session_id', 'terminal'];

/** `payment.method other, payment.amount EUR 5 = USD 5.43` */
function inWords(value: Json, path = ''): string[] {
	const { currency, amount_local: local, amount_usd: usd } = value;
	if (typeof local === 'number') {
		return [
			`${path} ${String(currency)} ${String(local)}${currency === 'USD' ? '' : ` = USD ${String(usd)}`}`,
		];
	}
	return Object.entries(value).flatMap(([name, member]) => {
		if (path === '' && USUAL.includes(name)) return [];
		if (name === 'order_id') return [];
		const here = path === '' ? name : `${path.split('.').at(-1)!}.${name}`;
		if (typeof member !== 'object' || member === null) return [`${name} ${String(member)}`];
		if (Array.isArray(member))
			return [`${here}: ${member.map((one) => `(${inWords(one as Json).join(', ')})`).join(' ')}`];
		return inWords(member as Json, name);
	});
}

function cellsOf(told: ReadEvent): Cell[] {
	if ('reason' in told) return [told.type, null, null, `– ${told.reason}`];
	const { type, key, body, tellsTime } = told;
	const time = tellsTime ? (body['event_time'] as string) : 'of the run';
	return [type, key.filter(Boolean).join(' ') || 'order', time, inWords(body).join(', ')];
}

/** The bodies, and what becomes of them at TD; `category` is given, and a rate for each currency. */
export const tdTables = (bodies: readonly ShopBody[]): Table[] => [
	{
		title: 'What TD is told',
		columns: ['body', 'event', 'order', 'told once per', 'time', 'contents, or why it is not told'],
		rows: bodies.flatMap((one) => {
			const event = eventOf(one);
			if (!event) return [[one.name, 'none of ours']];
			if (event.order.test) return [[one.name, 'a test', event.order.id]];
			return toldOf(event, { category: 'home' }).map((told) => {
				const [type, ...rest] = cellsOf(told);
				return [one.name, type, event.order.id ?? UNKNOWN, ...rest];
			});
		}),
	},
];
