/**
 * Processes that are killed at any moment of their work on one register: what was answered as held or
 * settled is there afterwards, no key was ever two's, and the file is whole.
 *
 * `KILL_COUNT=200 npm test -- kills` kills so many at each place; `KILL_SEED` plays the same numbers again.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Busy } from './busy';
import { ask, kill, killAll, start, word } from './children';
import { byKey, found, historyOf, isPossible, type Operation, textOf } from './history';
import { type Place, PLACES, usePlaceOf } from './places';
import { Random } from './random';

const COUNT = Number(process.env['KILL_COUNT'] ?? 4);
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

afterAll(killAll);

describe.each(PLACES)('%s', (name, make) => {
	const place = usePlaceOf(make);

	it(
		'keeps what was answered when processes are killed',
		async () => {
			const random = new Random(SEED);
			const score = { seed: SEED, kills: 0, held: 0, keys: 0, lost: 0, doubled: 0, damaged: 0 };
			const all: Operation[] = [];
			for (let round = 0; score.kills < COUNT; round += 1) {
				const { kills, operations } = await killedRound(place(), round, random);
				score.kills += kills;
				score.held += operations.filter(({ got }) => got === 'held').length;
				all.push(...operations);
				await judge(operations, score);
			}
			if (process.env['KILL_COUNT']) console.log(name, JSON.stringify(score));
			// What was told in one round stands in all the later ones
			await judge(all, score);
			// All of it is shown where it fails, the seed too
			expect(score).toEqual({ ...score, lost: 0, doubled: 0, damaged: 0 });
			expect(score.held).toBeGreaterThan(score.kills);
		},
		30_000 + COUNT * 5_000,
	);

	async function judge(
		operations: readonly Operation[],
		score: Record<'keys' | 'lost' | 'doubled' | 'damaged', number>,
	): Promise<void> {
		const { integrity, standing } = await place().look();
		if (integrity !== 'ok') score.damaged += 1;
		for (const [key, ofKey] of byKey(operations)) {
			score.keys += 1;
			if (isPossible([...ofKey, found(key, standing.get(key) ?? null)])) continue;
			console.log(textOf(ofKey), standing.get(key));
			score[isPossible(ofKey) ? 'lost' : 'doubled'] += 1;
		}
	}
});

/** Two processes at work on one register: one of them is killed, or both. */
async function killedRound(place: Place, round: number, random: Random) {
	const logs = ['a', 'b'].map((one) => join(place.folder, `${round}-${one}.log`));
	const pair = logs.map((log) => {
		const seed = random.below(2 ** 30);
		const settings: Busy = {
			...{ place: place.at, log, seed, tasks: 6, keys: 12, span: 40 },
			closes: random.next() < 0.5,
		};
		return start('busy.ts', [JSON.stringify(settings)]);
	});
	const [one, other] = pair as [(typeof pair)[0], (typeof pair)[0]];
	await Promise.all(pair.map(async (child) => await word(child)));
	for (const child of pair) child.send('go');
	await pause(random.below(700));
	await kill(one);
	const isBoth = random.next() < 0.7;
	if (isBoth) {
		await pause(random.below(50));
		await kill(other);
	} else await ask(other, 'stop');
	return { kills: isBoth ? 2 : 1, operations: logs.flatMap((log) => historyOf(log)) };
}
