/** Names a place in a wire body as the editor shows it. */
import type { Field, Fields } from './field';

/**
 * `['boxes', 0, 'weight']` becomes `'Weight' of Box 1`.
 *
 * Boxes are counted from one, as a person counts them; n8n's items keep n8n's own index.
 */
export function labelOf(fields: Fields, path: readonly PropertyKey[]): string {
	const containers: string[] = [];
	let members = fields;
	let label = String(path.at(-1) ?? '');
	for (let i = 0; i < path.length; i++) {
		const member = String(path[i]);
		const field = Object.hasOwn(members, member) ? members[member] : undefined;
		if (!field) break;
		label = field.label;
		members = membersOf(field);
		const next = path[i + 1];
		if (field.kind === 'list' && typeof next === 'number') {
			const item = `${field.itemLabel} ${next + 1}`;
			i++;
			if (i === path.length - 1) label = item;
			else containers.push(item);
		}
		// The editor shows no frame around a required group, so its name would not help.
		const isFramed = field.kind === 'group' && field.grade !== 'required';
		if (isFramed && next !== undefined) containers.push(label);
	}
	return [`'${label}'`, ...containers.reverse()].join(' of ');
}

/** The fields inside a field. */
function membersOf(field: Field): Fields {
	if (field.kind === 'either') return field.group.field.fields;
	return field.kind === 'group' || field.kind === 'list' ? field.fields : {};
}

/** A place in a JSON text: `boxes[0].weight`. */
export function jsonPath(path: readonly PropertyKey[]): string {
	return path
		.map((step, i) =>
			typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${String(step)}`,
		)
		.join('');
}

/** Label of the first member of this wire name, at any depth; undefined if there is none. */
export function labelOfMember(fields: Fields, member: string): string | undefined {
	if (Object.hasOwn(fields, member)) return fields[member]!.label;
	for (const field of Object.values(fields)) {
		const label = labelOfMember(membersOf(field), member);
		if (label) return label;
	}
	return undefined;
}

/**
 * Sorts English labels as n8n's lists do: alphabetically, whatever their case. Not by `localeCompare`, whose
 * first call loads tables for all languages: a tenth of the time n8n needs to load this package.
 */
export function alphabetically(one: string, other: string): number {
	const [a, b] = [one.toLowerCase(), other.toLowerCase()];
	return a < b ? -1 : Number(a > b);
}
