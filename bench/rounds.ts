/** Something whose cost is measured again and again, interleaved with others. */
export interface Subject {
	name: string;
	/** Does it once; gives back what it cost, in milliseconds. */
	measure: () => Promise<number>;
}

/** What several measurements of one thing come to. */
export interface Spread {
	median: number;
	least: number;
	most: number;
}

/** Costs by subject, one entry per round. */
export type Rounds = Map<string, number[]>;

/**
 * Measures every subject once per round, so that what else the machine does hits all alike, each round
 * beginning with another one. A round before the first warms up and does not count.
 */
export async function measureRounds(subjects: Subject[], rounds: number): Promise<Rounds> {
	const costs: Rounds = new Map(subjects.map(({ name }) => [name, []]));
	for (let round = 0; round <= rounds; round++) {
		for (let i = 0; i < subjects.length; i++) {
			const { name, measure } = subjects[(i + round) % subjects.length]!;
			const cost = await measure();
			if (round > 0) costs.get(name)!.push(cost);
		}
	}
	return costs;
}

export function spreadOf(values: number[]): Spread {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const median = Number.isInteger(middle)
		? (sorted[middle - 1]! + sorted[middle]!) / 2
		: sorted[Math.floor(middle)]!;
	return { median, least: sorted[0]!, most: sorted.at(-1)! };
}

/** How many times as much one costs as the other, compared within each round. */
export function ratioOf(over: number[], under: number[]): Spread {
	return spreadOf(over.map((cost, round) => cost / under[round]!));
}
