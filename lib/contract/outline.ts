/** An answer by its members alone: what kind of value each has, and which differ from those we know. */
import { isRecord } from '../base/json';
import type { Shape } from '../base/shape';

/** A name that a programmer gave; a person's name or number may serve as a key too. */
const MEMBER_NAME = /^_?[a-z][A-Za-z0-9_]{0,39}$/;
/** An order number, a postcode, a phone number, or part of one. */
const LONG_NUMBER = /\d{3}/;

/** A member's name, or a star for a key that may be somebody's number or name. */
export const memberName = (name: string) =>
	MEMBER_NAME.test(name) && !LONG_NUMBER.test(name) ? name : '*';

const under = (path: string, name: string) => (path ? `${path}.${name}` : name);

/** A longer outline is cut. */
const MOST_LINES = 80;

const KINDS: Array<[RegExp, string]> = [
	[/^$/, 'empty text'],
	[/^https?:\/\//i, 'URL'],
	[/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD'],
	[/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/, 'YYYY-MM-DD HH:MM:SS'],
	[/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/, 'ISO 8601 time'],
	[/^[+-]?\d+\.\d+$/, 'decimal text'],
];

/**
 * The outline of an answer: a line for each member with its kind and no value, e.g.
 * `data[].id: number`. Keys that may name somebody stand together as `*`.
 */
export function outlineOf(value: unknown): string[] {
	const kinds = new Map<string, Set<string>>();
	collect(value, '', kinds);
	const lines = [...kinds].map(
		([path, found]) => `${path || '(all of it)'}: ${[...found].join(' or ')}`,
	);
	const rest = lines.splice(MOST_LINES).length;
	return rest > 0 ? [...lines, `and ${rest} more`] : lines;
}

function collect(value: unknown, path: string, kinds: Map<string, Set<string>>): void {
	if (Array.isArray(value) && value.length > 0) {
		for (const entry of value) collect(entry, `${path}[]`, kinds);
	} else if (isRecord(value) && Object.keys(value).length > 0) {
		for (const [name, member] of Object.entries(value)) {
			collect(member, under(path, memberName(name)), kinds);
		}
	} else {
		kinds.set(path, (kinds.get(path) ?? new Set<string>()).add(kindOf(value)));
	}
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (typeof value === 'object') return Array.isArray(value) ? 'empty list' : 'empty object';
	if (typeof value !== 'string') return typeof value;
	return KINDS.find(([pattern]) => pattern.test(value))?.[1] ?? 'text';
}

/**
 * Where a value and a shape differ, as paths such as `children[].tracking_number`: members that the shape
 * does not have, and members that it always has and the value lacks. Stars as in {@link outlineOf}.
 */
export function differences(
	value: unknown,
	{ properties = {}, required = [], items }: Shape,
	path = '',
	found = { unknown: new Set<string>(), missing: new Set<string>() },
): typeof found {
	if (Array.isArray(value) && items) {
		for (const entry of value) differences(entry, items, `${path}[]`, found);
	}
	if (!isRecord(value) || Object.keys(properties).length === 0) return found;
	for (const [name, member] of Object.entries(value)) {
		if (Object.hasOwn(properties, name)) {
			differences(member, properties[name]!, under(path, name), found);
		} else found.unknown.add(under(path, memberName(name)));
	}
	for (const name of required) {
		if (!Object.hasOwn(value, name)) found.missing.add(under(path, name));
	}
	return found;
}
