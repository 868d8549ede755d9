/**
 * Packs what is to be shipped.
 *
 * Weights are rounded up to three decimals of the unit. ASSUMED, as in ../../tw/orders/ticket.ts: a
 * declared value is that of one box. The values of all boxes add up to exactly what the goods are worth,
 * so of three boxes with 10.00 in all, one has 3.34.
 */
import { inParts } from '../../base/money';
import {
	type DescribedBox,
	orderFault,
	overrideLabels,
	quotedLabel,
	type TicketChoices,
} from './fields';
import { type GivenOrder, orderNameInText } from './given-order';
import { articleName, declaredPlaces, declaredValueOf, type ToShip, weightOf } from './goods';

/** An entry of a ticket: `number` identical boxes. */
export interface Box extends Record<string, unknown> {
	number: number;
	declaredValue: number;
}

interface Load {
	given: GivenOrder;
	choices: TicketChoices;
	accountCurrency: string;
}

/** @throws {OrderFault} for what neither the shop nor the user says */
export function boxesOf(toShip: readonly ToShip[], load: Load): Box[] {
	const { packing, boxes = [], weightPerBox } = load.choices;
	if (packing === 'given') return describedBoxes(boxes, toShip, load);
	if (toShip.length === 0 && (packing === 'each' || weightPerBox === undefined)) {
		throw orderFault(
			'unknown_contents',
			`It is not known which articles are in ${orderNameInText(load.given)}`,
			'packing',
			`Set ${quotedLabel('packing')} to Boxes Below, or to One Box with ${overrideLabels('weightPerBox')}.`,
		);
	}
	if (packing === 'each') return boxPerPiece(toShip, load);
	const contents = toShip.map((one) => ({ one, times: one.pieces }));
	return sharing(partsOf(declared(toShip, load), 1, load), 1, boxWith(contents, load));
}

function boxPerPiece(toShip: readonly ToShip[], load: Load): Box[] {
	const broken = toShip.find(({ pieces }) => !Number.isInteger(pieces));
	if (broken) {
		throw orderFault(
			'odd_quantity',
			`${articleName(broken.article)} in ${orderNameInText(load.given)} has a quantity of ${broken.pieces}, which is no number of boxes`,
			'packing',
			`Set ${quotedLabel('packing')} to One Box.`,
		);
	}
	const count = toShip.reduce((total, { pieces }) => total + pieces, 0);
	const isDeclared = load.choices.declaredValue !== undefined;
	const all = isDeclared ? partsOf(declared(toShip, load), count, load) : undefined;
	const boxes = toShip.map((one) => ({ one, box: boxWith([{ one, times: 1 }], load) }));
	return merged(
		boxes.flatMap(({ one, box }) => {
			const parts = all ?? partsOf(declared([one], load), one.pieces, load);
			return sharing(parts, one.pieces, box);
		}),
	);
}

/** The boxes as the user describes them. Where no value is declared, the goods' value is divided. */
function describedBoxes(
	boxes: readonly DescribedBox[],
	toShip: readonly ToShip[],
	load: Load,
): Box[] {
	if (boxes.some(({ declaredValue }) => declaredValue !== undefined)) {
		return boxes.map((box) => ({ ...box, declaredValue: box.declaredValue ?? 0 }));
	}
	const count = boxes.reduce((total, box) => total + box.number, 0);
	const parts = partsOf(declared(toShip, load), count, load);
	return boxes.flatMap((box) => sharing(parts, box.number, box));
}

/** The value to declare for all of it: the user's, or else the goods'; decimal text. */
function declared(toShip: readonly ToShip[], { given, choices, accountCurrency }: Load): string {
	if (choices.declaredValue !== undefined) return String(choices.declaredValue);
	if (toShip.length > 0) return declaredValueOf(toShip, given, choices, accountCurrency);
	throw orderFault(
		'no_value',
		`It is not known what is in ${orderNameInText(given)}, and so not what it is worth`,
		'declaredValue',
		`Give ${overrideLabels('declaredValue')}.`,
	);
}

/** Weight and size of one box with these contents. */
function boxWith(contents: ReadonlyArray<{ one: ToShip; times: number }>, load: Load) {
	const { weightPerBox, tareWeight = 0, weightUnit, boxLength, boxWidth, boxHeight } = load.choices;
	const weight =
		weightPerBox ??
		contents.reduce(
			(total, { one, times }) =>
				total + times * weightOf(one, load.given, load.choices, weightUnit!),
			tareWeight,
		);
	return { weight: roundedUp(weight), length: boxLength, width: boxWidth, height: boxHeight };
}

/**
 * Rounded up to three decimals, so that a box is never declared lighter than it is, and never weighs
 * nothing.
 */
function roundedUp(weight: number): number {
	// What floating point adds beyond the ninth decimal is no weight
	const thousandths = Math.ceil(Number((weight * 1000).toFixed(6)));
	return Math.max(thousandths, weight > 0 ? 1 : 0) / 1000;
}

type Part = { amount: string; parts: number };

const partsOf = (value: string, count: number, { accountCurrency }: Load): Part[] =>
	inParts(value, count, declaredPlaces(accountCurrency)) ?? [];

/** So many of a box, each with a part of the value, taken from the front of those left. */
function sharing(left: Part[], count: number, box: Record<string, unknown>): Box[] {
	const boxes: Box[] = [];
	for (let open = count; open > 0 && left.length > 0;) {
		const [first] = left as [Part];
		const number = Math.min(open, first.parts);
		const declaredValue = Number(first.amount);
		const referenceNumbers = box['referenceNumbers'] ?? [];
		boxes.push(Object.assign({}, box, { number, declaredValue, referenceNumbers }));
		open -= number;
		if (number === first.parts) left.shift();
		else first.parts -= number;
	}
	return boxes;
}

/** Identical boxes share an entry. */
function merged(boxes: readonly Box[]): Box[] {
	const entries = new Map<string, Box>();
	for (const { number, ...box } of boxes) {
		const key = JSON.stringify(box);
		const known = entries.get(key);
		if (known) known.number += number;
		else entries.set(key, { number, ...box });
	}
	return [...entries.values()];
}
