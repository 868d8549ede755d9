/** A process of processes.test.ts: opens files until it may open no more, then claims a key, and tells what came of it. */
import { closeSync, openSync } from 'node:fs';
import { FileRegister } from '../../lib/register/file-register';
import { claimOf } from '../lib/register/claim';

const [folder = '', key = ''] = process.argv.slice(2);

function openAll(): number[] {
	const opened: number[] = [];
	try {
		for (;;) opened.push(openSync('/dev/null', 'r'));
	} catch {
		return opened;
	}
}

async function main(): Promise<void> {
	// What reads an error loads more of itself with the first one
	await new FileRegister('/dev/null').find(key).catch((error: Error) => error.stack);
	const opened = openAll();
	const claim = new FileRegister(folder).claim(key, claimOf({ execution: '2' }));
	const said = await claim.then(
		(got) => Object.keys(got).join(),
		(error: Error) => error.message,
	);
	for (const file of opened) closeSync(file);
	process.stdout.write(said);
}

void main();
