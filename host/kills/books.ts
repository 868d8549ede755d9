/** What was tried, what the vendors have of it, and what the nodes said: the judgement over all blows. */
import type { Ledger } from '../../sandbox';
import type { Kind } from './flows';

/** Who brought a number: a webhook brings many at once, a shop's delivery brings one. */
export type Source = Kind | 'deliveries';

/** The numbers of one source. */
export class Book {
	/** All that were ever used. */
	readonly all: string[] = [];
	/** To be run again: nothing certain was said of them yet. */
	readonly open = new Set<string>();
	/** The node said that the vendor has it, or that it is unknown for good. */
	readonly old: string[] = [];
	/** The answer was lost, and the vendor does not show it. */
	readonly unknown = new Set<string>();
	/** How often a flow was given one. */
	tries = 0;
	unknownInAll = 0;
	/** Unknown at one time: the most, and what was allowed then. */
	mostUnknown = 0;
	allowedThen = 0;
	/** How often the vendor had each old one. */
	private readonly settled = new Map<string, number>();
	readonly forgotten = new Set<string>();

	constructor(
		readonly title: string,
		/** How many may be unknown of one run that was killed. */
		readonly perRun: number,
		private readonly prefix: string,
	) {}

	/** Numbers that nobody had before. */
	fresh(count: number): string[] {
		const numbers = Array.from(
			{ length: count },
			(_none, i) => `${this.prefix}${this.all.length + i}`,
		);
		this.all.push(...numbers);
		for (const no of numbers) this.open.add(no);
		return numbers;
	}

	/** Nothing is left to find out about this number. */
	close(no: string): void {
		if (this.open.delete(no)) this.old.push(no);
	}

	/** Of an old number the vendor may not get more than it had. */
	compare(taken: ReadonlyMap<string, number>): string[] {
		const again = this.old.filter((no) => {
			const before = this.settled.get(no);
			const now = taken.get(no) ?? 0;
			this.settled.set(no, now);
			return before !== undefined && now > before && before > 0;
		});
		for (const no of again) this.forgotten.add(no);
		return again;
	}

	doubled(taken: ReadonlyMap<string, number>): string[] {
		return this.all.filter((no) => (taken.get(no) ?? 0) > 1);
	}

	missing(taken: ReadonlyMap<string, number>): string[] {
		return this.all.filter((no) => !taken.has(no));
	}
}

export type Books = Readonly<Record<Source, Book>>;

/** How often each vendor has each number. */
export function takenOf({ orders, events }: Ledger): Map<string, number> {
	const taken = new Map<string, number>();
	for (const no of [...orders.map(({ no }) => no), ...events.map(({ orderId }) => orderId)]) {
		taken.set(no, (taken.get(no) ?? 0) + 1);
	}
	return taken;
}

/** A table of what was tried, how often, and what held. */
export function printBooks(books: Books, taken: ReadonlyMap<string, number>): void {
	console.log(
		'\n  | What | Numbers | Tried | At the vendor | Doubled | Forgotten | Unknown once | at most | Never resolved |',
	);
	console.log('  | --- | --: | --: | --: | --: | --: | --: | --: | --: |');
	for (const book of Object.values(books)) {
		const there = book.all.length - book.missing(taken).length;
		const { title, all, tries, unknownInAll, mostUnknown, allowedThen, forgotten } = book;
		const cells = [
			...[title, all.length, tries, there, book.doubled(taken).length, forgotten.size],
			...[unknownInAll, `${mostUnknown} of ${allowedThen} allowed`, book.missing(taken).length],
		];
		console.log(`  | ${cells.join(' | ')} |`);
	}
	console.log('\n  An event At Least Once may be told again while its answer is lost: no fault.\n');
}
