/**
 * An operation is data: what the editor shows, what goes out, how it is delivered, what comes back.
 *
 * The node's parameters (operation-properties.ts), the checks, the hints and the documentation's
 * table all derive from it; the runner (runner.ts) carries it out.
 */
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { Deadline } from './deadline';
import type { Fault } from './errors';
import { ADDITIONAL } from './fields/form';
import type { EgressPolicy } from './http/download';
import type { Fields } from './fields/model';
import { chooserName, isProminent, jsonName, type Slot, slotsOf } from './fields/slots';
import type { Ledger } from './ledger';
import type { File } from './runner-files';

export type Kind = 'read' | 'write' | 'event';

type Members = Record<string, unknown>;

/** What an operation is given for one item: the checked body and the checked settings. */
export interface Input<Body = Members, Settings = Members> {
	body: Body;
	settings: Settings;
}

/** One output item of an operation. */
export interface Result {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
}

/** What became of one input item. */
export type Outcome = Result[] | Fault;

/** What an operation may use of the run it takes part in. */
export interface Call<Client> {
	client: Client;
	/** Index of the (first) input item this call is for. */
	item: number;
	deadline: Deadline;
	/** Fires when the user cancels the execution. */
	signal?: AbortSignal | undefined;
	ledger: Ledger;
	/** The execution is a retry from the executions list: an earlier run may have sent everything. */
	isRetry: boolean;
	/** Tells the rounds of a loop apart; the same in every try of one round. */
	run: string;
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
	/** The body's fields. */
	fields: Fields;
	json?: JsonForm;
	/** Settings that stand in the open. */
	controls?: Fields;
	/** Settings under Options, beyond those every operation has. */
	options?: Fields;
	/** Fills in what the user left to us, before the body is checked; the draft is its own to change. */
	complete?: (
		draft: Members,
		call: Pick<Call<Client>, 'client' | 'ledger' | 'run'>,
		settings: Settings,
	) => Members;
	/** Two items with the same key are one and the same write. */
	identity?: (body: Body) => { key: string; label: string };
	/** How many items one request may carry. */
	itemsPerRequest?: (settings: Settings) => number;
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

/** The parameters a field list has in the open. */
export function fieldParameterNames(fields: Fields): string[] {
	const slots = slotsOf(fields);
	const names = slots.filter(isProminent).flatMap(namesOfSlot);
	return slots.every(isProminent) ? names : [...names, ADDITIONAL];
}

/** The parameters of an operation; nothing else is ever read for it. */
export function parameterNames({ fields, controls = {}, json }: AnyOperation<never>): string[] {
	return [
		...fieldParameterNames(fields),
		...fieldParameterNames(controls),
		OPTIONS,
		...(json ? [json.chooser, json.name] : []),
	];
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
