/**
 * Whether an owner has to act on what a shop sent and nothing was made of. What becomes of it, the panel's words, and
 * the words that documents and tests are held to derive from tables of this form.
 *
 * The owner has to where somebody waits, or where that is not known. Nobody has to where nobody waits, or where another
 * event is to come.
 */
export interface Unmade {
	needs: 'nobody' | 'owner';
	/** As the panel lists it. */
	words: string;
}

/** By codes that stand in the output, for a flow to branch on: never renamed. */
type Table = Readonly<Record<string, Unmade>>;

/** All codes of a table. */
export const codesOf = <T extends Table>(table: T) =>
	Object.keys(table) as [keyof T & string, ...Array<keyof T & string>];

/** The codes that need the owner, or nobody, in the table's order. */
export const codesNeeding = <T extends Table>(table: T, who: Unmade['needs']) =>
	codesOf(table).filter((code) => table[code]!.needs === who);

/** What needs the owner, or nobody, as a list within a sentence. */
export const listed = (table: Table, who: Unmade['needs']): string =>
	codesNeeding(table, who)
		.map((code) => table[code]!.words)
		.join(', ');

/** The same as the hint of the field that it is about. */
export const appliesTo = (table: Table, who: Unmade['needs']): string =>
	`Applies to: ${listed(table, who)}`;
