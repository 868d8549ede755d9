/** From parameter values to an operation's checked input. */
import { ValidationFault } from '../base/errors';
import { isRecord, parseRounded } from '../base/json';
import type { CheckContext, Fields } from '../fields/field';
import { jsonPath, labelOf } from '../fields/labels';
import { ADDITIONAL, ParameterProblem, parseJson, readParameters, BY_JSON } from '../fields/layout';
import { EMPTY, schemaOf } from '../fields/schema';
import { isExpressionAt } from '../fields/stored';
import {
	type AnyOperation,
	fieldParameterNames,
	type Input,
	type JsonForm,
	NoRequest,
	OPTIONS,
	type ReadCall,
} from './operation';
import { type CommonSettings, optionFieldsOf } from './options';
import { readTime } from './time';

type Members = Record<string, unknown>;
type Path = readonly PropertyKey[];

/** Where an input is read, which some checks depend on. */
export type Place = Pick<CheckContext, 'zone' | 'region'>;

/** Each operation's readers, by zone and region. */
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

const GIVES_NOTHING = 'is empty: its expression gives nothing for this item';

const ADVICE = {
	value: 'Correct this and run the node again. Nothing was sent for this item.',
	expression:
		'Open the field: below it stands what its expression gives. If another node has the value, put that node before this one; or switch the field to Fixed and type the value. Nothing was sent for this item.',
};

/** Reads and checks a field list; its faults name a field as the editor shows it. */
class FieldReader {
	private compiled: ReturnType<typeof schemaOf> | undefined;

	constructor(
		private readonly fields: Fields,
		private readonly place: Place & Pick<CheckContext, 'inJson'>,
	) {}

	private get schema() {
		return (this.compiled ??= schemaOf(this.fields, { ...this.place, readTime }));
	}

	/** The values of the parameters that are shown, not checked yet. */
	form(values: Members, aside?: string): Members {
		try {
			return readParameters(this.fields, values, aside);
		} catch (error) {
			throw toFault(error, this.label);
		}
	}

	/** @returns undefined if something is wrong */
	tryCheck = (value: Members): Members | undefined => this.schema.safeParse(value).data;

	/**
	 * @param stored the parameters as saved, to tell an empty field from an expression that gives nothing
	 * @param added members that do not come from them
	 * @throws {ValidationFault}
	 */
	check(value: Members, label = this.label, stored?: unknown, added: Members = {}): Members {
		const parsed = this.schema.safeParse(value);
		if (parsed.success) return parsed.data;
		const { issues } = parsed.error;
		const isExpression = (path: Path) =>
			!Object.hasOwn(added, path[0] ?? '') && isExpressionAt(stored, path);
		const why = issues.map(({ message, path }) =>
			message === EMPTY && isExpression(path) ? GIVES_NOTHING : message,
		);
		const [message, ...others] = issues.map(({ path }, at) => `${label(path)} ${why[at]}`);
		const advice = ADVICE[why.includes(GIVES_NOTHING) ? 'expression' : 'value'];
		const also = others.length > 0 ? `Also: ${others.map((one) => `${one}.`).join(' ')} ` : '';
		throw new ValidationFault(
			message ?? 'The input cannot be read',
			label(issues[0]?.path ?? []),
			also + advice,
		);
	}

	readonly label = (path: Path): string => labelOf(this.fields, path);
}

/** Turns parameter values into a checked input. */
export class InputReader<Client> {
	private readonly body: FieldReader;
	private readonly jsonBody: FieldReader;
	private readonly controls: FieldReader;
	private readonly options: FieldReader;
	private readonly derived: FieldReader;
	private readonly derivedJson: FieldReader;
	private readonly isJson: (name: string) => boolean;
	/** The last item's settings, which rarely differ from item to item. */
	private last: { form: Members; options: unknown; settings: Members } | undefined;
	/** The last derived form's fields without its JSON, which rarely differ either: as given, and checked. */
	private lastOthers: { form: Members; given: Members } | undefined;

	constructor(
		private readonly operation: AnyOperation<Client>,
		commonOptions: Fields,
		place: Place,
	) {
		const derived = operation.derived?.fields ?? {};
		this.isJson = (name) => derived[name]?.kind === 'json';
		this.body = new FieldReader(operation.fields, place);
		this.jsonBody = new FieldReader(operation.fields, { ...place, inJson: true });
		this.controls = new FieldReader(operation.controls ?? {}, place);
		this.options = new FieldReader(optionFieldsOf(operation, commonOptions), place);
		this.derived = new FieldReader(derived, place);
		this.derivedJson = new FieldReader(apart(derived, this.isJson)[0], place);
	}

