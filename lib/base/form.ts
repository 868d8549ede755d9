/** The form of an answer: its members and what kind of value each has, and none of the values. */
import { memberName } from './anonymous';
import { isRecord } from './json-value';

/** Enough to see a form by; a longer one is cut. */
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
 * A line for each member, e.g. `data[].id: number`, in the order in which they come. Keys that are no
 * member names stand together as `*`.
 */
export function formOf(value: unknown): string[] {
	const kinds = new Map<string, Set<string>>();
	collect(value, '', kinds);
	const lines = [...kinds].map(
		([path, found]) => `${path || '(all of it)'}: ${[...found].join(' or ')}`,
	);
	return lines.length > MOST_LINES
		? [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} more`]
		: lines;
}

function collect(value: unknown, path: string, kinds: Map<string, Set<string>>): void {
	if (Array.isArray(value) && value.length > 0) {
		for (const entry of value) collect(entry, `${path}[]`, kinds);
	} else if (isRecord(value) && Object.keys(value).length > 0) {
		for (const [name, member] of Object.entries(value)) {
			collect(member, path ? `${path}.${memberName(name)}` : memberName(name), kinds);
		}
	} else {
		kinds.set(path, (kinds.get(path) ?? new Set<string>()).add(kindOf(value)));
	}
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'empty list';
	if (typeof value === 'object') return 'empty object';
	if (typeof value !== 'string') return typeof value;
	return KINDS.find(([form]) => form.test(value))?.[1] ?? 'text';
}
