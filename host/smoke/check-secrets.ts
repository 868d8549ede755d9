import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { exampleOrder, numberAtTw } from '../example-flow';
import type { Checks } from './checks';
import { expect } from './expect';
import { search, searchFolder, type Finding } from './secrets';
import type { Flow, Stage } from './stage';

/** No secret is in anything that n8n keeps or says, after good runs and bad ones. */
export async function checkSecrets(
	stage: Stage,
	{ workflow }: Flow,
	checks: Checks,
): Promise<void> {
	const { n8n, sandbox, userFolder, canaries } = stage;
	const signs = sandbox.ledger().requests.flatMap(({ sign }) => sign ?? []);
	const secrets = [...canaries, ...signs];
	// The search itself is tried on what must be there
	const known = numberAtTw(exampleOrder());

	const inRecords = `no secret in the execution records (${secrets.length} searched for)`;
	await checks.check(inRecords, async () => {
		const executions = await n8n.rest.listExecutions(workflow.id);
		const records = await Promise.all(executions.map(({ id }) => n8n.rest.executionData(id)));
		const bytes = Buffer.from(JSON.stringify(records));
		expect(search('', bytes, [known]).length > 0, `the records do not even tell of ${known}`);
		expectNone(search('execution records', bytes, secrets));
	});

	// What n8n still holds in memory goes to its files now
	await n8n.process.stop();

	await checks.check("no secret in n8n's database and other files", () => {
		const places = searchFolder(userFolder, [known]).map(({ place }) => basename(place));
		// The database's newest pages are in a file of their own, database.sqlite-wal
		const isInDatabase = places.some((place) => place.startsWith('database.sqlite'));
		expect(isInDatabase, `the database does not even tell of ${known}: ${places.join(', ')}`);
		expectNone(searchFolder(userFolder, secrets));
	});
	await checks.check("no secret in n8n's log", () => {
		const log = readFileSync(n8n.logFile);
		expect(search('', log, ['Editor is now accessible']).length > 0, 'the log is not the log');
		expectNone(search(n8n.logFile, log, secrets));
	});
}

function expectNone(findings: Finding[]): void {
	const lines = findings.map(({ place, text }) => `${text} in ${place}`);
	expect(lines.length === 0, lines.join('\n'));
}
