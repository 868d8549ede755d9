import { readFileSync } from 'node:fs';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { search, searchFolder } from '../smoke/secrets';
import type { QueueStage } from './stage';

/** Of the thousands of signatures that were sent, the newest are searched for. */
const SIGNATURES = 50;

/** No secret is in what the processes have kept or said: database, user folders, log. */
export async function checkSecrets(
	{ database, sandbox, folder, logFile, canaries }: QueueStage,
	known: string,
	checks: Checks,
): Promise<void> {
	const signs = sandbox.ledger().requests.flatMap(({ sign }) => sign ?? []);
	const secrets = [...canaries, ...signs.slice(-SIGNATURES)];
	await checks.check('no secret in database, user folders and log', async () => {
		const stored = Buffer.from(await database.dump());
		const said = readFileSync(logFile);
		// The search itself is tried on what must be there
		expect(search('', stored, [known]).length > 0, `the database does not even tell of ${known}`);
		expect(search('', said, ['n8n worker is now ready']).length > 0, 'the log is not the log');
		const findings = [
			...search('the database', stored, secrets),
			...search('the log', said, secrets),
			...searchFolder(folder, canaries),
		];
		expectEqual(
			'findings',
			findings.map(({ place, text }) => `${text} in ${place}`).join('\n'),
			'',
		);
	});
}
