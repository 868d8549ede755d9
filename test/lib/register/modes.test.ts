/** Nobody else on the machine reads what was sent: the folder is its owner's, and so are the files, whatever stood there. */
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { closeRegisters, sqliteRegister } from '../../../lib/run/registers';
import { claimOf } from './claim';

const root = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-modes-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const ENDS = ['', '-wal', '-shm'];
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const modesOf = (file: string) => [dirname(file), ...ENDS.map((end) => file + end)].map(modeOf);
const newFile = () => join(mkdtempSync(join(root, 'user-')), 'n8n-nodes-tw-td', 'register.db');
const claims = async (file: string, key: string) =>
	await sqliteRegister(file).claim(key.padEnd(16), claimOf());

/** Windows has no such modes. */
const onUnix = process.platform === 'win32' ? describe.skip : describe;

onUnix('the folder and the files', () => {
	afterEach(closeRegisters);
	let umask: number;
	beforeEach(() => (umask = process.umask(0)));
	afterEach(() => void process.umask(umask));

	it('are made 700 and 600 though the process would let everybody read', async () => {
		const file = newFile();
		await claims(file, 'a');
		expect(modesOf(file)).toEqual(['700', '600', '600', '600']);
	});

	it.each([0o755, 0o777, 0o750])('become 700 where the folder stood with %i', async (mode) => {
		const file = newFile();
		mkdirSync(dirname(file), { mode });
		await claims(file, 'a');
		expect(modesOf(file)).toEqual(['700', '600', '600', '600']);
	});

	it.each([0o644, 0o666, 0o640])('become 600 where the files stood with %i', async (mode) => {
		const file = newFile();
		await claims(file, 'a');
		chmodSync(dirname(file), 0o755);
		for (const end of ENDS) chmodSync(file + end, mode);
		await closeRegisters();
		chmodSync(file, mode);
		expect(await claims(file, 'a')).toHaveProperty('standing');
		expect(modesOf(file)).toEqual(['700', '600', '600', '600']);
	});

	it.each([0o755, 0o777, 0o750])('become 700 behind a link to a folder with %i', async (mode) => {
		const volume = join(mkdtempSync(join(root, 'volume-')), 'volume');
		mkdirSync(volume, { mode });
		const file = newFile();
		symlinkSync(volume, dirname(file));
		await claims(file, 'a');
		expect(lstatSync(dirname(file)).isSymbolicLink()).toBe(true);
		expect(modesOf(file)).toEqual(['700', '600', '600', '600']);
		await closeRegisters();
		chmodSync(volume, mode);
		expect(await claims(file, 'a')).toHaveProperty('standing');
		expect(modeOf(volume)).toBe('700');
	});

	it('that are not ours stay as they are: the folder above, one of another name, one with more in it', async () => {
		const above = join(mkdtempSync(join(root, 'above-')), 'n8n');
		mkdirSync(above, { mode: 0o755 });
		await claims(join(above, 'n8n-nodes-tw-td', 'register.db'), 'a');
		const other = join(mkdtempSync(join(root, 'other-')), 'shared');
		mkdirSync(other, { mode: 0o755 });
		await claims(join(other, 'register.db'), 'a');
		const volume = join(mkdtempSync(join(root, 'volume-')), 'volume');
		mkdirSync(join(volume, 'lost+found'), { recursive: true });
		chmodSync(volume, 0o755);
		const file = newFile();
		symlinkSync(volume, dirname(file));
		await claims(file, 'a');
		expect([above, other, volume].map(modeOf)).toEqual(['755', '755', '755']);
		expect(modeOf(join(volume, 'register.db'))).toBe('600');
	});
});
