/** Expressions by what kind they are, in words that a mismatch can be told with. */

/** Several expressions stand in one text, separated by ¦; what has blanks or backticks of its own is a list. */
export type Kinds = Record<string, string | readonly string[]>;

/** What a node stores as a parameter, and of which kind it is. */
export interface Case<Stored = unknown> {
	kind: string;
	stored: Stored;
}

export function casesOf(kinds: Kinds): Array<Case<string>> {
	return Object.entries(kinds).flatMap(([kind, all]) => ofKind(kind, listed(all)));
}

export const ofKind = <Stored>(kind: string, all: readonly Stored[]): Array<Case<Stored>> =>
	all.map((stored) => ({ kind, stored }));

export const storedOf = <Stored>(cases: ReadonlyArray<Case<Stored>>): Stored[] =>
	cases.map(({ stored }) => stored);

const listed = (all: string | readonly string[]) =>
	typeof all === 'string' ? all.trim().split(/\s*¦\s*/) : all;
