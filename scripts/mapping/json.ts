/** Places in JSON: how they are found, changed, compared and written down. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Place = ReadonlyArray<string | number>;

const isMembers = (value: unknown): value is Record<string, Json> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry of a list of pairs has beside its value. */
const PAIR = ['id', 'key', 'name'];

const isPair = (value: Record<string, Json>) =>
	'value' in value && Object.keys(value).every((name) => [...PAIR, 'value'].includes(name));

/** Every place that holds a single value. What names another member (`object`, a pair's key) is none. */
export function leavesOf(value: Json, place: Place = []): Place[] {
	if (Array.isArray(value)) return value.flatMap((one, at) => leavesOf(one, [...place, at]));
	if (!isMembers(value)) return [place];
	const naming = ['object', ...(isPair(value) ? PAIR : [])];
	return Object.entries(value)
		.filter(([name, one]) => typeof one === 'object' || !naming.includes(name))
		.flatMap(([name, one]) => leavesOf(one, [...place, name]));
}

/** The place of a member that is written `refunds[].id`, in the first entry of each list. */
export const stepsOf = (member: string): Place =>
	member
		.replaceAll('[]', '.0')
		.split('.')
		.map((step) => (step === '0' ? 0 : step));

export function valueAt(value: unknown, place: Place): unknown {
	return place.reduce<unknown>(
		(inner, step) => (inner as Record<string | number, unknown> | null)?.[step],
		value,
	);
}

/** A copy in which one place holds another value. */
export function withValue(value: Json, [step, ...rest]: Place, other: Json): Json {
	if (step === undefined) return other;
	if (Array.isArray(value)) {
		return value.map((one, at) => (at === step ? withValue(one, rest, other) : one));
	}
	const members = value as Record<string, Json>;
	return { ...members, [step]: withValue(members[step] ?? null, rest, other) };
}

/**
 * The places at which two values differ. Where a list has become longer or shorter, or an object has come
 * or gone, that is the one place; what is in it is not compared.
 */
export function differences(one: unknown, other: unknown, place: Place = []): Place[] {
	if (Array.isArray(one) && Array.isArray(other)) {
		if (one.length !== other.length) return [place];
		return one.flatMap((inner, at) => differences(inner, other[at], [...place, at]));
	}
	if (isMembers(one) && isMembers(other)) {
		const names = new Set([...Object.keys(one), ...Object.keys(other)]);
		return [...names].flatMap((name) => differences(one[name], other[name], [...place, name]));
	}
	return (one ?? null) === (other ?? null) ? [] : [place];
}

/** `line_items[].sku`; an entry of a list of pairs is written by its name: `meta_data.black_box`. */
export function written(place: Place, within: unknown): string {
	let text = '';
	place.forEach((step, at) => {
		if (typeof step === 'string') {
			const isNamed = step === 'value' && nameOfPair(within, place.slice(0, at)) !== undefined;
			if (!isNamed) text += text === '' ? step : `.${step}`;
			return;
		}
		const name = nameOfPair(within, place.slice(0, at + 1));
		text += name === undefined ? '[]' : `.${name}`;
	});
	return text;
}

function nameOfPair(within: unknown, place: Place): string | undefined {
	const pair = valueAt(within, place);
	if (!isMembers(pair) || !isPair(pair)) return undefined;
	const name = pair['key'] ?? pair['name'];
	return typeof name === 'string' ? name : undefined;
}
