/** Disks that fail while the register is open, or are not ours to write: claims fail closed, nothing is lost. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeRegisters, sqliteRegister } from '../../lib/run/registers';
import { claimOf } from '../lib/register/claim';
import { killAll } from './children';
import { itMounts, mount } from './mounts';
import { otherProcess } from './other-process';
import { keyAt, lookInto } from './register';
import { buildShim, shimEnvironment } from './shim/build';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-disks-'));
const shim = buildShim();
afterAll(async () => {
	await killAll();
	await closeRegisters();
	rmSync(folder, { recursive: true, force: true });
});

const ADVICE = 'Nothing was sent without being remembered. Mend that';

/** Claims these keys, all at one moment; tells which are held, and what is said of the others. */
async function claimAll(file: string, from: number, to: number) {
	const register = sqliteRegister(file);
	const held: string[] = [];
	const faults: Error[] = [];
	const claims = Array.from({ length: to - from }, async (_none, i) => {
		const key = keyAt(from + i);
		try {
			if ('held' in (await register.claim(key, claimOf()))) held.push(key);
		} catch (error) {
			faults.push(error as Error);
		}
	});
	await Promise.all(claims);
	return { held, faults };
}

itMounts(
	'a disk that gets full after a thousand claims, and has room again',
	async () => {
		const place = join(folder, 'full');
		const disk = mount(place, 'size=4m');
		try {
			const file = join(place, 'register.db');
			const { held } = await claimAll(file, 0, 1_000);
			expect(held).toHaveLength(1_000);
			const filler = join(place, 'filler');
			expect(() => writeFileSync(filler, Buffer.alloc(4 * 1024 * 1024))).toThrow('ENOSPC');

			const faults: Error[] = [];
			let next = 1_000;
			// What SQLite has room for in its own files is used up first
			for (; faults.length === 0; next += 50) {
				const some = await claimAll(file, next, next + 50);
				held.push(...some.held);
				faults.push(...some.faults);
			}
			for (const fault of faults)
				expect(fault).toMatchObject({
					message: `What was sent cannot be remembered in ${file}: database or disk is full`,
					advice: expect.stringContaining(ADVICE) as string,
				});
			expect(await sqliteRegister(file).find(keyAt(7))).toMatchObject({ state: 'sending' });

			rmSync(filler);
			const refused = next - held.length;
			const again = await claimAll(file, 0, next);
			expect({ ...again, held: again.held.length }).toEqual({ held: refused, faults: [] });
			await closeRegisters();
			const { integrity, standing } = lookInto(file);
			expect(integrity).toBe('ok');
			expect(standing.size).toBe(next);
		} finally {
			await closeRegisters();
			disk.unmount();
		}
	},
	60_000,
);

(shim ? it : it.skip).each([
	// SQLite learns the reason only when it opens the file again
	['is remounted read-only', 30, /disk I\/O error|read-?only/],
	['has a fault', 5, /disk I\/O error/],
	['is over its quota', 122, /disk I\/O error/],
])(
	'a disk that %s while the register is open',
	async (_title, errno, reason) => {
		const place = join(folder, String(errno));
		mkdirSync(place);
		const file = join(place, 'register.db');
		const fail = join(folder, `${errno}.fails`);
		const { ask } = await otherProcess(file, {
			env: shimEnvironment(shim!, { folder: place, fail }),
		});
		expect(await ask('claim', keyAt(1))).toBe('held');
		writeFileSync(fail, String(errno));
		for (const key of [2, 3, 2]) {
			const said = await ask('claim', keyAt(key));
			expect(said).toMatch(reason);
			expect(said).toContain(ADVICE);
		}
		expect(await ask('settle', keyAt(1))).toMatch(reason);
		rmSync(fail);
		expect(await ask('claim', keyAt(1))).toBe('standing');
		expect(await ask('claim', keyAt(2))).toBe('held');
		expect(await ask('settle', keyAt(1))).toBeUndefined();
		expect(await ask('find', keyAt(1))).toBe('accepted');
		expect(await ask('find', keyAt(3))).toBeUndefined();
		await ask('close');
		expect(lookInto(file)).toMatchObject({ integrity: 'ok' });
	},
	30_000,
);

// Root may write everywhere, so another one has to try
const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };

(isRoot ? it : it.skip).each([
	['a folder', /EACCES: permission denied/],
	['a register', /permission denied|readonly database|unable to open database file/],
	[
		'a register that can not even be read',
		/permission denied|readonly database|unable to open database file/,
	],
])(
	'%s that n8n may not write to',
	async (title, reason) => {
		const place = join(folder, title);
		mkdirSync(place);
		for (const one of [folder, place]) chmodSync(one, 0o755);
		const file = join(place, 'register.db');
		if (title !== 'a folder') {
			await claimAll(file, 1, 2);
			await closeRegisters();
			chmodSync(file, title === 'a register' ? 0o644 : 0o600);
		}
		const { ask } = await otherProcess(file, NOBODY);
		for (const key of [1, 2]) {
			const said = await ask('claim', keyAt(key));
			expect(said).toMatch(reason);
			expect(said).toContain(ADVICE);
		}
		chownSync(place, NOBODY.uid, NOBODY.gid);
		if (title !== 'a folder') chownSync(file, NOBODY.uid, NOBODY.gid);
		expect(await ask('claim', keyAt(1))).toBe(title === 'a folder' ? 'held' : 'standing');
		expect(await ask('claim', keyAt(2))).toBe('held');
	},
	30_000,
);
