/**
 * An operation is data: what the editor shows, what goes out, how it is delivered, what comes back.
 *
 * The node's parameters (operation-properties.ts), the checks, the hints and the documentation's
 * table all derive from it; the runner (runner.ts) carries it out.
 */
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { Readable } from 'node:stream';
import type { Deadline } from './deadline';
import { type Fault, ValidationFault } from './errors';
import { ADDITIONAL, FormProblem, parseJson, readForm } from './fields/form';
import type { EgressPolicy } from './http/download';
import { jsonPath, labelOf } from './fields/labels';
import type { Fields, Surroundings } from './fields/model';
import { schemaOf } from './fields/schema';
import { BY_JSON, chooserName, isProminent, jsonName, type Slot, slotsOf } from './fields/slots';
import type { Ledger } from './ledger';
import type { CommonSettings } from './runner-options';

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
	storeFile: (content: Buffer | Readable, name: string, mimeType: string) => Promise<IBinaryData>;
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
	/** Fills in what the user left to us, before the body is checked. */
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

/** Every parameter an operation reads, in the two modes. */
export interface ParameterNames {
	always: string[];
	/** Read only when the body is given by fields. */
	fields: string[];
}

/** The parameters a field list has in the open. */
export function fieldParameterNames(fields: Fields): string[] {
	const slots = slotsOf(fields);
	const names = slots.filter(isProminent).flatMap(namesOfSlot);
	return slots.every(isProminent) ? names : [...names, ADDITIONAL];
}

/** The parameters of an operation; nothing else is ever read for it. */
export function parameterNames(operation: AnyOperation<never>): ParameterNames {
	const fields = fieldParameterNames(operation.fields);
	const always = [...fieldParameterNames(operation.controls ?? {}), OPTIONS];
	if (operation.json) always.push(operation.json.chooser, operation.json.name);
	return { always, fields };
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

type Schemas = Record<'body' | 'controls' | 'options', ReturnType<typeof schemaOf>>;

/**
 * Turns parameter values into a checked input. Compiles the operation's schemas once per run.
 *
 * @throws {ValidationFault} naming the field as the editor shows it
 */
export class InputReader<Client> {
	private readonly schemas: Schemas;

	constructor(
		private readonly operation: AnyOperation<Client>,
		commonOptions: Fields,
		surroundings: Surroundings,
	) {
		const { fields, controls = {}, options = {} } = operation;
		this.optionFields = { ...commonOptions, ...options };
		this.schemas = {
			body: schemaOf(fields, surroundings),
			controls: schemaOf(controls, surroundings),
			options: schemaOf(this.optionFields, surroundings),
		};
	}

	private readonly optionFields: Fields;

	read(values: Members, call: Pick<Call<Client>, 'client' | 'ledger' | 'run'>): Input {
		const { operation, schemas } = this;
		const controls = operation.controls ?? {};
		const settings = {
			...checked(schemas.controls, formOf(controls, values), (path) => labelOf(controls, path)),
			...checked(
				schemas.options,
				formOf(this.optionFields, { [ADDITIONAL]: values[OPTIONS] }),
				(path) => labelOf(this.optionFields, path),
			),
		};
		const draft = { ...this.draft(values), ...(settings as Partial<CommonSettings>).extraFields };
		const body = operation.complete ? operation.complete(draft, call, settings) : draft;
		return {
			body: checked(schemas.body, body, (path) => this.nameInBody(path, values)),
			settings,
		};
	}

	private draft(values: Members): Members {
		const { json, fields } = this.operation;
		try {
			if (!json || values[json.chooser] !== BY_JSON) return readForm(fields, values);
			const body = parseJson(values[json.name], []);
			if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
				return { ...body };
			}
			throw new FormProblem([], body === undefined ? 'is empty' : 'must be a JSON object');
		} catch (error) {
			throw toFault(error, (path) => this.nameInBody(path, values));
		}
	}

	private nameInBody(path: readonly PropertyKey[], values: Members): string {
		const { json, fields } = this.operation;
		if (!json || values[json.chooser] !== BY_JSON) return labelOf(fields, path);
		return path.length === 0 ? `'${json.label}'` : `'${jsonPath(path)}' in '${json.label}'`;
	}
}

/**
 * Reads and checks a field list outside of operations, as a trigger needs it.
 *
 * @param read gives the value of a parameter
 * @throws {ValidationFault} naming the field as the editor shows it
 */
export function readFields(
	fields: Fields,
	read: (name: string) => unknown,
	surroundings: Surroundings,
): Members {
	const values = Object.fromEntries(fieldParameterNames(fields).map((name) => [name, read(name)]));
	const label = (path: readonly PropertyKey[]) => labelOf(fields, path);
	return checked(schemaOf(fields, surroundings), formOf(fields, values), label);
}

function formOf(fields: Fields, values: Members): Members {
	try {
		return readForm(fields, values);
	} catch (error) {
		throw toFault(error, (path) => labelOf(fields, path));
	}
}

function checked(
	schema: ReturnType<typeof schemaOf>,
	value: Members,
	name: (path: readonly PropertyKey[]) => string,
): Members {
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	const [first, ...others] = parsed.error.issues.map(
		({ path, message }) => [name(path), message] as const,
	);
	const [field, reason] = first ?? ['The input', 'can not be read'];
	const rest = others.map(([label, why]) => `${label} ${why}.`).join(' ');
	throw new ValidationFault(
		`${field} ${reason}`,
		field,
		`${rest ? `Also: ${rest} ` : ''}Correct this and run the node again. Nothing was sent for this item.`,
	);
}

function toFault(error: unknown, name: (path: FormProblem['path']) => string): unknown {
	if (!(error instanceof FormProblem)) return error;
	const field = name(error.path);
	return new ValidationFault(`${field} ${error.message}`, field);
}
