import type { Channel } from './channels';
import type { Cents } from './money';
import type { Box, Ticket } from './ticket';

/** A line of a fee: `{name, amount, note}` [doc]. */
export interface FeeLine {
	name: string;
	amount: Cents;
}

/** What an order costs. Every number here is invented; only the vocabulary is the vendor's. */
export interface Price {
	/** Fee lines of one box, for each line of `boxes`. */
	perBox: FeeLine[][];
	discounts: FeeLine[];
	total: Cents;
	pounds: number;
	boxes: number;
}

const poundsPerKilogram = 2.20462;
const residentialFee: Cents = 420;
const fuelRate = 0.08;
const discountRate = 0.12;
/** Keeps the arithmetic finite for any weight a client may send. */
const heaviest = 1_000_000;

/** Prices a ticket. ASSUMED: weights are kg and dimensions cm; no page gives a unit. */
export function priceOf(ticket: Ticket, channel: Channel): Price {
	const residential = typeof ticket.consignee === 'object';
	const perBox = ticket.boxes.map((box) => boxFees(box, channel, residential));
	const gross = sum(ticket.boxes.map((box, index) => box.number * sumOf(perBox[index] ?? [])));
	const discount = -Math.round(gross * discountRate);
	return {
		perBox,
		// "服务商折扣" = discount of the service provider, and it is negative [doc]
		discounts: [{ name: '服务商折扣', amount: discount }],
		total: gross + discount,
		pounds: sum(ticket.boxes.map((box) => box.number * chargedPounds(box))),
		boxes: sum(ticket.boxes.map((box) => box.number)),
	};
}

function boxFees(box: Box, channel: Channel, residential: boolean): FeeLine[] {
	const freight = channel.base + channel.perPound * chargedPounds(box);
	const lines = [
		{ name: 'Freight Charge', amount: freight },
		{ name: 'FUEL SURCHARGE', amount: Math.round(freight * fuelRate) },
	];
	if (residential) lines.push({ name: 'RESIDENTIAL ADDRESS', amount: residentialFee });
	return lines;
}

/** Actual or dimensional weight, whichever is more, in whole pounds. */
function chargedPounds(box: Box): number {
	const { weight, length = 0, width = 0, height = 0 } = box;
	const kilograms = Math.max(weight, (length * width * height) / 5000);
	return Math.min(Math.max(1, Math.ceil(kilograms * poundsPerKilogram)), heaviest);
}

/** Total of fee lines. */
export function sumOf(lines: readonly FeeLine[]): Cents {
	return sum(lines.map((line) => line.amount));
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
