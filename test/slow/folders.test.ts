/**
 * The register's folder goes away, or another one comes in its place, while n8n runs: what was sent is not
 * known then, so nothing is sent until it is back. What another process has there is never harmed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closeRegisters, registerFile } from '../../lib/run/registers';
import { complaint, FORECAST, outputOf, until } from '../observed';
import { kill, killAll } from './children';
import { useOrders } from './orders';
import { type OtherProcess, otherProcess } from './other-process';
import { keyAt, lookInto } from './register';

const { bench, create, sends } = useOrders();
const file = registerFile(process.env);
const folder = dirname(file);
const aside = `${folder}-aside`;
beforeEach(() => {
	for (const one of [folder, aside]) rmSync(one, { recursive: true, force: true });
});
afterAll(killAll);

const GONE = 'the file that this n8n has opened is gone, or another one is in its place';

async function refused(no: string, words = GONE): Promise<void> {
	const { message, description } = complaint(await create({}, no));
	expect(message).toContain(words);
	expect(description).toContain('Nothing was sent');
	expect(sends(no)).toBe(0);
}

async function accepted(no: string): Promise<void> {
	expect(outputOf(await create({}, no))[0]).toMatchObject({ outcome: 'accepted', no });
	expect(sends(no)).toBe(1);
}

/** Looked at beside this process's SQLite: closing a file of ours here would take its locks. */
function integrityOf(path: string): string {
	const script = `const { DatabaseSync } = require('node:sqlite');
		process.stdout.write(JSON.stringify(new DatabaseSync(process.argv[1]).prepare('pragma integrity_check').all()))`;
	return execFileSync(process.execPath, ['--no-warnings', '-e', script, path], {
		encoding: 'utf8',
	});
}
const WHOLE = JSON.stringify([{ integrity_check: 'ok' }]);

it('a folder that is removed: nothing is sent, and none is made in its place', async () => {
	await accepted('NO-A');
	rmSync(folder, { recursive: true });
	await refused('NO-B');
	await refused('NO-A2');
	expect(existsSync(folder)).toBe(false);
	// As n8n does when it is started again
	await closeRegisters();
	await accepted('NO-B');
});

it.each([
	["n8n's whole folder", () => dirname(folder), false],
	['the file', () => file, false],
	['all three files', () => file, true],
	["n8n's folder, and an empty one is made", () => dirname(folder), true],
])(
	'%s is removed while orders are under way: those stay theirs, and the next ones are refused at once',
	async (_what, path, makes) => {
		await accepted('NO-A');
		bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 300, when: 'after' });
		const running = create({}, 'NO-R');
		await until(() => sends('NO-R') === 1);
		rmSync(path(), { recursive: true });
		if (path() === file && makes)
			for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
		if (path() !== file && makes) mkdirSync(path());
		// The next claim of this process, and of the number that is under way, at this moment
		const [again, next] = await Promise.all([create({}, 'NO-R'), create({}, 'NO-N')]);
		for (const one of [again, next]) expect(complaint(one).message).toContain(GONE);
		expect(outputOf(await running)[0]).toMatchObject({ outcome: 'accepted', no: 'NO-R' });
		expect([sends('NO-A'), sends('NO-R'), sends('NO-N')]).toEqual([1, 1, 0]);
		bench.sandbox.clearFaults();
		await refused('NO-A2');
		expect(existsSync(file)).toBe(false);
	},
);

it('a folder that is moved away, and back: goes on, and knows what was sent', async () => {
	await accepted('NO-A');
	renameSync(folder, aside);
	await refused('NO-B');
	expect(existsSync(folder)).toBe(false);
	renameSync(aside, folder);
	await accepted('NO-B');
	expect(outputOf(await create({}, 'NO-A'))[0]).toMatchObject({ existing: true });
	expect(sends('NO-A')).toBe(1);
	expect(integrityOf(file)).toBe(WHOLE);
});

it('another register in its place: nothing is sent until the own one is back, and the other stays whole', async () => {
	await accepted('NO-A');
	renameSync(folder, aside);
	const other = await otherProcess(file);
	expect(await other.ask('claim', keyAt(1))).toBe('held');
	await refused('NO-B');
	await refused('NO-B');
	expect(await other.ask('claim', keyAt(2))).toBe('held');
	await closeRegisters();
	expect(await other.ask('claim', keyAt(3))).toBe('held');
	await kill(other.process);
	for (const key of [1, 2, 3])
		expect(lookInto(file).standing.get(keyAt(key))?.state).toBe('sending');
	expect(lookInto(file).integrity).toBe('ok');
});

