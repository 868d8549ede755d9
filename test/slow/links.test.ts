/**
 * A link in the place of the register, its folder or a file beside it. A folder or a file that a person has linked to a
 * volume works; a link that leads nowhere or round in a circle is said; and nothing is written through any other one.
 */
import {
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { closeRegisters, sqliteRegister } from '../../lib/run/registers';
import { claimOf } from '../lib/register/claim';
import { saying } from '../observed';
import { keyAt } from './register';

const root = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-links-'));
afterEach(closeRegisters);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const claims = async (file: string, i = 1) => await sqliteRegister(file).claim(keyAt(i), claimOf());
/** A folder as n8n has it, which need not be there. */
const newFile = () =>
	join(mkdtempSync(join(root, 'user-')), '.n8n', 'n8n-nodes-tw-td', 'register.db');
const withFolder = () => {
	const file = newFile();
	mkdirSync(dirname(file), { recursive: true });
	return file;
};
const NOWHERE = /is a link that leads nowhere/;
const CIRCLE = /ELOOP/;

const REFUSED: Array<[what: string, make: () => string, says: RegExp]> = [
	[
		'the file is a link to nothing',
		() => {
			const file = withFolder();
			symlinkSync(join(root, 'missing.db'), file);
			return file;
		},
		NOWHERE,
	],
	[
		'the file is a link to itself',
		() => {
			const file = withFolder();
			symlinkSync(file, file);
			return file;
		},
		CIRCLE,
	],
	[
		'the file is one of two links to each other',
		() => {
			const file = withFolder();
			symlinkSync(`${file}.other`, file);
			symlinkSync(file, `${file}.other`);
			return file;
		},
		CIRCLE,
	],
	...['/dev/zero', '/dev/null', '/dev/urandom', '/proc/self/environ'].map(
		(device): [string, () => string, RegExp] => [
			`the file is a link to ${device}`,
			() => {
				const file = withFolder();
				symlinkSync(device, file);
				return file;
			},
			/is not a register of this package/,
		],
	),
	[
		'the folder is a link to nothing',
		() => {
			const file = newFile();
			mkdirSync(dirname(dirname(file)), { recursive: true });
			symlinkSync(join(root, 'missing'), dirname(file));
			return file;
		},
		NOWHERE,
	],
	[
		'the folder is a link to itself',
		() => {
			const file = newFile();
			mkdirSync(dirname(dirname(file)), { recursive: true });
			symlinkSync(dirname(file), dirname(file));
			return file;
		},
		CIRCLE,
	],
	[
		'the folder above is a link to nothing',
		() => {
			const file = newFile();
			symlinkSync(join(root, 'missing'), dirname(dirname(file)));
			return file;
		},
		NOWHERE,
	],
	[
		'the folder is a link to /dev/zero',
		() => {
			const file = newFile();
			mkdirSync(dirname(dirname(file)), { recursive: true });
			symlinkSync('/dev/zero', dirname(file));
			return file;
		},
		/ENOTDIR/,
	],
];

it.each(REFUSED)('%s: said at once, and nothing is written', async (_what, make, says) => {
	const file = make();
	const fault = { kind: 'register', message: saying(says) };
	await expect(claims(file)).rejects.toMatchObject(fault);
	await expect(sqliteRegister(file).find(keyAt(1))).rejects.toMatchObject(fault);
	await expect(claims(file)).rejects.toMatchObject(fault);
});

describe.each(['-wal', '-shm'])('a link in the place of register.db%s', (end) => {
	it.each(['before the register is there', 'after n8n was stopped', 'while n8n runs'])(
		'%s: said, and what it leads to stays as it is',
		async (when) => {
			const file = withFolder();
			const diary = join(mkdtempSync(join(root, 'diary-')), 'diary.txt');
			const text = 'What I did today\n'.repeat(4_000);
			writeFileSync(diary, text);
			if (when !== 'before the register is there') await claims(file);
			if (when === 'after n8n was stopped') await closeRegisters();
			rmSync(file + end, { force: true });
			symlinkSync(diary, file + end);
			const refuses = async (i: number) =>
				await expect(claims(file, i)).rejects.toMatchObject({
					kind: 'register',
					message: saying(`register.db${end} is a link`),
				});
			await refuses(2);
			// SQLite, which had the file open, removed the link when it closed
			if (when === 'while n8n runs') expect(await claims(file, 1)).toHaveProperty('standing');
			else await refuses(3);
			await closeRegisters();
			expect(readFileSync(diary, 'utf8')).toBe(text);
		},
	);

	it('to nothing, or to itself: said, and nothing is made there', async () => {
		for (const to of [join(root, `nothing${end}`), '']) {
			const file = withFolder();
			await claims(file);
			await closeRegisters();
			symlinkSync(to || file + end, file + end);
			await expect(claims(file, 2)).rejects.toThrow(`register.db${end} is a link`);
			expect(() => statSync(join(root, `nothing${end}`))).toThrow('ENOENT');
		}
	});
});

it.each([
	['the folder', (file: string) => dirname(file)],
	["n8n's folder", (file: string) => dirname(dirname(file))],
])('%s that is linked to a volume works, and remembers after a restart', async (_what, ofFile) => {
	const file = newFile();
	const volume = mkdtempSync(join(root, 'volume-'));
	mkdirSync(dirname(ofFile(file)), { recursive: true });
	symlinkSync(volume, ofFile(file));
	expect(await claims(file)).toHaveProperty('held');
	await closeRegisters();
	expect(await claims(file)).toHaveProperty('standing');
});

it('a register that is linked to one on a volume works, and misses its commits if they are removed', async () => {
	const real = withFolder();
	await claims(real);
	await closeRegisters();
	const file = withFolder();
	symlinkSync(real, file);
	expect(await claims(file)).toHaveProperty('standing');
	expect(await claims(file, 2)).toHaveProperty('held');
	// What lies beside the link is not its
	rmSync(`${real}-wal`);
	await sqliteRegister(file).find(keyAt(1));
	await closeRegisters();
	expect(await claims(real, 2)).toHaveProperty('standing');
});
