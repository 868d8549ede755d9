/** Another process makes the register in the middle of this one's look at what is there. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqliteFile } from '../../../lib/register/sqlite-file';
import { MIGRATIONS } from '../../../lib/register/schema';

type Loaded = { SqliteFile: typeof SqliteFile };

const folder = fs.mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-meanwhile-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it('is used as it is, and not taken for damaged', () => {
	const file = join(folder, 'register.db');
	const real = fs.statSync;
	// The module has to see it when it is loaded
	const core = jest.requireActual<{ statSync: typeof real }>('node:fs');
	let onLog: (() => void) | undefined;
	core.statSync = ((path: string, ...more: [never]) => {
		if (path === `${file}-wal`) onLog?.();
		return real(path, ...more);
	}) as typeof real;
	try {
		let loaded: Loaded | undefined;
		jest.isolateModules(
			() => (loaded = jest.requireActual<Loaded>('../../../lib/register/sqlite-file')),
		);
		const setup = { file, applicationId: 0x54575444, migrations: MIGRATIONS };
		const [first, second] = [new loaded!.SqliteFile(setup), new loaded!.SqliteFile(setup)];
		const one = { statement: 'select 1 as one', values: [], ifExists: false };
		onLog = () => {
			onLog = undefined;
			expect(second.run([one])).toEqual([{ rows: [{ one: 1 }] }]);
		};
		expect(first.run([one])).toEqual([{ rows: [{ one: 1 }] }]);
		expect(onLog).toBeUndefined();
		first.close();
		second.close();
	} finally {
		core.statSync = real;
	}
});
