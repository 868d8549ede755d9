/**
 * An operation is data: what the editor shows, what goes out, how it is delivered, what comes back.
 *
 * The node's parameters (properties.ts), the checks, the hints and the documentation's table derive from it;
 * a run (run/run.ts) carries it out.
 */
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { Readable } from 'node:stream';
import type { ZodType } from 'zod/v4';
import type { Fault } from '../base/errors';
import type { Limits } from '../base/limits';
import {
	ADDITIONAL,
	chooserName,
	isProminent,
	jsonName,
	type Slot,
	slotsOf,
} from '../fields/layout';
import type { Field, Fields, InputOf, SettingsOf } from '../fields/field';
import type { EgressPolicy } from '../base/egress';
import type { Register, RememberPlace } from '../register/register';
import type { CommonFields } from './options';

export type OperationKind = 'read' | 'write' | 'event';

type Members = Record<string, unknown>;

/** An item's checked input. */
export interface Input<Body = Members, Settings = Members> {
	body: Body;
	settings: Settings;
	/** Members that each of its output items gets in addition to the operation's own. */
	alsoOutput?: IDataObject;
	/** What a derived form has made the body of, for an operation that may need another one of it. */
	source?: Source;
}

export interface Source {
	of: unknown;
	/** Identifies it: several bodies of one number may be parts of it. */
	thing: string;
	/**
	 * Completes and checks another body, as the first one was.
	 *
	 * @throws {ValidationFault} naming the field as the editor shows it
	 */
	check: (draft: Members) => Members;
}

/** One output item of an operation. */
export interface Result {
	json: IDataObject;
	binary?: Record<string, IBinaryData>;
	/** It is left out of the output, and only counted in the line above it. */
	isLeftOut?: boolean;
}

/**
 * What the items of an operation or a trigger look like, their members in the order in which a person reads
 * them. n8n's editor shows it before the first run (scripts/output-previews.ts), and items come out in that
 * order (rows.ts). They are functions so that n8n builds the schemas only for what runs.
 */
export interface Output {
	/**
	 * An item with the settings as they are; a member that not every item has is optional. Only one that is
	 * nullable comes out as null.
	 */
	usual: () => ZodType;
	/** An item with other settings, where it has other members. */
	otherwise?: () => ZodType;
}

/** What became of one input item. */
export type Outcome = Result[] | Fault;

/** An item that needs no request. */
export class NoRequest {
	constructor(readonly results: Result[]) {}
}

/**
 * Finds the earlier node's item that led to the item being read.
 *
 * @param nodeType name of the node's type, without the package's; the nearest node of that type counts
 * @param given the value the user entered; only if it is the item itself is an earlier one looked for
 * @returns undefined if there is none
 */
export type EarlierItem = (nodeType: string, given: unknown) => unknown;

/** A file on its way to n8n. */
export interface OutgoingFile {
	content: Buffer | Readable;
	/** In bytes, where it is known before the content is read. */
	length?: number | undefined;
	name: string;
	mimeType: string;
}

/** What an operation may use of the run it takes part in. */
export interface Call<Client> {
	client: Client;
	/** Index of the (first) input item this call is for. */
	item: number;
	limits: Limits;
	/**
	 * The register: what this and other executions have sent, as far as the place remembers it. The same for
	 * all items of a run.
	 */
	register: (place: RememberPlace) => Promise<Register>;
	/** n8n's id of the execution. */
	execution: string;
	/** Name of the node. */
	node: string;
	/** Shows a message above the node's output; a repeated message is shown only once. */
	hint: (message: string) => void;
	/** The execution is a retry from the executions list: an earlier run may have sent everything. */
	isRetry: boolean;
	/** When this run began; milliseconds since 1970 UTC. Another try begins anew. */
	began: number;
	/** Identifies the round of a loop; the same in every try of one round. */
	run: string;
	/** When this round began, ISO 8601; the same in every try of it. */
	startedAt: () => string;
	/** Only while the items are read. */
	earlierItem?: EarlierItem | undefined;
	/** IANA name of the workflow's time zone. */
	zone: string;
	storeFile: (file: OutgoingFile) => Promise<IBinaryData>;
	/** The host's egress policy, where it has one. */
	egress?: EgressPolicy | undefined;
}

/** The part of a call that exists while the items are read. */
export type ReadCall<Client> = Pick<Call<Client>, 'client' | 'startedAt' | 'earlierItem'> & {
	/** The node's parameters as saved, expressions unresolved. */
	stored?: Readonly<Record<string, unknown>> | undefined;
};

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

