/** Decides what is to be sent: one write per key, and as many items in a request as the user allows. */
import { isDeepStrictEqual } from 'node:util';
import { Fault, ValidationFault } from '../base/errors';
import { type AnyOperation, type Input, Settled } from '../operation/operation';

/** What an item's parameters have turned out to be. */
export type Reading = Input | Settled | Fault;

/** One request's worth of items. */
export interface Job {
	items: number[];
	inputs: Input[];
}

export interface Plan {
	jobs: Job[];
	/** Faults of items that are not sent, by item. */
	faults: Map<number, Fault>;
	/** Items that are done without being sent. */
	settled: Map<number, Settled>;
	/** Items whose write is another item's: index of the one that is sent. */
	sameAs: Map<number, number>;
	/** What the user calls an item's write, e.g. its order number. */
	names: Map<number, string>;
	/** Members that an item's output gets besides those of the operation. */
	beside: Map<number, NonNullable<Input['beside']>>;
}

/**
 * Identical writes are sent once and share the result; those that share a key alone are refused, each
 * naming its twin.
 *
 * @param read per item, in order
 */
export function planSends(
	operation: Pick<AnyOperation<never>, 'identity' | 'itemsPerRequest'>,
	read: readonly Reading[],
): Plan {
	const plan: Plan = {
		jobs: [],
		faults: new Map(),
		settled: new Map(),
		sameAs: new Map(),
		names: new Map(),
		beside: new Map(),
	};
	read.forEach((reading, item) => {
		if (reading instanceof Fault) plan.faults.set(item, reading);
		else if (reading instanceof Settled) plan.settled.set(item, reading);
		else if (reading.beside) plan.beside.set(item, reading.beside);
	});
	if (operation.identity) matchTwins(read, operation.identity, plan);
	plan.jobs = jobsOf(read, operation.itemsPerRequest, plan);
	return plan;
}

function matchTwins(
	read: readonly Reading[],
	identity: NonNullable<AnyOperation<never>['identity']>,
	{ faults, sameAs, names }: Plan,
): void {
	const first = new Map<string, { item: number; input: Input }>();
	read.forEach((input, item) => {
		if (!isInput(input)) return;
		const { key, label } = identity(input.body);
		names.set(item, key);
		const twin = first.get(key);
		if (!twin) first.set(key, { item, input });
		else if (sameBody(twin.input, input)) sameAs.set(item, twin.item);
		else {
			faults.set(item, clash(key, label, twin.item));
			faults.set(twin.item, clash(key, label, item));
		}
	});
	// A twin of an item that turned out to clash clashes as well
	for (const [item, twin] of sameAs) {
		const fault = faults.get(twin);
		if (fault) faults.set(item, fault);
	}
}

const isInput = (reading: Reading): reading is Input =>
	!(reading instanceof Fault || reading instanceof Settled);

const clash = (key: string, label: string, other: number) =>
	new ValidationFault(
		`'${label}' ${key} is also used by item ${other}, with different contents`,
		label,
		'Give each order a number of its own. Nothing was sent for either of the two items.',
	);

const sameBody = (one: Input, other: Input) =>
	JSON.stringify(one.body) === JSON.stringify(other.body);

const sameSettings = (one: Input['settings'], other: Input['settings']) =>
	one === other || isDeepStrictEqual(one, other);

function jobsOf(
	read: readonly Reading[],
	itemsPerRequest: AnyOperation<never>['itemsPerRequest'],
	{ faults, sameAs }: Plan,
): Job[] {
	const jobs: Job[] = [];
	let open: Job | undefined;
	read.forEach((input, item) => {
		if (!isInput(input) || faults.has(item) || sameAs.has(item)) return;
		const room = itemsPerRequest?.(input.settings) ?? 1;
		const fits =
			open && open.items.length < room && sameSettings(open.inputs[0]!.settings, input.settings);
		if (!open || !fits) jobs.push((open = { items: [], inputs: [] }));
		open.items.push(item);
		open.inputs.push(input);
	});
	return jobs;
}
