/** What it takes to have the package at all: time and memory to load it, and its size. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type InstalledHost, placePackage } from '../host/n8n';
import type { Report } from './report';
import { spreadOf } from './rounds';

const MB = 1024 * 1024;

/** Runs in a fresh process, where n8n-workflow is already there, as it is in n8n. */
const LOAD = `
	const { join } = require('node:path');
	require('n8n-workflow');
	const folder = process.argv[1];
	const { nodes, credentials } = require(join(folder, 'package.json')).n8n;
	gc();
	const memory = process.memoryUsage().rss;
	const begun = performance.now();
	for (const file of [...credentials, ...nodes]) {
		for (const Type of Object.values(require(join(folder, file)))) new Type();
	}
	const ms = performance.now() - begun;
	gc();
	console.log(JSON.stringify({ ms, bytes: process.memoryUsage().rss - memory }));
`;

export function measureLoad(host: InstalledHost, rounds: number, report: Report): void {
	const part = 'Loading the package in a fresh process';
	// Away from this repository, whose own n8n-workflow would be loaded beside the host's
	const away = mkdtempSync(join(tmpdir(), 'n8n-bench-load-'));
	const folder = placePackage(host, away);
	const runs = Array.from({ length: rounds + 1 }, () => loadOnce(host, folder)).slice(1);
	rmSync(away, { recursive: true });
	report.add({
		part,
		what: 'time to load all nodes and credentials',
		value: spreadOf(runs.map(({ ms }) => ms)),
		unit: 'ms',
		digits: 0,
		atMost: 150,
	});
	report.add({
		part,
		what: 'memory it adds',
		value: spreadOf(runs.map(({ bytes }) => bytes / MB)),
		unit: 'MB',
		digits: 1,
		atMost: 30,
	});
	const shop = dirname(host.packageFolder);
	const tarball = readdirSync(shop).find((name) => name.endsWith('.tgz'))!;
	const size = (what: string, bytes: number, goal: object = {}) =>
		report.add({ part, what, value: bytes / MB, unit: 'MB', digits: 2, ...goal });
	size('packed', statSync(join(shop, tarball)).size);
	// 10 MB of it are the library for phone numbers, which comes in several builds; one of 0.1 MB is loaded
	size('unpacked with its dependencies', sizeOf(host.packageFolder), { atMost: 20 });
}

function loadOnce(host: InstalledHost, folder: string): { ms: number; bytes: number } {
	const output = execFileSync(host.node, ['--expose-gc', '-e', LOAD, folder], {
		cwd: folder,
		env: { ...process.env, NODE_OPTIONS: '', NODE_PATH: join(host.folder, 'node_modules') },
		encoding: 'utf8',
	});
	return JSON.parse(output.trim().split('\n').at(-1)!) as { ms: number; bytes: number };
}

/** Bytes of all files under a folder. */
function sizeOf(folder: string): number {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
