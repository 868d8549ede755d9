/** Names a place in a wire body the way the editor shows it. */
import type { Field, Fields } from './model';

/**
 * `['boxes', 0, 'weight']` becomes `'Weight' of Box 1`.
 *
 * Boxes are counted from one, as a person counts them; n8n's items keep n8n's own index.
 */
export function labelOf(fields: Fields, path: readonly PropertyKey[]): string {
	const containers: string[] = [];
	let members: Fields = fields;
	let label = String(path.at(-1) ?? '');
	for (let i = 0; i < path.length; i++) {
		const step = path[i]!;
		const field: Field | undefined =
			typeof step === 'number' || !Object.hasOwn(members, String(step))
				? undefined
				: members[String(step)];
		if (!field) break;
		label = field.label;
		const next = path[i + 1];
		if (field.kind === 'list' && typeof next === 'number') {
			i++;
			members = field.fields;
			if (i === path.length - 1) label = `${field.itemLabel} ${next + 1}`;
			else containers.push(`${field.itemLabel} ${next + 1}`);
		} else if (next !== undefined) {
			if (field.kind === 'either') members = field.group.field.fields;
			else if (field.kind === 'group') {
				members = field.fields;
				// A required group has no lid in the editor, so it is no help to name it.
				if (field.grade !== 'required') containers.push(field.label);
			} else break;
		}
	}
	return [`'${label}'`, ...containers.reverse()].join(' of ');
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
		const inner =
			field.kind === 'group' || field.kind === 'list'
				? field.fields
				: field.kind === 'either'
					? field.group.field.fields
					: {};
		const label = labelOfMember(inner, member);
		if (label) return label;
	}
	return undefined;
}

/**
 * Orders English labels as n8n's lists have them: alphabetically, capitals like small letters. Not by
 * `localeCompare`, whose first call loads tables for all languages: a tenth of the time n8n needs to
 * load this package.
 */
export function alphabetically(one: string, other: string): number {
	const [a, b] = [one.toLowerCase(), other.toLowerCase()];
	return a < b ? -1 : Number(a > b);
}
