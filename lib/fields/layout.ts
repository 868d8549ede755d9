/**
 * Lays a field list out as the editor's parameters, one slot each, and reads them back into the vendor's body:
 * only what was filled in, in the vendor's names.
 *
 * The members of a required group become parameters beside its neighbours. An optional group and a list
 * become a collection.
 */
import { isRecord, isUnset, parseSafely } from '../base/json';
import type { EitherField, Field, Fields } from './field';

export interface Slot {
	/** Name of the parameter, unique among its neighbours. */
	name: string;
	/** Where its value goes in the wire object. */
	path: readonly string[];
	field: Field;
	/** The field this one depends on, as a slot name. */
	when?: { name: string; is: ReadonlyArray<string | boolean> };
}

/** Names of the parts n8n stores a collection's entries under. */
export const GROUP_PART = 'value';
export const LIST_PART = 'item';
export const TEXTS_PART = 'text';

/** Field lists never change, and every item asks for the same ones. */
const known = new WeakMap<Fields, Map<string, readonly Slot[]>>();

/** Slots of a field list in the list's order; worked out once for each list and place. */
export function slotsOf(fields: Fields, path: readonly string[] = []): readonly Slot[] {
	let places = known.get(fields);
	if (!places) known.set(fields, (places = new Map<string, readonly Slot[]>()));
	const place = path.join('.');
	let slots = places.get(place);
	if (!slots) places.set(place, (slots = layOut(fields, path)));
	return slots;
}

function layOut(fields: Fields, path: readonly string[]): Slot[] {
	return Object.entries(fields).flatMap(([member, field]): readonly Slot[] => {
		const here = [...path, member];
		if (field.kind === 'group' && field.grade === 'required') return slotsOf(field.fields, here);
		const slot: Slot = { name: here.join('_'), path: here, field };
		if (field.when) slot.when = { name: [...path, field.when.field].join('_'), is: field.when.is };
		return [slot];
	});
}

/** Whether a slot is shown outside of Additional Fields. */
export function isProminent({ field }: Slot): boolean {
	return field.grade !== 'recommended' && field.grade !== 'optional';
}

/** Name of the parameter that chooses between two ways to fill in one slot. */
export const chooserName = (slot: Slot): string => `${slot.name}_by`;

/** Name of the parameter that takes a slot as JSON, and the chooser's value for it. */
export const jsonName = (slot: Slot): string => `${slot.name}_json`;
export const BY_JSON = 'json';
export const BY_FIELDS = 'fields';

type Values = Record<string, unknown>;

/** Name of the collection for the fields that are not prominent, unless the form has its own. */
export const ADDITIONAL = 'additionalFields';

/** Why a form can't be read, and the slot's path. */
export class ParameterProblem extends Error {
	constructor(
		readonly path: ReadonlyArray<string | number>,
		reason: string,
	) {
		super(reason);
	}
}

/**
 * The wire body of a form, not checked yet.
 *
 * @param values parameter values by name, as n8n gives them
 * @param aside name of the collection for the fields that are not prominent
 * @throws {ParameterProblem}
 */
export function readParameters(fields: Fields, values: Values, aside = ADDITIONAL): Values {
	const additional = asRecord(values[aside]);
	const body: Values = {};
	for (const slot of slotsOf(fields)) {
		fill(body, slot, isProminent(slot) ? values : additional, values);
	}
	return body;
}

function fill(body: Values, slot: Slot, values: Values, siblings: Values): void {
	// The value that hides a parameter may be an expression, which n8n does not know beforehand.
	const { when } = slot;
	if (when && !when.is.some((value) => value === siblings[when.name])) return;
	if (slot.field.kind === 'either') return fillEither(body, slot, slot.field, values);
	const value = readSlotValue(slot, values);
	if (value !== undefined) put(body, slot.path, value);
	else if (slot.field.always !== undefined) put(body, slot.path, slot.field.always);
	// Its check says that it is empty
	else if (slot.field.neverEmpty && slot.name in values) put(body, slot.path, '');
}

/** The value of a slot that may consist of several parameters. */
function readSlotValue(slot: Slot, values: Values): unknown {
	const { field } = slot;
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

const badJson = (path: ParameterProblem['path'], error: unknown) =>
	new ParameterProblem(path, `is not valid JSON (${(error as Error).message})`);

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

/** Entries of a collection as n8n stores them. */
function entriesOf(value: unknown): Values[] {
	const entries = asRecord(value)[LIST_PART];
	return Array.isArray(entries) ? entries.map(asRecord) : [];
}

const ifAny = (list: unknown[]) => (list.length > 0 ? list : undefined);

const isGiven = (value: unknown) => filled(value) !== undefined;

function readList(fields: Fields, value: unknown): unknown {
	if (Array.isArray(value)) return value;
	return ifAny(entriesOf(value).map((entry) => readGroup(fields, entry) ?? {}));
}

function readTexts(value: unknown): unknown {
	if (Array.isArray(value)) return ifAny(value);
	return ifAny(
		entriesOf(value)
			.map((entry) => entry[TEXTS_PART])
			.filter(isGiven),
	);
}

/** The commas and semicolons of more than one keyboard, and line breaks. */
const BETWEEN_CODES = /[,，、;；\n]/;

function codesIn(text: string): unknown[] {
	const list = /^\s*\[/.test(text) ? parseOrNothing(text) : undefined;
	return Array.isArray(list) ? list : text.split(BETWEEN_CODES);
}

function parseOrNothing(text: string): unknown {
	try {
		return parseSafely(text);
	} catch {
		return undefined;
	}
}

/** A list as it is, also as JSON; a text split at commas, semicolons and line breaks. */
function readCodes(value: unknown): unknown {
	const codes: unknown = typeof value === 'string' ? codesIn(value) : value;
	if (!Array.isArray(codes)) return isGiven(value) ? [value] : undefined;
	const trimmed = codes.map((code: unknown) => (typeof code === 'string' ? code.trim() : code));
	return ifAny(trimmed.filter(isGiven));
}

/** Rows of name and value. */
function readMap(value: unknown): Values | undefined {
	const rows = entriesOf(value).filter(({ name }) => typeof name === 'string' && name !== '');
	if (rows.length === 0) return undefined;
	return Object.fromEntries(rows.map(({ name, value: one }) => [String(name), one]));
}

/** The chosen form; both filled in is refused rather than guessed. */
function fillEither(
	body: Values,
	slot: Slot,
	{ label, text, group }: EitherField,
	values: Values,
): void {
	const chosen = values[chooserName(slot)];
	const given = filled(values[`${slot.name}_${text.value}`]);
	const members = slotsOf(group.field.fields, slot.path);
	const hasGroup = members.some((member) => readSlotValue(member, values) !== undefined);
	if (chosen !== text.value && chosen !== group.value) {
		throw new ParameterProblem(
			slot.path,
			`must be chosen by '${label}' as '${text.value}' or '${group.value}'`,
		);
	}
	if (given !== undefined && hasGroup) {
		throw new ParameterProblem(
			slot.path,
			`is given twice: as ${text.field.label} and as ${group.field.label}. Leave one of them empty`,
		);
	}
	if (chosen === group.value && hasGroup)
		for (const one of members) fill(body, one, values, values);
	if (chosen === text.value && given !== undefined) put(body, slot.path, given);
}

function filled(value: unknown): unknown {
	return isUnset(value) ? undefined : value;
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
