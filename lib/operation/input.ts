/** From parameter values to an operation's checked input. */
import { ValidationFault } from '../base/errors';
import { ADDITIONAL, FormProblem, parseJson, readForm } from './fields/form';
import { jsonPath, labelOf } from './fields/labels';
import type { Fields, Surroundings } from './fields/model';
import { schemaOf } from './fields/schema';
import { BY_JSON } from './fields/slots';
import { isRecord } from '../base/json-value';
import {
	type AnyOperation,
	type Call,
	type DerivedForm,
	fieldParameterNames,
	type Input,
	OPTIONS,
	Settled,
} from './operation';
import { readTime } from './time';
import { type CommonSettings, optionFieldsOf } from './options';

type Members = Record<string, unknown>;

type Schema = ReturnType<typeof schemaOf>;

type Schemas = Record<'body' | 'derived' | 'derivedJson' | 'controls' | 'options', Schema>;

/** What the reading of an input depends on beside its values. */
export type Place = Pick<Surroundings, 'zone' | 'region'>;

/** Each operation's readers by zone and region; a reader serves the client of its operation. */
const kept = new WeakMap<object, Map<string, unknown>>();

/**
 * The reader for an operation, made on first use and kept: compiling the checks takes longer than a
 * request, and a flow that a webhook starts pays for it with every order.
 *
 * @param commonOptions the options that all operations of this vendor have
 */
export function inputReader<Client>(
	operation: AnyOperation<Client>,
	commonOptions: Fields,
	place: Place,
): InputReader<Client> {
	let readers = kept.get(operation);
	if (!readers) kept.set(operation, (readers = new Map<string, unknown>()));
	const key = `${place.zone} ${place.region?.name ?? ''}`;
	let reader = readers.get(key) as InputReader<Client> | undefined;
	if (!reader) readers.set(key, (reader = new InputReader(operation, commonOptions, place)));
	return reader;
}

/** Turns parameter values into a checked input. */
export class InputReader<Client> {
	private readonly schemas: Schemas;
	private readonly optionFields: Fields;
	/** Settings hardly ever differ from item to item, so the last ones are kept with their values. */
	private last: { form: Members; options: unknown; settings: Members } | undefined;
	/** So do the fields of a derived form beside the JSON that it is made of: as given, and checked. */
	private lastBeside: { form: Members; given: Members } | undefined;

	constructor(
		private readonly operation: AnyOperation<Client>,
		commonOptions: Fields,
		place: Place,
	) {
		const { fields, derived, controls = {} } = operation;
		const surroundings = { ...place, readTime };
		this.optionFields = optionFieldsOf(operation, commonOptions);
		this.schemas = {
			body: schemaOf(fields, surroundings),
			derived: schemaOf(derived?.fields ?? {}, surroundings),
			derivedJson: schemaOf(jsonIn(derived?.fields ?? {}), surroundings),
			controls: schemaOf(controls, surroundings),
			options: schemaOf(this.optionFields, surroundings),
		};
	}

	/**
	 * @param values parameter values by name
	 * @throws {ValidationFault} naming the field as the editor shows it
	 */
	read(
		values: Members,
		call: Pick<Call<Client>, 'client' | 'ledger' | 'run' | 'before'>,
	): Input | Settled {
		const { operation, schemas } = this;
		const settings = this.settings(values);
		const made = this.make(values, call);
		if (made instanceof Settled) return made;
		const { body: draft, ...rest } = made;
		const { extraFields } = settings as Partial<CommonSettings>;
		if (extraFields) Object.assign(draft, extraFields);
		const body = operation.complete ? operation.complete(draft, call, settings) : draft;
		return {
			body: checked(schemas.body, body, (path) => this.nameInBody(path, values)),
			settings,
			...rest,
		};
	}

	/** A body of its own, not checked yet, by the way in that was chosen. */
	private make(
		values: Members,
		call: Pick<Call<Client>, 'client' | 'before'>,
	): Pick<Input, 'body' | 'beside'> | Settled {
		const { json, derived } = this.operation;
		if (!json || !derived || values[json.chooser] !== derived.value) {
			return { body: this.draft(values) };
		}
		return derived.make(this.given(derived, values), call);
	}

	/** The checked fields of a derived form; where nothing but its JSON is new, that alone is checked. */
	private given({ fields, aside }: DerivedForm<Client>, values: Members): Members {
		const form = formOf(fields, values, aside.name);
		const isJson = (name: string) => fields[name]?.kind === 'json';
		const [json, beside] = apart(form, isJson);
		const { lastBeside } = this;
		if (lastBeside && hasSameMembers(lastBeside.form, beside)) {
			const parsed = this.schemas.derivedJson.safeParse(json);
			if (parsed.success) return Object.assign({}, lastBeside.given, parsed.data);
		}
		const given = checked(this.schemas.derived, form, (path) => labelOf(fields, path));
		this.lastBeside = { form: beside, given: apart(given, isJson)[1] };
		return given;
	}

	/**
	 * Completes and checks a body that was made of something else than this operation's parameters.
	 *
	 * @throws {ValidationFault} naming the field as the editor shows it
	 */
	check(draft: Members, call: Pick<Call<Client>, 'client' | 'ledger' | 'run' | 'before'>): Members {
		const { complete, fields } = this.operation;
		const body = complete ? complete(draft, call, {}) : draft;
		return checked(this.schemas.body, body, (path) => labelOf(fields, path));
	}

	private settings(values: Members): Members {
		const controls = this.operation.controls ?? {};
		// The form leaves out what is hidden, which n8n need not evaluate then
		const form = formOf(controls, values);
		const options = values[OPTIONS];
		const { last } = this;
		if (last && last.options === options && hasSameMembers(last.form, form)) return last.settings;
		const settings = {
			...checked(this.schemas.controls, form, (path) => labelOf(controls, path)),
			...checked(
				this.schemas.options,
				formOf(this.optionFields, { [ADDITIONAL]: options }),
				(path) => labelOf(this.optionFields, path),
			),
		};
		this.last = { form, options, settings };
		return settings;
	}

	private draft(values: Members): Members {
		const { json, fields } = this.operation;
		try {
			if (!json || values[json.chooser] !== BY_JSON) return readForm(fields, values);
			const body = parseJson(values[json.name], []);
			if (isRecord(body)) return { ...body };
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
export function readFields(fields: Fields, read: (name: string) => unknown, place: Place): Members {
	const values = Object.fromEntries(fieldParameterNames(fields).map((name) => [name, read(name)]));
	const label = (path: readonly PropertyKey[]) => labelOf(fields, path);
	return checked(schemaOf(fields, { ...place, readTime }), formOf(fields, values), label);
}

const jsonIn = (fields: Fields): Fields =>
	Object.fromEntries(Object.entries(fields).filter(([, { kind }]) => kind === 'json'));

/** The members whose names are of some kind, and the others. */
function apart(members: Members, isOfKind: (name: string) => boolean): [Members, Members] {
	const [some, others]: [Members, Members] = [{}, {}];
	for (const name of Object.keys(members)) {
		(isOfKind(name) ? some : others)[name] = members[name];
	}
	return [some, others];
}

/** Whether two forms hold the same single values; what was changed in a list or object, nobody knows. */
function hasSameMembers(one: Members, other: Members): boolean {
	const names = Object.keys(one);
	const isSame = (name: string) => one[name] === other[name] && typeof one[name] !== 'object';
	return names.length === Object.keys(other).length && names.every(isSame);
}

function formOf(fields: Fields, values: Members, aside?: string): Members {
	try {
		return readForm(fields, values, aside);
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
