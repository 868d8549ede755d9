/**
 * An operation is data: what the editor shows, what goes out, how it is delivered, what comes back.
 *
 * The node's parameters (properties.ts), the checks, the hints and the documentation's
 * table all derive from it; a run (run/run.ts) carries it out.
 */
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { ZodType } from 'zod/v4';
import type { Fault } from '../base/errors';
import type { Limits } from '../base/limits';
import { ADDITIONAL } from './fields/form';
import type { Fields } from './fields/model';
import { chooserName, isProminent, jsonName, type Slot, slotsOf } from './fields/slots';
import type { EgressPolicy, File, Ledger, Register, RememberPlace } from './needs';

export type Kind = 'read' | 'write' | 'event';

type Members = Record<string, unknown>;

/** What an operation is given for one item: the checked body and the checked settings. */
export interface Input<Body = Members, Settings = Members> {
	body: Body;
	settings: Settings;
	/** Members that each of its output items gets besides those of the operation. */
	beside?: IDataObject;
}

/** One output item of an operation. */
export interface Result {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
}

/**
 * What the items of an operation or a trigger look like. n8n's editor shows it before the first run
 * (scripts/output-previews.ts). Functions, because nothing of a run needs them: n8n loads the nodes
 * without making the schemas.
 */
export interface Output {
	/** An item with the settings as they are; a member that not every item has is optional. */
	usual: () => ZodType;
	/** An item with other settings, where it has other members. */
	otherwise?: () => ZodType;
}

/** What became of one input item. */
export type Outcome = Result[] | Fault;

/** What an input item becomes of which it is clear from the start that nothing is to be sent for it. */
export class Settled {
	/** @param isLeftOut counted above the output, and put out nowhere */
	constructor(
		readonly results: Result[],
		readonly isLeftOut = false,
	) {}
}

/**
 * What a node before this one gave, of which the item that is read has come.
 *
 * @param nodeType the node's name, without the package's; the nearest of that type counts
 * @param given what the user has given instead: it is looked behind only if that is the item itself
 * @returns undefined if there is none
 */
export type Before = (nodeType: string, given: unknown) => unknown;

/** What an operation may use of the run it takes part in. */
export interface Call<Client> {
	client: Client;
	/** Index of the (first) input item this call is for. */
	item: number;
	limits: Limits;
	ledger: Ledger;
	/** What this execution has sent, and at the place what others have; the same for all items of a run. */
	register: (place: RememberPlace) => Promise<Register>;
	/** n8n's id of the execution. */
	execution: string;
	/** Says something above the node's output; the same words once. */
	hint: (message: string) => void;
	/** The execution is a retry from the executions list: an earlier run may have sent everything. */
	isRetry: boolean;
	/** Tells the rounds of a loop apart; the same in every try of one round. */
	run: string;
	/** What an item goes back to; only while the items are read. */
	before?: Before | undefined;
	/** IANA name of the workflow's time zone. */
	zone: string;
	storeFile: (file: File) => Promise<IBinaryData>;
	/** The host's word on addresses it does not want called, where it has one. */
	egress?: EgressPolicy | undefined;
}

/** A parameter that takes the whole body as JSON, so that an item costs one expression. */
export interface JsonForm {
	/** Name of the JSON parameter. */
	name: string;
	label: string;
	/** Name and label of the parameter that chooses between fields and JSON. */
	chooser: string;
	chooserLabel: string;
	description: string;
	/** What the editor starts with. */
	example: string;
}

/** A third way in, which asks for something else and makes the body of it. */
export interface DerivedForm<Client> {
	/** The chooser's value; stored in workflows, never renamed. */
	value: string;
	/** As the chooser calls it. */
	name: string;
	fields: Fields;
	/** The collection for those of its fields that do not stand in the open. */
	aside: { name: string; label: string };
	/**
	 * Makes the body, which is then checked as any other.
	 *
	 * @param given the checked fields
	 * @throws {ValidationFault} naming the field as the editor shows it
	 */
	make: (
		given: Members,
		call: Pick<Call<Client>, 'client' | 'before'>,
	) => Pick<Input, 'body' | 'beside'> | Settled;
}

