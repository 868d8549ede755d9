import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const root = join(__dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	version: string;
};

/** What this machine's own CI says would answer in place of what a test says. */
const quiet = Object.fromEntries(
	Object.entries(process.env).filter(([name]) => !/^(CI|GITHUB_|ACTIONS_|npm_)/i.test(name)),
);

/** Runs a program to its end; its exit code and all that it says. */
function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}) {
	return new Promise<{ code: unknown; said: string }>((resolve) => {
		execFile(
			command,
			args,
			{ cwd: root, env: { ...quiet, ...env }, shell: process.platform === 'win32' },
			(error, stdout, stderr) => resolve({ code: error ? error.code : 0, said: stdout + stderr }),
		);
	});
}

const RELEASE = {
	GITHUB_ACTIONS: 'true',
	GITHUB_REF_TYPE: 'tag',
	GITHUB_REF_NAME: `v${version}`,
};

test.each([
	['in the release workflow, for the tag of the version', RELEASE, 0],
	['on a person’s machine', {}, 1],
	['for another tag', { ...RELEASE, GITHUB_REF_NAME: 'v0.0.0-other' }, 1],
	['for a branch of that name', { ...RELEASE, GITHUB_REF_TYPE: 'branch' }, 1],
])('the guard before npm publish: %s', async (_, env, code) => {
	const { code: got, said } = await run(process.execPath, ['scripts/release-only.mjs'], env);
	expect(got).toBe(code);
	expect(said.includes(`push the tag v${version}`)).toBe(code === 1);
});

test.each([
	['with the guard', '--ignore-scripts=false', 'release.yml'],
	['without scripts, as .npmrc says', '--ignore-scripts', 'provenance'],
])(
	'npm publish by accident sends nothing, %s',
	async (_, scripts, reason) => {
		const written: string[] = [];
		const registry = createServer((request, response) => {
			if (request.method !== 'GET') written.push(`${request.method} ${request.url}`);
			response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
		});
		await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
		try {
			const host = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
			const { code, said } = await run('npm', [
				'publish',
				scripts,
				`--registry=http://${host}`,
				`--//${host}/:_authToken=nobody`,
			]);
			expect(code).not.toBe(0);
			expect(said).toContain(reason);
			expect(written).toEqual([]);
		} finally {
			registry.close();
		}
	},
	60_000,
);

test('CI runs only what it names by commit, with the version beside it', () => {
	const folder = join(root, '.github', 'workflows');
	const used = readdirSync(folder).flatMap((file) =>
		[...readFileSync(join(folder, file), 'utf8').matchAll(/uses: (?!\.\/)(.+)/g)].map(
			([, action = '']) => action,
		),
	);
	expect(used.length).toBeGreaterThan(5);
	expect(used.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual(
		[],
	);
});