	/**
	 * @param values parameter values by name
	 * @throws {ValidationFault} naming the field as the editor shows it
	 */
	read(values: Members, call: ReadCall<Client>): Input | NoRequest {
		const settings = this.settings(values, call);
		const made = this.make(values, call);
		if (made instanceof NoRequest) return made;
		const { body: draft, source, ...rest } = made;
		const { extraFields } = settings as Partial<CommonSettings>;
		if (extraFields) Object.assign(draft, extraFields);
		const label = (path: Path) => this.nameInBody(path, values);
		const form = this.byJson(values) ? this.jsonBody : this.body;
		const rounded = this.rounded(values);
		if (rounded) this.check(rounded, call, settings, label, form);
		const check = (one: Members) => this.check(one, call, settings, label, form);
		const body = check(draft);
		if (source === undefined) return { body, settings, ...rest };
		const again = (other: Members) => check(Object.assign(other, extraFields));
		return { body, settings, ...rest, source: { ...source, check: again } };
	}

	/**
	 * Completes and checks a body, which need not come from this operation's parameters.
	 *
	 * @throws {ValidationFault} naming the field as the editor shows it
	 */
	check(
		draft: Members,
		call: ReadCall<Client>,
		settings: Members = {},
		label?: (path: Path) => string,
		form = this.body,
	): Members {
		const { complete } = this.operation;
		const stored = form === this.body ? call.stored : undefined;
		const { extraFields } = settings as Partial<CommonSettings>;
		const body = complete ? complete(draft, call, settings) : draft;
		return form.check(body, label, stored, extraFields);
	}

	/** The body by the chosen way in, not checked yet. */
	private make(
		values: Members,
		call: ReadCall<Client>,
	): ReturnType<NonNullable<AnyOperation<Client>['derived']>['make']> {
		const { json, derived } = this.operation;
		if (!json || !derived || values[json.chooser] !== derived.value) {
			return { body: this.draft(values) };
		}
		const form = this.derived.form(values, derived.aside.name);
		return derived.make(this.given(form, call.stored), call);
	}

	/** The checked fields of a derived form; if only its JSON is new, only that is checked. */
	private given(form: Members, stored: unknown): Members {
		const [json, others] = apart(form, this.isJson);
		const { lastOthers } = this;
		if (lastOthers && hasSameMembers(lastOthers.form, others)) {
			const checked = this.derivedJson.tryCheck(json);
			if (checked) return Object.assign({}, lastOthers.given, checked);
		}
		const given = this.derived.check(form, undefined, stored);
		this.lastOthers = { form: others, given: apart(given, this.isJson)[1] };
		return given;
	}

	private settings(values: Members, { stored }: ReadCall<Client>): Members {
		// The form leaves out hidden parameters, so n8n need not evaluate them
		const form = this.controls.form(values);
		const options = values[OPTIONS];
		const { last } = this;
		if (last && last.options === options && hasSameMembers(last.form, form)) return last.settings;
		const settings = {
			...this.controls.check(form, undefined, stored),
			...this.options.check(
				this.options.form({ [ADDITIONAL]: options }),
				undefined,
				stored?.[OPTIONS],
			),
		};
		this.last = { form, options, settings };
		return settings;
	}

	private draft(values: Members): Members {
		const json = this.byJson(values);
		if (!json) return this.body.form(values);
		try {
			const body = parseJson(values[json.name], []);
			if (isRecord(body)) return { ...body };
			throw new ParameterProblem([], body === undefined ? 'is empty' : 'must be a JSON object');
		} catch (error) {
			throw toFault(error, (path) => this.nameInBody(path, values));
		}
	}

	/**
	 * The JSON with its numbers as numbers. An expression in it that gave a long number has rounded it before we
	 * see it, so where text is meant only quotes show that its digits are right.
	 */
	private rounded(values: Members): Members | undefined {
		const json = this.byJson(values);
		const given = json && values[json.name];
		return typeof given === 'string' ? (parseRounded(given) as Members | undefined) : undefined;
	}

	/** The body's JSON, if it was chosen. */
	private byJson(values: Members): JsonForm | undefined {
		const { json } = this.operation;
		return json && values[json.chooser] === BY_JSON ? json : undefined;
	}

	private nameInBody(path: Path, values: Members): string {
		const json = this.byJson(values);
		if (!json) return this.body.label(path);
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
	const reader = new FieldReader(fields, place);
	return reader.check(reader.form(values));
}

/** The members whose names pass, and the others. */
function apart<T>(
	members: Readonly<Record<string, T>>,
	passes: (name: string) => boolean,
): [Record<string, T>, Record<string, T>] {
	const [some, others]: [Record<string, T>, Record<string, T>] = [{}, {}];
	for (const name of Object.keys(members)) (passes(name) ? some : others)[name] = members[name]!;
	return [some, others];
}

/** Whether two forms hold the same single values. A list or object never counts as the same, since it may have changed. */
function hasSameMembers(one: Members, other: Members): boolean {
	const names = Object.keys(one);
	const isSame = (name: string) => one[name] === other[name] && typeof one[name] !== 'object';
	return names.length === Object.keys(other).length && names.every(isSame);
}

/** Names the field of a problem in reading parameters. */
function toFault(error: unknown, label: (path: Path) => string): unknown {
	if (!(error instanceof ParameterProblem)) return error;
	const field = label(error.path);
	return new ValidationFault(`${field} ${error.message}`, field);
}
