/**
 * How a field list is laid out as parameters of the editor: one slot per parameter.
 *
 * A required group needs no lid to open: its members stand among their neighbours. An optional group
 * and a list become a collection of their own.
 */
import type { Field, Fields } from './model';

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

/** Whether a slot stands in the open, not under Additional Fields. */
export function isProminent({ field }: Slot): boolean {
	return field.grade !== 'recommended' && field.grade !== 'optional';
}

/** Name of the parameter that chooses between two ways to fill in one slot. */
export const chooserName = (slot: Slot): string => `${slot.name}_by`;

/** Name of the parameter that takes a slot as JSON, and the chooser's value for it. */
export const jsonName = (slot: Slot): string => `${slot.name}_json`;
export const BY_JSON = 'json';
export const BY_FIELDS = 'fields';
