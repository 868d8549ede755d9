/** Fails closed: what can't be remembered is not sent, and TW's answer stands though it can't be recorded. */
import type { INodeParameters } from 'n8n-workflow';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Pool } from 'pg';
import { registerFolder } from '../../lib/register/file-register';
import { closeDatabases } from '../../lib/register/postgres-connection';
import { type Database, hasPostgres, makeDatabase } from '../lib/register/postgres';
import { complaint, FORECAST, INFO, outputOf, requestsTo, until } from '../observed';
import { createParameters, useBench } from '../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const sends = () => requestsTo(bench.sandbox, FORECAST).length;
const item = { no: 'ORD-1' };
const parameters = (more: INodeParameters = {}) =>
	createParameters({ waitForCompletion: false, ...more });
const create = async (more: INodeParameters = {}, items = [item]) =>
	await bench.run('twOrder', parameters(more), items);

describe('files', () => {
	const folder = registerFolder(process.env);

	it('whose folder can not be made: nothing is sent, and the message says where and what to do', async () => {
		mkdirSync(dirname(folder), { recursive: true });
		writeFileSync(folder, '');
		const { message, description } = complaint(await create());
		expect(message).toContain(
			`What was sent can not be remembered in ${folder}: a part of this path`,
		);
		expect(description).toContain('Nothing was sent');
		expect(description).toContain("'Remember Orders'");
		expect(sends()).toBe(0);
		rmSync(folder);
		expect(outputOf(await create())[0]).toMatchObject({ outcome: 'accepted' });
	});

	const canMount = (() => {
		try {
			execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
			return process.platform === 'linux';
		} catch {
			return false;
		}
	})();

	/** A disk of its own for the folder. */
	function mount(options: string): void {
		mkdirSync(folder, { recursive: true });
		execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
	}
	const unmount = () => execFileSync('umount', ['-l', folder], { stdio: 'ignore' });

	// Needs the right to mount a disk, which a person's machine seldom gives
	const itMounts = canMount ? it : it.skip;

	itMounts.each([
		// Room for one thing beside the root: whichever comes first, the claim or what marks a sweep
		['has no room for one more file', 'nr_inodes=2', 'the disk is full (ENOSPC)'],
		['is read-only', 'ro', 'the disk is read-only (EROFS)'],
	])('on a disk that %s: nothing is sent', async (_title, options, reason) => {
		mount(options);
		try {
			expect(complaint(await create()).message).toContain(reason);
			expect(sends()).toBe(0);
		} finally {
			unmount();
		}
		expect(outputOf(await create())[0]).toMatchObject({ outcome: 'accepted' });
	});

	itMounts('on a disk that is full: nothing is sent, and no torn claim is left', async () => {
		mount('size=4k');
		try {
			const filler = join(folder, 'filler');
			writeFileSync(filler, Buffer.alloc(4096));
			expect(complaint(await create()).message).toContain('the disk is full (ENOSPC)');
			expect(sends()).toBe(0);
			rmSync(filler);
			expect(outputOf(await create())[0]).toMatchObject({ outcome: 'accepted' });
			expect(sends()).toBe(1);
		} finally {
			unmount();
		}
	});

	it('that are gone after the send: the order is told, with a remark where it can not be recorded', async () => {
		bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 300, when: 'after' });
		const running = create();
		await until(() => sends() === 1);
		rmSync(folder, { recursive: true });
		writeFileSync(folder, '');
		expect(outputOf(await running)[0]).toMatchObject({
			outcome: 'accepted',
			remark: expect.stringContaining('could not be recorded') as unknown,
		});
		rmSync(folder);
	});
});

