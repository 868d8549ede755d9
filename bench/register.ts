/** What remembering an order costs: of a run on n8n, and of a claim as the keys become many. */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fingerprint } from '../lib/base/fingerprint';
import type { Claim } from '../lib/register/register';
import { closeRegisters, registerFile, sqliteRegister } from '../lib/run/registers';
import { TABLE } from '../lib/register/schema';
import type { SqlRegister } from '../lib/register/sql-register';
import { buildShim, shimEnvironment } from '../test/slow/shim/build';
import { createJson } from './cases';
import type { Report } from './report';
import { measureRounds, ratioOf, spreadOf, type Subject } from './rounds';
import type { Scale } from './speed';
import { type BenchStage, executionTime, measuredFlow } from './stage';
import type { Vendor } from './vendor-process';

const PART = 'Remembering orders';
const MILLION = 1_000_000;
/** Claims of one measurement. */
const CLAIMS = 1_000;

export async function measureRegister(
	stage: BenchStage,
	vendor: Vendor,
	scale: Scale,
	report: Report,
): Promise<void> {
	await measureRuns(stage, vendor, scale, report);
	await measureKeys(scale.rounds, report);
	await measureLoop(scale.rounds, report);
}

/** The same orders, remembered and not; each run begins without what the one before remembered. */
async function measureRuns(
	stage: BenchStage,
	vendor: Vendor,
	{ items, rounds }: Scale,
	report: Report,
): Promise<void> {
	report.note(`Create Using JSON, resolved directly: ${rounds} rounds of ${items} items`);
	const file = registerFile({ N8N_USER_FOLDER: stage.userFolder });
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
				forgetAll(file);
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
		atMost: 0.6,
	});
	report.add({
		part: PART,
		what: 'HTTP Request at its defaults / ours, remembered',
		value: ratioOf(of('http'), of('files')),
		atLeast: 15,
	});
}

/** Claims in an empty register beside claims in one that holds a million keys, and lists of those. */
async function measureKeys(rounds: number, report: Report): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-register-'));
	try {
		const full = join(folder, 'full', 'register.db');
		report.note(`${MILLION.toLocaleString('en')} keys are written …`);
		await fill(sqliteRegister(full), MILLION);
		await closeRegisters();
		const du = execFileSync('du', ['-sk', join(folder, 'full')], { encoding: 'utf8' });
		report.add({
			part: PART,
			what: 'a million keys on the disk',
			value: (Number(du.split('\t')[0]) * 1024) / 1e6,
			digits: 0,
			unit: 'MB',
			atMost: 250,
		});
		let fresh = MILLION;
		const subjects = ['empty', 'full'].map((name) => ({
			name,
			measure: async () => {
				const file = join(folder, name, 'register.db');
				if (name === 'empty') forgetAll(file);
				return await timed(sqliteRegister(file), (fresh += CLAIMS));
			},
		}));
		const costs = await measureRounds(subjects, rounds);
		report.add({
			part: PART,
			what: 'claim and settle with a million keys / with none',
			value: ratioOf(costs.get('full')!, costs.get('empty')!),
			atMost: 1.3,
		});
		await measureLists(sqliteRegister(full), rounds, report);
	} finally {
		await closeRegisters();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** How late n8n's loop is while the disk takes 20 ms for each flush: with the file in a thread, and without. */
async function measureLoop(rounds: number, report: Report): Promise<void> {
	const shim = buildShim();
	if (!shim) return report.note('There is no C compiler here, so no slow disk was measured.');
	const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-slow-disk-'));
	try {
		const subjects = ['thread', 'loop'].map((where) => ({
			name: where,
			measure: async () => {
				const file = join(mkdtempSync(join(folder, 'register-')), 'register.db');
				const child = fork(join(__dirname, 'loop-delay.ts'), [file, where, '1000'], {
					execArgv: ['--require', 'tsx/cjs', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
					env: { ...process.env, ...shimEnvironment(shim, { folder, flushMs: 20 }) },
				});
				const ended = once(child, 'exit').then(() => [{ p99: NaN }]);
				const told = (await Promise.race([once(child, 'message'), ended])) as [{ p99: number }];
				if (Number.isNaN(told[0].p99)) throw new Error('The process on the slow disk has failed');
				return told[0].p99;
			},
		}));
		const delays = await measureRounds(subjects, rounds);
		const add = (what: string, name: string) =>
			report.add({
				part: PART,
				what: `p99 of the loop's delay, a flush takes 20 ms: ${what}`,
				value: spreadOf(delays.get(name)!),
				unit: 'ms',
			});
		add('as it is', 'thread');
		add('without a thread', 'loop');
		report.add({
			part: PART,
			what: 'the same, as it is / without a thread',
			value: ratioOf(delays.get('thread')!, delays.get('loop')!),
			atMost: 0.5,
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Every way in which Get Many Remembered asks; the slowest of them counts. */
async function measureLists(register: SqlRegister, rounds: number, report: Report): Promise<void> {
	const lists = {
		'all, the newest': {},
		accepted: { state: 'accepted' },
		unknown: { state: 'unknown' },
		'older than half of them': { before: BEGAN + MILLION / 2 },
		'page 20': { offset: 950 },
		'of one execution': { execution: '50000' },
		'one number': { key: keyOf(MILLION / 3) },
	} as const;
	const subjects = Object.entries(lists).map(([name, wanted]) => ({
		name,
		measure: async () => {
			const begun = performance.now();
			await register.list({ kind: 'order', account: ACCOUNT, limit: 50, ...wanted });
			return performance.now() - begun;
		},
	}));
	for (const [name, costs] of await measureRounds(subjects, rounds)) {
		report.add({
			part: PART,
			what: `a list of 50 among a million: ${name}`,
			value: spreadOf(costs),
			unit: 'ms',
			atMost: 50,
		});
	}
}

const ACCOUNT = 'Qm9vdG';
/** When the first of a million was claimed; milliseconds since 1970 UTC. */
const BEGAN = Date.now() - MILLION;

const claimOf = (i: number): Claim => ({
	kind: 'order',
	account: ACCOUNT,
	name: `ORD-${i}`,
	body: fingerprint(`body ${i}`),
	keeps: ['requestId', 'status', 'product'],
	execution: String(Math.floor(i / 10)),
	until: Date.now() + 60_000,
});
const answerOf = (i: number) => ({
	requestId: `8d0f7a52-3c1b-4f6e-9a43-${String(i).padStart(12, '0')}`,
	product: 'UA',
});
const keyOf = (i: number) => fingerprint(`key ${i}`);

/** Empties a register without taking its file away from who has it open. */
function forgetAll(file: string): void {
	if (!existsSync(file)) return;
	const database = new DatabaseSync(file);
	database.exec(`delete from ${TABLE}; vacuum`);
	database.close();
}

/** Entries as they are once the orders are accepted, a thousand in a commit. */
async function fill(register: SqlRegister, count: number): Promise<void> {
	for (let first = 0; first < count; first += CLAIMS) {
		await timed(register, first, CLAIMS);
	}
}

/** Milliseconds for claims that all succeed. @param concurrency a run makes ten at a time */
async function timed(register: SqlRegister, first: number, concurrency = 10): Promise<number> {
	const begun = performance.now();
	let next = first;
	const worker = async () => {
		while (next < first + CLAIMS) {
			const i = next++;
			const claimed = await register.claim(keyOf(i), claimOf(i));
			if (!('held' in claimed)) throw new Error(`ORD-${i} is taken`);
			await claimed.held.settle('accepted', answerOf(i));
		}
	};
	await Promise.all(Array.from({ length: concurrency }, worker));
	return performance.now() - begun;
}
