import { channels } from './channels';
import { asNumber, asText, type Cents } from './money';
import { trackingNumber } from './tracking';

/** A bill as getBill shows it: members and their types are [doc], the data is invented. */
export interface Bill {
	id: number;
	bill_at: string;
	code: string;
	sort: string;
	balance_before: string;
	charge_price: string;
	refund_price: string;
	balance_after: string;
	bill_price: string;
	status: number;
	created_at: string;
}

/** A line of a bill as getBillInfo shows it: members and their types are [doc], the data is invented. */
export interface BillLine {
	id: number;
	no: string;
	main_number: string;
	tracking_number: string;
	product_name: string;
	value: number;
	fee_name: string;
}

/** The bills so far, newest first, their lines by bill id, and what they leave on the account. */
export interface BillSeeds {
	bills: readonly Bill[];
	lines: ReadonlyMap<number, readonly BillLine[]>;
	balance: Cents;
}

const billCount = 37;
const oneDay = 24 * 60 * 60 * 1000;
const week = 7 * oneDay;
const topUp: Cents = 500_000;

/** By the day of the newest bill; milliseconds since 1970 UTC. */
const seeds = new Map<number, BillSeeds>();

/**
 * The same invented bills in every sandbox, but for their dates: one a week, the newest of yesterday.
 *
 * @param now milliseconds since 1970 UTC
 */
export function billSeeds(now: number): BillSeeds {
	const newest = Math.floor(now / oneDay) * oneDay - oneDay;
	let made = seeds.get(newest);
	if (!made) seeds.set(newest, (made = makeSeeds(newest)));
	return made;
}

function makeSeeds(newest: number): BillSeeds {
	const random = generator(20250109);
	const bills: Bill[] = [];
	const lines = new Map<number, BillLine[]>();
	let balance: Cents = 1_000_000;
	let lineId = 1;

	for (let id = 1; id <= billCount; id++) {
		const billLines = makeLines(id, lineId, random);
		lineId += billLines.length;
		lines.set(id, billLines);

		const billed = billLines.reduce((sum, line) => sum + Math.round(line.value * 100), 0);
		const paidIn = balance + billed < topUp ? topUp : 0;
		const day = new Date(newest - (billCount - id) * week).toISOString().slice(0, 10);
		bills.unshift({
			id,
			bill_at: day,
			code: day.replaceAll('-', ''),
			sort: '01',
			balance_before: asText(balance),
			charge_price: asText(paidIn),
			refund_price: '0.00',
			// The arithmetic of both bills in the vendor's example: before + paid in + billed (negative)
			balance_after: asText(balance + paidIn + billed),
			bill_price: asText(billed),
			status: 1,
			created_at: `${day} 23:00:00`,
		});
		balance += paidIn + billed;
	}
	return { bills, lines, balance };
}

/** Lines of 200 to 400 boxes, some with a second fee. */
function makeLines(bill: number, firstId: number, random: () => number): BillLine[] {
	const lines: BillLine[] = [];
	const boxes = 200 + Math.floor(random() * 200);
	for (let box = 0; box < boxes; box++) {
		const channel = channels[Math.floor(random() * channels.length)];
		const number = trackingNumber(9_000_000 - bill * 1000 - box);
		const line = (fee_name: string, cents: Cents): BillLine => ({
			id: firstId + lines.length,
			no: `${10_000 + bill}-${String(box + 1).padStart(4, '0')}`,
			main_number: number,
			tracking_number: number,
			product_name: channel?.name ?? '',
			value: asNumber(-cents),
			fee_name,
		});
		// "派送费" = delivery fee [doc]; negative = money charged
		lines.push(line('派送费', 300 + Math.floor(random() * 1500)));
		if (random() < 0.2) lines.push(line('燃油费', 20 + Math.floor(random() * 150)));
	}
	return lines;
}

/** A small repeatable random number generator (mulberry32). */
function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