(hasPostgres ? describe : describe.skip)('PostgreSQL', () => {
	let database: Database;
	beforeAll(async () => {
		database = await makeDatabase();
	}, 60_000);
	afterAll(async () => {
		await closeDatabases();
		database.remove();
	});
	const run = async (more: object = {}, options: INodeParameters = {}) =>
		await bench.run('twOrder', parameters({ remember: 'postgres', options }), [item], {
			credentials: { ...bench.credentials, postgres: { ...database.credential, ...more } as never },
		});

	it('remembers across executions', async () => {
		const first = outputOf(await run())[0];
		expect(outputOf(await run())[0]).toEqual({ ...first, existing: true });
		expect(sends()).toBe(1);
	});

	it('that is not there before the claim: nothing is sent, and no secret is told', async () => {
		database.stop();
		const failed = await run();
		await database.start();
		const { message, description } = complaint(failed);
		expect(message).toContain('What was sent can not be remembered in PostgreSQL');
		expect(description).toContain('Nothing was sent');
		expect(JSON.stringify([message, description, failed.error, failed.data])).not.toContain(
			'pg-secret-canary',
		);
		expect(sends()).toBe(0);
		await closeDatabases();
	});

	it('that is gone after the send: the order is told with a remark, and never sent again', async () => {
		const no = 'GONE';
		const go = async () =>
			await bench.run(
				'twOrder',
				parameters({ remember: 'postgres', options: { timeout: 4 } }),
				[{ no }],
				{ credentials: { ...bench.credentials, postgres: database.credential as never } },
			);
		bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 500, when: 'after', times: 1 });
		bench.sandbox.set({ orderInfoDelayMs: 3_600_000 });
		const running = go();
		await until(() => sends() === 1);
		database.stop();
		const told = outputOf(await running)[0];
		expect(told).toMatchObject({
			outcome: 'accepted',
			remark: expect.stringContaining('could not be recorded') as unknown,
		});
		await database.start();
		await closeDatabases();
		expect((await go()).error).toBeDefined();
		expect(sends()).toBe(1);
		bench.sandbox.set({ orderInfoDelayMs: 0 });
	}, 120_000);

	it('that holds a lock: nothing is sent when the time of its statement is over', async () => {
		await run();
		const pool = new Pool({ ...(database.credential as object), ssl: false, max: 1 });
		const holder = await pool.connect();
		await holder.query('begin; lock table n8n_tw_td_register in access exclusive mode');
		const failed = await bench.run(
			'twOrder',
			parameters({ remember: 'postgres' }),
			[{ no: 'LOCK' }],
			{ credentials: { ...bench.credentials, postgres: database.credential as never } },
		);
		holder.release(true);
		await pool.end();
		expect(complaint(failed).message).toContain('it does not answer in time');
		expect(requestsTo(bench.sandbox, FORECAST).filter(({ body }) => body.includes('LOCK'))).toEqual(
			[],
		);
	}, 60_000);

	it('that is gone after the claim: the order is sent under it, and told with a remark', async () => {
		bench.sandbox.fault({ kind: 'delay', path: INFO, ms: 500, when: 'before', times: 1 });
		const running = bench.run(
			'twOrder',
			parameters({ remember: 'postgres', options: { checkExisting: true } }),
			[{ no: 'CLAIMED' }],
			{ credentials: { ...bench.credentials, postgres: database.credential as never } },
		);
		await until(() => requestsTo(bench.sandbox, INFO).length === 1);
		database.stop();
		expect(outputOf(await running)[0]).toMatchObject({
			no: 'CLAIMED',
			remark: expect.stringContaining('could not be recorded') as unknown,
		});
		await database.start();
		await closeDatabases();
		expect(sends()).toBe(1);
	}, 60_000);

	it.each([
		[{ sshTunnel: true }, 'leads through an SSH tunnel'],
		[{ host: '' }, "'host' of the Postgres credential"],
		[{ database: 'nowhere' }, 'there is no such database (3D000)'],
		[{ port: 1 }, 'refuses the connection'],
	])('with a credential like %j says what is wrong, and sends nothing', async (more, words) => {
		expect(complaint(await run(more)).message).toContain(words);
		expect(sends()).toBe(0);
	});
});
