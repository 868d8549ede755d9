/** What the programs of this folder play on: benches side by side, and places where connecting goes wrong. */
import { startSandbox } from '../../sandbox';
import type { Bench } from '../support';
import { openMarkedBench } from './cell';
import type { Places } from './columns';
import { neverConnects, resetsHandshake, stranger } from './places';

/** Runs spend their time waiting, so many are under way at once. */
const AT_ONCE = 32;

export interface Stage {
	benches: Bench[];
	places: Places;
	/** Does all jobs, each on a bench that it has for itself meanwhile. */
	each: <Job>(
		jobs: readonly Job[],
		play: (bench: Bench, job: Job, index: number) => Promise<void>,
	) => Promise<void>;
	close: () => Promise<void>;
}

export async function openStage(): Promise<Stage> {
	const places = await openPlaces();
	const benches = await Promise.all(Array.from({ length: AT_ONCE }, openMarkedBench));
	return {
		benches,
		places,
		each: async (jobs, play) => {
			const waiting = jobs.entries();
			const worker = async (bench: Bench) => {
				for (const [index, job] of waiting) await play(bench, job, index);
			};
			await Promise.all(benches.map(worker));
		},
		close: async () => {
			for (const bench of benches) await bench.close();
			await closePlaces(places);
		},
	};
}

/** `node run.cjs <program> <rows> <columns>`: regular expressions, for work on single cells. */
export function filters() {
	const [rows = '', codes = ''] = process.argv.slice(3).filter((one) => !one.startsWith('--'));
	return { rows: new RegExp(rows), columns: new RegExp(codes) };
}

async function openPlaces(): Promise<Places> {
	return {
		handshake: await resetsHandshake(),
		deaf: await neverConnects(),
		stranger: await stranger(),
		untrusted: await startSandbox({ https: true }),
	};
}

async function closePlaces({ handshake, deaf, stranger: other, untrusted }: Places): Promise<void> {
	await Promise.all([handshake.close(), deaf.close(), other.close(), untrusted.close()]);
}
