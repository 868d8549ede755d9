/** Turns the editor's parameters into the vendor's body: only what was filled in, in the vendor's names. */
import { isRecord } from '../../base/json-value';
import { parseSafely } from '../../base/safe-json';
import type { EitherField, Field, Fields } from './model';
import {
	BY_JSON,
	chooserName,
	GROUP_PART,
	isProminent,
	jsonName,
	LIST_PART,
	type Slot,
	slotsOf,
	TEXTS_PART,
} from './slots';

type Values = Record<string, unknown>;

/** Parameter that holds the fields which are not in the open, unless the form has one of its own. */
export const ADDITIONAL = 'additionalFields';

/** A form that can't be read: the slot's path and the reason. */
export class FormProblem extends Error {
	constructor(
		readonly path: ReadonlyArray<string | number>,
		reason: string,
	) {
		super(reason);
	}
}

/**
 * The wire body that a form stands for, not checked yet.
 *
 * @param values parameter values by name, as the node was given them
 * @param aside name of the parameter that holds the fields which are not in the open
 * @throws {FormProblem}
 */
export function readForm(fields: Fields, values: Values, aside = ADDITIONAL): Values {
	const additional = asRecord(values[aside]);
	const body: Values = {};
	for (const slot of slotsOf(fields)) {
		fill(body, slot, isProminent(slot) ? values : additional, values);
	}
	return body;
}

function fill(body: Values, slot: Slot, values: Values, siblings: Values): void {
	// A parameter can be hidden by a value that was an expression, which n8n can't see beforehand.
	if (slot.when && !isShown(slot.when, siblings)) return;
	const value = readParameters(slot, values);
	if (value !== undefined) put(body, slot.path, value);
	else if (slot.field.always !== undefined) put(body, slot.path, slot.field.always);
	// Its check says that it is empty
	else if (slot.field.neverEmpty && slot.name in values) put(body, slot.path, '');
}

function isShown({ name, is }: NonNullable<Slot['when']>, values: Values): boolean {
	return is.some((value) => value === values[name]);
}

/** The value of a slot that may consist of several parameters. */
function readParameters(slot: Slot, values: Values): unknown {
	const { field } = slot;
	if (field.kind === 'either') return readEither(slot, field, values);
	if (field.kind === 'list' && values[chooserName(slot)] === BY_JSON) {
		return parseJson(values[jsonName(slot)], slot.path);
	}
	if (field.kind === 'json') return parseJson(values[slot.name], slot.path);
	if (field.kind === 'map') {
		const pairs = readMap(values[slot.name]);
		const json = parseJson(values[jsonName(slot)], slot.path);
		return pairs && isRecord(json) ? { ...pairs, ...json } : (json ?? pairs);
	}
	return readSlot(field, values[slot.name]);
}

/** JSON text or, from an expression, the value itself. */
export function parseJson(value: unknown, path: ReadonlyArray<string | number>): unknown {
	if (typeof value !== 'string') return filled(value);
	if (value.trim() === '') return undefined;
	try {
		return parseSafely(value);
	} catch (error) {
		throw badJson(path, error);
	}
}

const badJson = (path: FormProblem['path'], error: unknown) =>
	new FormProblem(path, `is not valid JSON (${(error as Error).message})`);

function readSlot(field: Field, value: unknown): unknown {
	switch (field.kind) {
		case 'group':
			return readGroup(field.fields, asRecord(value)[GROUP_PART]);
		case 'list':
			return readList(field.fields, value);
		case 'texts':
			return readTexts(value);
		case 'codes':
			return readCodes(value);
		case 'locator':
			return filled(asRecord(value)['__rl'] ? asRecord(value)['value'] : value);
		default:
			return filled(value);
	}
}

function readGroup(fields: Fields, value: unknown): Values | undefined {
	const values = asRecord(value);
	const body: Values = {};
	for (const slot of slotsOf(fields)) fill(body, slot, values, values);
	return Object.keys(body).length > 0 ? body : undefined;
}

function readList(fields: Fields, value: unknown): unknown {
	if (Array.isArray(value)) return value;
	const entries = asRecord(value)[LIST_PART];
	if (!Array.isArray(entries) || entries.length === 0) return undefined;
	return entries.map((entry) => readGroup(fields, entry) ?? {});
}

function readTexts(value: unknown): unknown {
	if (Array.isArray(value)) return value.length > 0 ? value : undefined;
	const entries = asRecord(value)[LIST_PART];
	if (!Array.isArray(entries)) return undefined;
	const texts = entries.map((entry) => filled(asRecord(entry)[TEXTS_PART]));
	return texts.some((entry) => entry !== undefined)
		? texts.filter((t) => t !== undefined)
		: undefined;
}

/** A list as it is, a text split at commas and line breaks. */
function readCodes(value: unknown): unknown {
	const entries = typeof value === 'string' ? value.split(/[,\n]/) : value;
	if (!Array.isArray(entries)) return filled(value) === undefined ? undefined : [value];
	const codes = entries.map((code: unknown) => (typeof code === 'string' ? code.trim() : code));
	const given = codes.filter((code) => filled(code) !== undefined);
	return given.length > 0 ? given : undefined;
}

/** Rows of name and value. */
function readMap(value: unknown): Values | undefined {
	const parts = asRecord(value);
	const rows = Array.isArray(parts[LIST_PART]) ? (parts[LIST_PART] as unknown[]) : [];
	const entries = rows
		.map((row) => [asRecord(row)['name'], asRecord(row)['value']] as const)
		.filter((entry): entry is [string, unknown] => typeof entry[0] === 'string' && entry[0] !== '');
	return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The chosen form; both filled in is refused rather than guessed. */
function readEither(slot: Slot, field: EitherField, values: Values): unknown {
	const chosen = values[chooserName(slot)];
	const text = filled(values[`${slot.name}_${field.text.value}`]);
	const { fields } = field.group.field;
	const parameters = slotsOf(fields, slot.path);
	const group: Values = {};
	let hasGroup = false;
	slotsOf(fields).forEach(({ field: member, path }, i) => {
		const given = readSlot(member, values[parameters[i]!.name]);
		hasGroup ||= given !== undefined;
		const value = given ?? member.always;
		if (value !== undefined) put(group, path, value);
	});
	if (chosen !== field.text.value && chosen !== field.group.value) {
		throw new FormProblem(
			slot.path,
			`must be told by '${field.choiceLabel}' as '${field.text.value}' or '${field.group.value}'`,
		);
	}
	if (text !== undefined && hasGroup) {
		throw new FormProblem(
			slot.path,
			`is given twice: as ${field.text.name} and as ${field.group.name}. Leave one of them empty`,
		);
	}
	if (chosen === field.text.value) return text;
	return hasGroup ? group : undefined;
}

/** n8n keeps an untouched parameter as empty text. */
function filled(value: unknown): unknown {
	return value === '' || value === null ? undefined : value;
}

function put(body: Values, path: readonly string[], value: unknown): void {
	let target = body;
	const last = path.length - 1;
	for (let i = 0; i < last; i++) target = (target[path[i]!] ??= {}) as Values;
	target[path[last]!] = value;
}

function asRecord(value: unknown): Values {
	return isRecord(value) ? value : {};
}
