/** Fails closed: what can't be remembered is not sent, and TW's answer stands though it can't be recorded. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { closeRegisters, registerFile } from '../../lib/run/registers';
import { complaint, FORECAST, outputOf, saying, until } from '../observed';
import { itMounts, mount } from './mounts';
import { useOrders } from './orders';

const { bench, create, sends } = useOrders();
const file = registerFile(process.env);
const folder = dirname(file);

/** An order that is refused says why and what to do, and goes through once that is mended. */
async function refusedThenSent(reason: RegExp, mend: () => void): Promise<void> {
	const { message, description } = complaint(await create());
	expect(message).toContain(`What was sent cannot be remembered in ${file}: `);
	expect(message).toMatch(reason);
	expect(description).toContain('Nothing was sent');
	expect(description).toContain("'Remember Orders'");
	expect(sends()).toBe(0);
	mend();
	const sent = outputOf(await create())[0];
	expect(sent).toMatchObject({ outcome: 'accepted' });
	expect(outputOf(await create())[0]).toEqual({ ...sent, existing: true });
	expect(sends()).toBe(1);
}

it('a folder that can not be made: nothing is sent, and the message says where and what to do', async () => {
	mkdirSync(dirname(folder), { recursive: true });
	writeFileSync(folder, '');
	await refusedThenSent(/EEXIST|ENOTDIR/, () => rmSync(folder));
});

it('a folder above it that can not be made', async () => {
	const above = dirname(folder);
	rmSync(above, { recursive: true, force: true });
	writeFileSync(above, '');
	await refusedThenSent(/EEXIST|ENOTDIR/, () => rmSync(above));
});

it('a file that is no register: it is left as it is', async () => {
	mkdirSync(folder, { recursive: true });
	writeFileSync(file, 'a diary');
	await refusedThenSent(/file is not a database/, () => rmSync(file));
});

itMounts.each([1, 3])('a disk with room for %i files', async (files) => {
	// The folder is one of them
	const disk = mount(folder, `nr_inodes=${files}`);
	try {
		await refusedThenSent(/ENOSPC: no space left on device|unable to open database file/, () =>
			disk.remount('nr_inodes=100'),
		);
		expect(readdirSync(folder).sort()).toEqual(
			['db', 'db-shm', 'db-wal'].map((end) => `register.${end}`),
		);
	} finally {
		disk.unmount();
	}
});

itMounts.each([0, 40])('a disk with room for %i KB', async (kilobytes) => {
	const disk = mount(folder, 'size=1m');
	try {
		const filler = join(folder, 'filler');
		writeFileSync(filler, Buffer.alloc((1024 - kilobytes) * 1024));
		await refusedThenSent(
			/ENOSPC: no space left on device|database or disk is full|disk I\/O error/,
			() => rmSync(filler),
		);
		expect(readdirSync(folder).sort()).toEqual(
			['db', 'db-shm', 'db-wal'].map((end) => `register.${end}`),
		);
	} finally {
		disk.unmount();
	}
});

itMounts.each(['without a register', 'with a register'])(
	'a disk that is read-only, %s',
	async (title) => {
		const disk = mount(folder, 'size=1m');
		try {
			if (title === 'with a register') {
				outputOf(await create({}, 'ORD-0'));
				await closeRegisters();
			}
			const before = readdirSync(folder);
			disk.remount('ro');
			const { message } = complaint(await create());
			expect(message).toMatch(
				/EROFS: read-only file system|unable to open database file|readonly database/,
			);
			expect(readdirSync(folder)).toEqual(before);
			expect(sends('ORD-1')).toBe(0);
			disk.remount('rw');
			expect(outputOf(await create())[0]).toMatchObject({ outcome: 'accepted' });
			expect(sends('ORD-1')).toBe(1);
		} finally {
			disk.unmount();
		}
	},
);

it('a folder that is gone after the send: the order is told, with a remark where it can not be recorded', async () => {
	bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 300, when: 'after' });
	const running = create();
	await until(() => sends() === 1);
	rmSync(folder, { recursive: true });
	writeFileSync(folder, '');
	expect(outputOf(await running)[0]).toMatchObject({
		outcome: 'accepted',
		remark: saying('could not be recorded'),
	});
	rmSync(folder);
});