export interface Operation<Client, Body = Members, Settings = Members> {
	/** Stored in workflows; never renamed. */
	value: string;
	name: string;
	action: string;
	description: string;
	kind: Kind;
	/** Titles of the vendor's endpoints that this calls, for the documentation's table. */
	endpoints: readonly string[];
	/** Shown in the panel; says what is assumed, if anything is. */
	notice?: string;
	/** What its items look like. */
	output: Output;
	/** An item that a node before has skipped, or only tried, goes on as it is: there is nothing to ask of it. */
	passesOn?: true;
	/** The body's fields. */
	fields: Fields;
	json?: JsonForm;
	/** Chosen where JSON is chosen, so there must be that as well. */
	derived?: DerivedForm<Client>;
	/** Settings that stand in the open. */
	controls?: Fields;
	/** Settings under Options, beyond those every operation has. */
	options?: Fields;
	/** Fills in what the user left to us, before the body is checked; the draft is its own to change. */
	complete?: (
		draft: Members,
		call: Pick<Call<Client>, 'client' | 'ledger' | 'run' | 'before'>,
		settings: Settings,
	) => Members;
	/** Two items with the same key are one and the same write. */
	identity?: (body: Body) => { key: string; label: string };
	/** How many items one request may carry. */
	itemsPerRequest?: (settings: Settings) => number;
	/** Whether a dry run is to ask the vendor, for prices; by default it asks nothing. */
	asksInDryRun?: (settings: Settings) => boolean;
	/** Carries out one request's worth of items; one outcome per input, in order. */
	perform: (call: Call<Client>, inputs: Array<Input<Body, Settings>>) => Promise<Outcome[]>;
}

/** The parts of an operation that do not depend on its body's type; what a node holds in its list. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each operation has a body of its own; the runner only hands it through
export type AnyOperation<Client> = Operation<Client, any, any>;

/** For operations that know one item at a time: a fault ends that item alone. */
export function perItem<Client, Body, Settings>(
	one: (call: Call<Client>, input: Input<Body, Settings>) => Promise<Result[]>,
): Operation<Client, Body, Settings>['perform'] {
	return async (call, inputs) =>
		await Promise.all(inputs.map(async (input) => await one(call, input)));
}

/** Name of the parameter that holds the settings under Options. */
export const OPTIONS = 'options';

/**
 * The parameters a field list has in the open, and the collection of the others.
 *
 * @param aside name of that collection
 */
export function fieldParameterNames(fields: Fields, aside = ADDITIONAL): string[] {
	const slots = slotsOf(fields);
	const names = slots.filter(isProminent).flatMap(namesOfSlot);
	return slots.every(isProminent) ? names : [...names, aside];
}

/** The parameters of an operation; nothing else is ever read for it. */
export function parameterNames(operation: AnyOperation<never>): string[] {
	const { fields, controls = {}, json, derived } = operation;
	const names = [
		...fieldParameterNames(fields),
		...fieldParameterNames(controls),
		OPTIONS,
		...(json ? [json.chooser, json.name] : []),
		...(derived ? fieldParameterNames(derived.fields, derived.aside.name) : []),
	];
	// Two ways in may share a parameter, such as the channel
	return [...new Set(names)];
}

/** A slot can have more than one parameter: a chooser and what it chooses between. */
function namesOfSlot(slot: Slot): string[] {
	const { field, name } = slot;
	if (field.kind === 'either') {
		const group = slotsOf(field.group.field.fields, slot.path).map((member) => member.name);
		return [chooserName(slot), `${name}_${field.text.value}`, ...group];
	}
	if (field.kind === 'list') return [chooserName(slot), name, jsonName(slot)];
	if (field.kind === 'map') return [name, jsonName(slot)];
	return [name];
}