it('a register that was removed, and made anew by another process: its commits survive our closing', async () => {
	await accepted('NO-A');
	rmSync(folder, { recursive: true });
	const other = await otherProcess(file);
	expect(await other.ask('claim', keyAt(1))).toBe('held');
	// Two that have it open: what one commits the other must find
	const third = await otherProcess(file);
	expect(await third.ask('claim', keyAt(1))).toBe('standing');
	await refused('NO-B');
	await refused('NO-B');
	await closeRegisters();
	expect(existsSync(`${file}-wal`)).toBe(true);
	expect(await other.ask('claim', keyAt(2))).toBe('held');
	expect(await third.ask('claim', keyAt(2))).toBe('standing');
	await kill(other.process);
	await kill(third.process);
	const { integrity, standing } = lookInto(file);
	expect([integrity, standing.size]).toEqual(['ok', 2]);
});

it('a new file that the disk gives the number of the old one is another file', async () => {
	await accepted('NO-A');
	const { ino } = statSync(file);
	rmSync(folder, { recursive: true });
	// Closed by now, so its number is free
	await refused('NO-B');
	mkdirSync(folder);
	const dummies = Array.from({ length: 2_000 }, (_none, i) => join(folder, String(i)));
	const same = dummies.find((dummy) => {
		writeFileSync(dummy, '');
		return statSync(dummy).ino === ino;
	});
	if (same !== undefined) rmSync(same);
	const other = await otherProcess(file);
	expect(await other.ask('claim', keyAt(1))).toBe('held');
	await kill(other.process);
	await refused('NO-B');
	await refused('NO-A2');
});

it('commits whose file alone is removed: noticed, nothing is sent unremembered, and they are known again', async () => {
	await accepted('NO-A');
	rmSync(`${file}-wal`);
	await create({}, 'NO-B');
	const sent = sends('NO-B');
	// As n8n does when it is stopped in the usual way: SQLite saves what it has of them
	await closeRegisters();
	expect(outputOf(await create({}, 'NO-A'))[0]).toMatchObject({ existing: true });
	const again = outputOf(await create({}, 'NO-B'))[0];
	expect(again?.['existing']).toBe(sent === 1 ? true : undefined);
	expect(sends('NO-B')).toBe(1);
	expect(integrityOf(file)).toBe(WHOLE);
});

it.each(['is started anew', 'is killed and started anew', 'is joined by a third'])(
	'commits whose file is removed under two processes, of which one %s: none that is answered after that is lost or doubled',
	async (what) => {
		const one = await otherProcess(file);
		let other = await otherProcess(file);
		const all = [one, other];
		expect(await one.ask('claim', keyAt(1))).toBe('held');
		expect(await other.ask('claim', keyAt(1))).toBe('standing');
		rmSync(`${file}-wal`);
		// Whoever asks first has noticed
		const held: string[] = [];
		const claim = async ({ ask }: OtherProcess, key: string) => {
			const said = await ask('claim', key);
			if (said === 'held') held.push(key);
			else if (said !== 'standing') expect(said).toContain('Nothing was sent');
		};
		for (const [i, process] of [other, one].entries()) await claim(process, keyAt(2 + i));
		if (what === 'is started anew') await other.ask('close');
		if (what === 'is killed and started anew') await kill(other.process);
		if (what !== 'is started anew') all.push((other = await otherProcess(file)));
		for (let i = 10; i < 20; i++) {
			for (const process of i % 2 ? [one, other] : [other, one]) await claim(process, keyAt(i));
		}
		await Promise.all(all.map(async ({ process }) => await kill(process)));
		const { integrity, standing } = lookInto(file);
		expect(integrity).toBe('ok');
		expect(held).toEqual([...new Set(held)]);
		expect(held.filter((key) => !standing.has(key))).toEqual([]);
	},
	30_000,
);

it('the file alone is removed, its commits are left: not begun anew', async () => {
	await accepted('NO-A');
	const other = await otherProcess(file);
	expect(await other.ask('claim', keyAt(1))).toBe('held');
	await kill(other.process);
	rmSync(file);
	await refused('NO-B');
	await closeRegisters();
	if (existsSync(`${file}-wal`)) await refused('NO-B', 'the file is damaged');
});
