/**
 * A process of processes.test.ts: opens files until it may open no more, claims a key, closes them, and
 * claims it again; tells what came of both.
 */
import { closeSync, openSync } from 'node:fs';
import { sqliteRegister } from '../../lib/run/registers';
import type { Entry } from '../../lib/register/register';
import { claimOf } from '../lib/register/claim';

const [file = '', key = '', asksBefore = ''] = process.argv.slice(2);

function openAll(): number[] {
	const opened: number[] = [];
	try {
		for (;;) opened.push(openSync('/dev/null', 'r'));
	} catch {
		return opened;
	}
}

async function claimed(): Promise<string> {
	try {
		return Object.keys(await sqliteRegister(file).claim(key, claimOf({ execution: '2' }))).join();
	} catch (error) {
		return (error as Error).message;
	}
}

async function main(): Promise<void> {
	// What reads an error loads more of itself with the first one
	await sqliteRegister('/dev/null')
		.release(key, { token: 'any' } as Entry)
		.catch((error: Error) => error.stack);
	if (asksBefore === 'true') await sqliteRegister(file).find(key);
	const opened = openAll();
	const crowded = await claimed();
	for (const one of opened) closeSync(one);
	process.stdout.write(JSON.stringify([crowded, await claimed()]));
}

void main();
