/** Decides what to send: one write per key, and as many items in a request as the user allows. */
import { isDeepStrictEqual } from 'node:util';
import { Fault, ValidationFault } from '../base/errors';
import { type AnyOperation, type Input, NoRequest } from '../operation/operation';

/** An item after its parameters were read and checked. */
export type CheckedItem = Input | NoRequest | Fault;

/** One request's worth of items. */
export interface Batch {
	items: number[];
	inputs: Input[];
}

/** The maps are by item. */
export interface Plan {
	batches: Batch[];
	/** Why an item is not sent. */
	faults: Map<number, Fault>;
	/** Items that need no request. */
	withoutRequest: Map<number, NoRequest>;
	/** Items with the same write as another one, which is sent: its index. */
	duplicateOf: Map<number, number>;
	/** The user's word for an item's write, e.g. its order number. */
	names: Map<number, string>;
	/** Items whose names a person takes for the same as an earlier item's: that item. */
	alikeTo: Map<number, number>;
	/** Members that an item's output gets in addition to the operation's own. */
	alsoOutput: Map<number, NonNullable<Input['alsoOutput']>>;
}

/**
 * Identical writes are sent once and share the result. Writes that share only the key are refused, each
 * naming the other.
 *
 * @param checked per item, in order
 */
export function planSends(
	operation: Pick<AnyOperation<never>, 'fields' | 'identity' | 'itemsPerRequest'>,
	checked: readonly CheckedItem[],
): Plan {
	const plan: Plan = {
		batches: [],
		faults: new Map(),
		withoutRequest: new Map(),
		duplicateOf: new Map(),
		names: new Map(),
		alikeTo: new Map(),
		alsoOutput: new Map(),
	};
	checked.forEach((one, item) => {
		if (one instanceof Fault) plan.faults.set(item, one);
		else if (one instanceof NoRequest) plan.withoutRequest.set(item, one);
		else if (one.alsoOutput) plan.alsoOutput.set(item, one.alsoOutput);
	});
	const { identity, fields } = operation;
	if (identity) findDuplicates(checked, identity, fields[identity]!.label, plan);
	plan.batches = batchesOf(checked, operation.itemsPerRequest, plan);
	return plan;
}

function findDuplicates(
	checked: readonly CheckedItem[],
	identity: string,
	label: string,
	{ faults, duplicateOf, names, alikeTo }: Plan,
): void {
	const firsts = new Map<string, { item: number; input: Input }>();
	const likes = new Map<string, number>();
	const parts = new Map<number, number>();
	checked.forEach((input, item) => {
		if (!isInput(input)) return;
		const key = String(input.body[identity]);
		names.set(item, key);
		const first = firsts.get(key);
		if (!first) {
			firsts.set(key, { item, input });
			const likeness = likenessOf(key);
			const like = likes.get(likeness);
			if (like === undefined) likes.set(likeness, item);
			else alikeTo.set(item, like);
		} else if (isTwin(first.input, input)) duplicateOf.set(item, first.item);
		else if (isPartOfSame(first.input, input)) parts.set(item, first.item);
		else {
			const isOfOne = first.input.source?.thing === input.source?.thing;
			const how = isOfOne ? ', with different contents' : ', for another order';
			faults.set(item, clash(key, label, first.item, how));
			faults.set(first.item, clash(key, label, item, how));
		}
	});
	// The first may have clashed after its duplicate, or another part of its thing, was found
	for (const [item, first] of [...duplicateOf, ...parts]) {
		const fault = faults.get(first);
		if (fault) faults.set(item, fault);
	}
}

const isInput = (checked: CheckedItem): checked is Input =>
	!(checked instanceof Fault || checked instanceof NoRequest);

/** Such as two deliveries of a shop's order that grew in between: the operation tells them apart. */
const isPartOfSame = ({ source: one }: Input, { source: other }: Input) =>
	one !== undefined && one.thing === other?.thing;

const clash = (key: string, label: string, other: number, how: string) =>
	new ValidationFault(
		`'${label}' ${key} is also used by item ${other}${how}`,
		label,
		'Give each order a number of its own. Nothing was sent for either of the two items.',
	);

/** Two things may have the same number and contents all the same, such as orders of two shops. */
const isTwin = (one: Input, other: Input) =>
	one.source?.thing === other.source?.thing &&
	JSON.stringify(one.body) === JSON.stringify(other.body);

/** Equal for names that differ only in case, blanks and unseen characters, or Unicode form. */
function likenessOf(name: string): string {
	const inOneForm = name.normalize('NFKC').replace(/[\s\p{Cc}\p{Cf}]+/gu, '');
	// Only so do ß and SS, or the two small sigmas, become one
	return inOneForm.toUpperCase().toLowerCase();
}

function batchesOf(
	checked: readonly CheckedItem[],
	itemsPerRequest: AnyOperation<never>['itemsPerRequest'],
	{ faults, duplicateOf }: Plan,
): Batch[] {
	const batches: Batch[] = [];
	let open: Batch | undefined;
	checked.forEach((input, item) => {
		if (!isInput(input) || faults.has(item) || duplicateOf.has(item)) return;
		const most = itemsPerRequest ? Number(input.settings[itemsPerRequest]) : 1;
		const fits =
			open &&
			open.items.length < most &&
			// Whether there is a source is the operation's to know of all of them at once
			(open.inputs[0]!.source === undefined) === (input.source === undefined) &&
			isDeepStrictEqual(open.inputs[0]!.settings, input.settings);
		if (!open || !fits) batches.push((open = { items: [], inputs: [] }));
		open.items.push(item);
		open.inputs.push(input);
	});
	return batches;
}
