/** What becomes of some bodies at TW, as tables. */
import { type ShopBody, eventOf } from './body';
import type { Cell, Table } from './page';
import { shopReader, type Told } from './reading';

type Json = Record<string, unknown>;

const read = shopReader();

/** A body as a flow has it: what Shop Trigger makes of it, or itself where that is none of our events. */
const told = (body: ShopBody, choices: Json): Told =>
	read({ shopOrder: eventOf(body) ?? body.body, ...choices });

type Boxes = Array<{ number: number; weight: number; declaredValue: number }>;

const boxesIn = (ticket: Json) =>
	(ticket['boxes'] as Boxes)
		.map((box) => `${box.number} x ${box.weight} kg worth ${box.declaredValue}`)
		.join(', ');

const placeOf = ({ consignee }: Json) =>
	Object.values(consignee as object)
		.filter(Boolean)
		.join(', ');

type Row = readonly Cell[];

/** How each body is packed, or undefined where it is not. */
function packed(bodies: readonly ShopBody[], choices: Json): Row[] {
	return bodies.flatMap((body) => {
		const one = told(body, choices);
		if (!('ticket' in one)) return [];
		const { no } = one.ticket;
		return [[body.name, String(no), placeOf(one.ticket), boxesIn(one.ticket)]];
	});
}

/**
 * The tickets of some bodies for an account in USD, the reasons why there is none, and what is asked for.
 *
 * @param override what the user gives because the shop does not tell it
 */
export function ticketTables(bodies: readonly ShopBody[], override: Json): Table[] {
	const all = bodies.map((body) => [body.name, told(body, {})] as const);
	const columns = ['body', 'no', 'consignee', 'boxes'];
	const given = Object.keys(override).length > 0 ? { override } : {};
	const tables = (title: string, choices: Json): Table[] =>
		Object.entries({ one: 'All in one box', each: 'One box per article' }).map(
			([packing, words]) => ({
				title: `${words}${title}`,
				columns,
				rows: packed(bodies, { ...choices, packing }),
			}),
		);
	const pages: Table[] = [
		...tables('', {}),
		...('override' in given ? tables(`, with ${JSON.stringify(override)}`, given) : []),
		{
			title: 'Not shipped',
			columns: ['body', 'reason_code', 'reason'],
			rows: all.flatMap(([name, one]) =>
				'skipped' in one
					? [[name, String(one.skipped['reason_code']), String(one.skipped['reason'])]]
					: [],
			),
		},
		{
			title: 'Asked for',
			columns: ['body', 'field', 'message'],
			rows: all.flatMap(([name, one]) =>
				'fault' in one ? [[name, one.fault.field, one.fault.message]] : [],
			),
		},
	];
	return pages.filter(({ rows }) => rows.length > 0);
}
