/** A bag: orders packed together for customs entry type 86. */
export interface Bag {
	bagNo: string;
	nos: string[];
	createdAt: number;
	reviewedAt: number | undefined;
}

/** Bags by their number. */
export type BagStore = Map<string, Bag>;
