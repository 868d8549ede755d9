import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from '../smoke/checks';
import { expect } from '../smoke/expect';
import { search } from '../smoke/secrets';
import type { Stage } from '../smoke/stage';

/** No secret and no signature is in anything that n8n has kept or said: database, files, log. */
export async function checkNothingLeaked(
	{ n8n, sandbox, userFolder, canaries }: Stage,
	checks: Checks,
): Promise<void> {
	const { requests, orders } = sandbox.ledger();
	const sent = orders.slice(0, 1).map(({ no }) => no);
	const signs = new Set(requests.flatMap(({ sign }) => (sign ? [sign] : [])));
	const secrets = [...canaries, ...signs];
	// What n8n still holds in memory goes to its files now.
	await n8n.process.stop();

	await checks.check(`no secret in n8n's database, files and log`, () => {
		const files = readdirSync(userFolder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			// Our package itself is no trace of a run.
			.filter((file) => !file.includes('node_modules'));
		let bytes = 0;
		const findings: string[] = [];
		let sees = false;
		for (const file of [...files, n8n.logFile]) {
			const content = readFileSync(file);
			bytes += content.length;
			// The search itself is tried on what must be there: an order that was sent.
			sees ||= search(file, content, sent).length > 0;
			for (const { text } of search(file, content, secrets)) findings.push(`${text} in ${file}`);
		}
		console.log(
			`    ${bytes} bytes searched for ${canaries.length} secrets and ${signs.size} signatures: ${findings.length} hits`,
		);
		expect(sees, 'the search does not even find an order that was sent');
		expect(findings.length === 0, findings.join('\n'));
	});
}
