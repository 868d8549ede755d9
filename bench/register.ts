/** What remembering an order costs: of a run on n8n, and of a claim as the keys become many. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim } from '../lib/operation/needs';
import { claimText, endText } from '../lib/register/file-entry';
import { FileRegister, registerFolder } from '../lib/register/file-register';
import { newEntry } from '../lib/register/new-entry';
import { createJson } from './cases';
import type { Report } from './report';
import { measureRounds, ratioOf, type Subject } from './rounds';
import type { Scale } from './speed';
import { type BenchStage, executionTime, measuredFlow } from './stage';
import type { Vendor } from './vendor-process';

const PART = 'Remembering orders';
const MILLION = 1_000_000;
/** Claims of one measurement. */
const CLAIMS = 1_000;
const CONCURRENCY = 10;

export async function measureRegister(
	stage: BenchStage,
	vendor: Vendor,
	scale: Scale,
	report: Report,
): Promise<void> {
	await measureRuns(stage, vendor, scale, report);
	await measureKeys(scale.rounds, report);
}

/** The same orders, remembered and not; each run begins without what the one before remembered. */
async function measureRuns(
	stage: BenchStage,
	vendor: Vendor,
	{ items, rounds }: Scale,
	report: Report,
): Promise<void> {
	report.note(`Create Using JSON, resolved directly: ${rounds} rounds of ${items} items`);
	const folder = registerFolder({ N8N_USER_FOLDER: stage.userFolder });
	const ours = createJson.ours(true);
	const remembering = (remember: string) => ({
		...ours,
		parameters: { ...ours.parameters, remember },
	});
	const nodes = {
		files: remembering('files'),
		no: remembering('no'),
		http: createJson.peer(vendor.origin),
	};
	const subjects: Subject[] = [];
	for (const [name, node] of Object.entries(nodes)) {
		const { run } = await measuredFlow(stage, `Remember ${name}`, items, [node], stage.credentials);
		subjects.push({
			name,
			measure: async () => {
				rmSync(folder, { recursive: true, force: true });
				makeShards(folder);
				return executionTime(await run()) / items;
			},
		});
	}
	const costs = await measureRounds(subjects, rounds);
	const of = (name: string) => costs.get(name)!;
	const claims = of('files').map((cost, round) => cost - of('no')[round]!);
	report.add({
		part: PART,
		what: 'a claim / the order without it',
		value: ratioOf(claims, of('no')),
	});
	report.add({
		part: PART,
		what: 'HTTP Request at its defaults / ours, remembered',
		value: ratioOf(of('http'), of('files')),
		atLeast: 15,
	});
}

/** Claims in an empty register beside claims in one that holds a million keys. */
async function measureKeys(rounds: number, report: Report): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-register-'));
	try {
		const full = join(folder, 'full');
		report.note(`${MILLION.toLocaleString('en')} keys are written …`);
		fill(full, MILLION);
		const kilobytes = Number(
			execFileSync('du', ['-sk', full], { encoding: 'utf8' }).split('\t')[0],
		);
		report.add({
			part: PART,
			what: 'a million keys on the disk',
			value: kilobytes / 1024,
			digits: 0,
			unit: 'MB',
		});
		let fresh = 0;
		const subjects = [
			{
				name: 'empty',
				measure: async () => {
					rmSync(join(folder, 'empty'), { recursive: true, force: true });
					makeShards(join(folder, 'empty'));
					return await timed(new FileRegister(join(folder, 'empty')), (fresh += CLAIMS));
				},
			},
			{
				name: 'full',
				measure: async () => await timed(new FileRegister(full), (fresh += CLAIMS)),
			},
		];
		const costs = await measureRounds(subjects, rounds);
		report.add({
			part: PART,
			what: 'claim and settle with a million keys / with none',
			value: ratioOf(costs.get('full')!, costs.get('empty')!),
			atMost: 1.3,
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const claimOf = (name: string): Claim => ({
	kind: 'order',
	account: 'Qm9vdGhzIGFyZSBmb3Igb',
	name,
	body: 'fingerprint-of-a-body1',
	execution: '123456',
	until: Date.now() + 60_000,
});
const answerOf = (no: string) => ({
	no,
	requestId: '8d0f7a52-3c1b-4f6e-9a43-000000000000',
	status: 1,
});
/** Spread over the shards as hashes are. */
const keyOf = (i: number) =>
	((BigInt(i) * 0x9e3779b97f4a7c15n) & (2n ** 64n - 1n))
		.toString(16)
		.padStart(16, '0')
		.padEnd(40, '0');

/** The folders of a register that has been in use for some hundred orders. */
function makeShards(folder: string): void {
	for (let shard = 0; shard < 256; shard++) {
		mkdirSync(join(folder, shard.toString(16).padStart(2, '0')), { recursive: true });
	}
}

/** Writes the files as the register does, without waiting for the disk. */
function fill(folder: string, count: number): void {
	makeShards(folder);
	for (let i = 0; i < count; i++) {
		const key = keyOf(i);
		const entry = newEntry(key, claimOf(`ORD-${i}`), Date.now());
		const text = claimText(entry) + endText(entry.token, 'accepted', answerOf(`ORD-${i}`));
		writeFileSync(join(folder, key.slice(0, 2), key), text);
	}
}

/** Milliseconds for claims that all succeed, ten at a time as a run makes them. */
async function timed(register: FileRegister, first: number): Promise<number> {
	const begun = performance.now();
	let next = 0;
	const worker = async () => {
		while (next < CLAIMS) {
			const name = `NEW-${first + next}`;
			const claimed = await register.claim(keyOf(MILLION + first + next++), claimOf(name));
			if (!('held' in claimed)) throw new Error(`${name} is taken`);
			await claimed.held.settle('accepted', answerOf(name));
		}
	};
	await Promise.all(Array.from({ length: CONCURRENCY }, worker));
	return performance.now() - begun;
}
