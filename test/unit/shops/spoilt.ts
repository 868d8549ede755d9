/** Bodies of which something is missing, null or of another kind. */
import fc from 'fast-check';

export type Path = ReadonlyArray<string | number>;

/** The places of all members of objects, at any depth. An element of a list is no member. */
export function membersIn(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, member]) => {
		const here = [...path, Array.isArray(value) ? Number(name) : name];
		return Array.isArray(value) ? membersIn(member, here) : [here, ...membersIn(member, here)];
	});
}

export function change(body: object, path: Path, with_: unknown): void {
	let holder: unknown = body;
	for (const name of path.slice(0, -1)) holder = (holder as Record<string, unknown> | null)?.[name];
	// What held it may have been spoilt before
	if (typeof holder !== 'object' || holder === null) return;
	const name = String(path.at(-1));
	if (with_ === undefined) delete (holder as Record<string, unknown>)[name];
	// Of its own: put into itself it would be a circle, which JSON has none of
	else (holder as Record<string, unknown>)[name] = structuredClone(with_);
}

/** A copy in which some members have other values; undefined takes a member away. */
function spoilt<T extends object>(
	body: T,
	values: fc.Arbitrary<unknown>,
	places: Path[] = membersIn(body),
): fc.Arbitrary<T> {
	const changes = fc.tuple(fc.constantFrom(...places), values);
	return fc.array(changes, { minLength: 1, maxLength: 12 }).map((all) => {
		const copy = structuredClone(body);
		for (const [path, value] of all) change(copy, path, value);
		return copy;
	});
}

/** Some members, of those at the places, are missing or null. */
export const lacking = <T extends object>(body: T, places?: Path[]) =>
	spoilt(body, fc.constantFrom<unknown>(undefined, null), places);

/** Some members hold what nobody documents. */
export const senseless = <T extends object>(body: T) =>
	spoilt(
		body,
		fc.oneof(
			fc.constantFrom<unknown>(
				undefined,
				null,
				'',
				' ',
				[],
				[[]],
				{},
				[null],
				true,
				-1,
				1e21,
				'NaN',
			),
			fc.string({ maxLength: 12 }),
			fc.double(),
			fc.jsonValue({ maxDepth: 2 }),
		),
	);
