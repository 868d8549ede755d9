/**
 * The way of one order and of one event from the item to the wire: through how many files, and how often over
 * the border between nodes/ and lib/. `node test/walks.mjs` prints both ways.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MOST_FILES = 45;
const MOST_CROSSINGS = 4;

interface Walk {
	/** Files with a function that ran before the request left, as first entered. */
	down: string[];
	/** The same for the whole run. */
	run: string[];
	/** Calls from nodes/ to lib/ or from lib/ to nodes/ before the request left; getters do not count. */
	crossings: string[];
}

let walks: Record<'order' | 'event', Walk>;
beforeAll(() => {
	const script = join(__dirname, 'walks.mjs');
	walks = JSON.parse(
		execFileSync(process.execPath, [script], { encoding: 'utf8' }),
	) as typeof walks;
}, 60_000);

describe.each(['order', 'event'] as const)('one %s', (what) => {
	it('is followed from the node to the wire', () => {
		const { down, run } = walks[what];
		expect(down[0]).toMatch(/^nodes\//);
		expect(down.at(-1)).toMatch(/^lib\/http\//);
		expect(run).toEqual(expect.arrayContaining(down));
	});

	it(`passes at most ${MOST_FILES} files`, () => {
		const { down } = walks[what];
		expect(down.length > MOST_FILES ? down : []).toEqual([]);
	});

	it(`crosses between nodes/ and lib/ at most ${MOST_CROSSINGS} times`, () => {
		const { crossings } = walks[what];
		expect(crossings.length > MOST_CROSSINGS ? crossings : []).toEqual([]);
	});

	it('is written down in CONTRIBUTING.md', () => {
		const page = readFileSync(join(__dirname, '..', 'CONTRIBUTING.md'), 'utf8');
		const list = page.split(`### One ${what}, until it leaves`)[1]!.split('\n#')[0]!;
		const written = [...list.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => file);
		expect(written.sort()).toEqual([...walks[what].down].sort());
	});
});
