/**
 * Packs what is to be shipped.
 *
 * Weights are rounded up to three decimals of the unit. A declared value is that of one box, ASSUMED
 * as in ../../tw/orders/ticket.ts: the boxes' values add up to exactly what the goods are worth, so
 * that of three boxes with 10.00 one has 3.34.
 */
import { inParts } from '../../base/money';
import type { Choices, GivenBox } from './form';
import type { Given } from './given';
import { declaredPlaces, type Going, inOrder, nameOf, valueOf, weightOf } from './goods';
import { roundedUp } from './weight';
import { called, overriding, problem } from './words';

/** An entry of a ticket: `number` identical boxes. */
export interface Box extends Record<string, unknown> {
	number: number;
	declaredValue: number;
}

interface Load {
	given: Given;
	choices: Choices;
	accountCurrency: string;
}

/** @throws {ValidationFault} for what neither the shop nor the user tells */
export function boxesOf(going: readonly Going[], load: Load): Box[] {
	const { packing, boxes = [] } = load.choices;
	if (packing === 'given') return givenBoxes(boxes, going, load);
	if (going.length === 0 && load.choices.weightPerBox === undefined) throw noArticles(load);
	return packing === 'each' ? boxPerPiece(going, load) : oneBox(going, load);
}

function oneBox(going: readonly Going[], load: Load): Box[] {
	const pieces = going.map((one) => ({ one, times: one.pieces }));
	return valued(1, declared(going, load), load, filled(pieces, load));
}

function boxPerPiece(going: readonly Going[], load: Load): Box[] {
	if (going.length === 0) throw noArticles(load);
	const broken = going.find(({ pieces }) => !Number.isInteger(pieces));
	if (broken) {
		throw problem(
			`${nameOf(broken.article)} in ${inOrder(load.given)} has a quantity of ${broken.pieces}, which is no number of boxes`,
			'packing',
			`Set ${called('packing')} to One Box.`,
		);
	}
	const { declaredValue } = load.choices;
	const boxes = going.map((one) => ({ one, box: filled([{ one, times: 1 }], load) }));
	if (declaredValue === undefined) {
		return merged(
			boxes.flatMap(({ one, box }) => valued(one.pieces, declared([one], load), load, box)),
		);
	}
	// What is declared for all is divided among all
	const all = boxes.reduce((count, { one }) => count + one.pieces, 0);
	const parts = inParts(String(declaredValue), all, declaredPlaces(load.accountCurrency)) ?? [];
	return merged(
		boxes.flatMap(({ one, box }) => takeParts(parts, one.pieces).map((part) => boxOf(part, box))),
	);
}

/** The boxes as the user describes them; what they do not declare is the goods' value. */
function givenBoxes(boxes: readonly GivenBox[], going: readonly Going[], load: Load): Box[] {
	if (boxes.some(({ declaredValue }) => declaredValue !== undefined)) {
		return boxes.map((box) => ({ ...box, declaredValue: box.declaredValue ?? 0 }));
	}
	const all = boxes.reduce((count, box) => count + box.number, 0);
	const parts = inParts(declared(going, load), all, declaredPlaces(load.accountCurrency)) ?? [];
	return boxes.flatMap((box) => takeParts(parts, box.number).map((part) => boxOf(part, box)));
}

/** What is declared for what goes: the user's word, or the goods' value; decimal text. */
function declared(going: readonly Going[], { given, choices, accountCurrency }: Load): string {
	if (choices.declaredValue !== undefined) return String(choices.declaredValue);
	if (going.length > 0) return valueOf(going, given, choices, accountCurrency);
	throw problem(
		`It is not known what is in ${inOrder(given)}, and so not what it is worth`,
		'declaredValue',
		`Give ${overriding('declaredValue')}.`,
	);
}

/** Weight and size of one box with these in it. */
function filled(contents: ReadonlyArray<{ one: Going; times: number }>, load: Load) {
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

type Part = { amount: string; parts: number };

const boxOf = ({ amount, parts }: Part, box: Record<string, unknown>): Box =>
	Object.assign({}, box, {
		number: parts,
		declaredValue: Number(amount),
		referenceNumbers: box['referenceNumbers'] ?? [],
	});

const valued = (count: number, value: string, load: Load, box: Record<string, unknown>): Box[] =>
	(inParts(value, count, declaredPlaces(load.accountCurrency)) ?? []).map((part) =>
		boxOf(part, box),
	);

/** Takes as many parts as a box needs from the front of what is left of them. */
function takeParts(parts: Part[], count: number): Part[] {
	const taken: Part[] = [];
	for (let open = count; open > 0 && parts.length > 0;) {
		const [first] = parts as [Part];
		const some = Math.min(open, first.parts);
		taken.push({ amount: first.amount, parts: some });
		open -= some;
		if (some === first.parts) parts.shift();
		else first.parts -= some;
	}
	return taken;
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

const noArticles = ({ given }: Load) =>
	problem(
		`It is not known which articles are in ${inOrder(given)}`,
		'packing',
		`Set ${called('packing')} to Boxes Below, or to One Box with ${overriding('weightPerBox')}.`,
	);
