/** Fails closed: what can't be remembered is not sent, and TW's answer stands though it can't be recorded. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { registerFolder } from '../../lib/register/file-register';
import { complaint, FORECAST, outputOf, saying, until } from '../observed';
import { useOrders } from './orders';

const { bench, create, sends } = useOrders();

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
			remark: saying('could not be recorded'),
		});
		rmSync(folder);
	});
});