/** A third way in, which asks for something else and makes the body from it. */
export interface DerivedForm<Client, F extends Fields, Given = SettingsOf<F>> {
	/** The chooser's value; stored in workflows, never renamed. */
	value: string;
	/** As the chooser shows it. */
	name: string;
	fields: F;
	/** The collection for its fields that are not prominent. */
	aside: { name: string; label: string };
	/**
	 * Makes the body, which is then checked as any other.
	 *
	 * @param given the checked fields
	 * @throws {ValidationFault} naming the field as the editor shows it
	 */
	make: (
		given: Given,
		call: Pick<Call<Client>, 'client' | 'earlierItem'>,
	) => (Pick<Input, 'body' | 'alsoOutput'> & { source?: Omit<Source, 'check'> }) | NoRequest;
}

interface Described<Client, Settings> {
	/** Stored in workflows; never renamed. */
	value: string;
	name: string;
	action: string;
	description: string;
	kind: OperationKind;
	/** What a write brings about, in a sentence for an AI model that may call it. */
	consequence?: string;
	/** Titles of the vendor's endpoints that this calls, for the documentation's table. */
	endpoints: readonly string[];
	/** Shown in the panel, in yellow. */
	notice?: string | undefined;
	/** Behind the description where the operation is chosen: what of it is assumed. */
	caveat?: string | undefined;
	/** What its items look like. */
	output: Output;
	/** If set: an item that an earlier node skipped, or only tried in a dry run, is passed on as it is. */
	passesOn?: true;
	/** The body's fields. */
	fields: Fields;
	json?: JsonForm;
	/** Needs `json`, whose chooser offers it. */
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each makes a body of something else
	derived?: DerivedForm<Client, Fields, any>;
	/** Settings outside of Options. */
	controls?: Fields;
	/** Settings under Options, beyond those every operation has. */
	options?: Fields;
	/** Fills in what the user left empty, before the body is checked; it may change the draft. */
	complete?: (draft: Members, call: ReadCall<Client>, settings: Settings) => Members;
	/** The field that names the thing: two items with the same value are the same write. */
	identity?: string;
	/** The setting that says how many items one request may carry. */
	itemsPerRequest?: string;
	/** Whether a dry run asks the vendor for prices; by default it asks nothing. */
	asksInDryRun?: (settings: Settings) => boolean;
}

type CarriedOut<Client, Body, Settings> =
	| {
			/** Carries out one request's worth of items; one outcome per input, in order. */
			perform: (call: Call<Client>, inputs: Array<Input<Body, Settings>>) => Promise<Outcome[]>;
			performEach?: never;
	  }
	| {
			/** Carries out one item; a fault ends that item alone. */
			performEach: (call: Call<Client>, input: Input<Body, Settings>) => Promise<Result[]>;
			perform?: never;
	  };

export type Operation<Client, Body = Members, Settings = Members> = Described<Client, Settings> &
	CarriedOut<Client, Body, Settings>;

/** Any operation, as a node lists it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each operation has a body of its own; the runner only hands it through
export type AnyOperation<Client> = Operation<Client, any, any>;

type None = Record<never, Field>;

/**
 * Makes the operations of one vendor: the types of their inputs are inferred from `fields`, `controls` and
 * `options`.
 *
 * @param describe gives the endpoints' titles and the caveat about them
 */
export const operationsFor =
	<Client, Endpoint extends string>(
		describe: (endpoints: readonly Endpoint[]) => {
			endpoints: readonly string[];
			caveat?: string | undefined;
		},
	) =>
	<F extends Fields, C extends Fields = None, O extends Fields = None>(
		operation: Operation<Client, InputOf<F>, SettingsOf<C & O & CommonFields>> & {
			endpoints: readonly Endpoint[];
			fields: F;
			controls?: C;
			options?: O;
			identity?: keyof F & string;
			itemsPerRequest?: keyof (C & O) & string;
		},
	): AnyOperation<Client> => {
		const { endpoints, caveat } = describe(operation.endpoints);
		return { caveat, ...operation, endpoints };
	};

/** Carries out one request's worth of items; one outcome per input, in order. */
export async function carryOut<Client>(
	{ perform, performEach }: AnyOperation<Client>,
	call: Call<Client>,
	inputs: Input[],
): Promise<Outcome[]> {
	if (perform) return await perform(call, inputs);
	return await Promise.all(inputs.map(async (input) => await performEach(call, input)));
}

/** Name of the parameter that holds the settings under Options. */
export const OPTIONS = 'options';

/**
 * The names of a field list's prominent parameters, and of the collection for the others.
 *
 * @param aside name of that collection
 */
export function fieldParameterNames(fields: Fields, aside = ADDITIONAL): string[] {
	const slots = slotsOf(fields);
	const names = slots.filter(isProminent).flatMap(namesOfSlot);
	return slots.every(isProminent) ? names : [...names, aside];
}

/** The names of an operation's parameters; nothing else is ever read for it. */
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

/** Some slots have several parameters: a chooser and what it chooses between. */
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
