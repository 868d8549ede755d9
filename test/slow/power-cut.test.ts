/**
 * A power cut, as far as it can be tried without one: whatever a disk has kept of what was not flushed, the
 * file is whole and what was answered before is there.
 *
 * `CUT_COUNT=3000 npm test -- power-cut` tries so many moments; `CUT_SEED` plays the same numbers again.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Busy } from './busy';
import { kill, killAll, start, word } from './children';
import { byKey, found, isPossible, type Operation, readHistory } from './history';
import { Random } from './random';
import { lookInto } from './register';
import { buildShim, shimEnvironment } from './shim/build';
import { type Deed, Disk, readDeeds } from './shim/disk';

const COUNT = Number(process.env['CUT_COUNT'] ?? 150);
const SEED = Number(process.env['CUT_SEED'] ?? Date.now() % 1_000_000);
const RUN_MS = process.env['CUT_COUNT'] ? 4_000 : 1_000;

const shim = buildShim();
const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-power-'));
/** The disks after the cut lie in memory, where they are made in no time. */
const memory = shim ? mkdtempSync('/dev/shm/n8n-nodes-tw-td-power-') : '';
afterAll(async () => {
	await killAll();
	for (const one of [folder, memory]) rmSync(one, { recursive: true, force: true });
});

/** What a process did to its register's folder, and its own log among that. */
async function recorded(random: Random): Promise<Deed[]> {
	const disk = join(folder, 'disk');
	mkdirSync(disk);
	const settings: Busy = {
		...{ place: join(disk, 'own', 'deep', 'register.db'), log: join(disk, 'told.log') },
		...{ seed: random.below(2 ** 30), tasks: 6, keys: 12, span: 40, closes: random.next() < 0.5 },
	};
	const log = join(folder, 'shim.log');
	const env = shimEnvironment(shim!, { folder: disk, log });
	const child = start('busy.ts', [JSON.stringify(settings)], { env });
	await word(child);
	child.send('go');
	await pause(RUN_MS);
	await kill(child);
	return readDeeds(log);
}

interface Score {
	[what: string]: number;
}

/** Opens what the disk has kept, and compares it with what was told until then. */
function judge(file: string, told: readonly Operation[], score: Score): void {
	let left: ReturnType<typeof lookInto> | undefined;
	try {
		left = lookInto(file);
	} catch (error) {
		// No file, or no table yet: then nothing may have been told
		if (!/unable to open|no such table/.test(String(error))) score['damaged']! += 1;
	}
	if (left && left.integrity !== 'ok') score['damaged']! += 1;
	for (const [key, ofKey] of byKey(told))
		if (!isPossible([...ofKey, found(key, left?.standing.get(key) ?? null)])) score['lost']! += 1;
	score['held']! += told.filter(({ got }) => got === 'held').length;
}

(shim ? it : it.skip)(
	'after a power cut at any moment the file is whole, and has what was answered',
	async () => {
		const random = new Random(SEED);
		const deeds = await recorded(random);
		const cuts = Array.from({ length: COUNT }, () =>
			// The first steps make the file
			random.below(random.next() < 0.2 ? Math.min(200, deeds.length) : deeds.length),
		).sort((a, b) => a - b);
		const disk = new Disk(join(folder, 'disk'));
		const score: Score = {
			...{ seed: SEED, cuts: 0, deeds: deeds.length },
			held: 0,
			lost: 0,
			damaged: 0,
		};
		let text = '';
		for (const [i, deed] of deeds.entries()) {
			for (; cuts[0] === i; cuts.shift()) {
				const to = join(memory, 'cut');
				disk.cut(to, random);
				judge(join(to, 'own', 'deep', 'register.db'), readHistory(text), score);
				rmSync(to, { recursive: true });
				score['cuts']! += 1;
			}
			if (deed.path.endsWith('told.log')) text += deed.bytes.toString();
			else disk.do(deed);
		}
		if (process.env['CUT_COUNT']) console.log(JSON.stringify(score));
		// All of it is shown where it fails, the seed too
		expect(score).toEqual({ ...score, cuts: COUNT, lost: 0, damaged: 0 });
		expect(score['held']).toBeGreaterThan(COUNT);
	},
	60_000 + COUNT * 100,
);
