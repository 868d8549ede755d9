import { newOwner } from '../demo-state';
import { post } from '../faults/flow';
import { launchN8n, signIn } from '../n8n';
import { freePorts } from '../ports';
import type { Credential } from '../rest';
import { saveSandboxCredentials } from '../sandbox-credentials';
import type { Shutdown } from '../shutdown';
import type { Stage } from '../smoke/stage';
import { bodyOf, numbersOf, orderFlow } from './flows';
import type { Tally } from './tally';

/** Two n8n that share a folder, each with a database of its own, get the same orders at one moment. */
export async function checkTwoMains(
	{ host, n8n, sandbox, userFolder }: Stage,
	credentials: Credential[],
	tally: Tally,
	remember: string,
	{ logFile, shutdown }: { logFile: string; shutdown: Shutdown },
): Promise<void> {
	const [port, brokerPort] = await freePorts([], []);
	const settings = { DB_SQLITE_DATABASE: 'second.sqlite' };
	const second = launchN8n(host, { userFolder, port, brokerPort, settings }, logFile);
	shutdown.add(() => second.process.stop());
	await signIn(second, newOwner('second@example.com'));
	const flows = [
		await orderFlow(n8n.rest, 'First main', credentials, remember),
		await orderFlow(
			second.rest,
			'Second main',
			await saveSandboxCredentials(second.rest, sandbox),
			remember,
		),
	];
	const numbers = numbersOf('MAINS', 20);
	sandbox.fault({ kind: 'delay', path: 'orderForecast', ms: 100 });
	for (const no of numbers) {
		await Promise.all(flows.map(async ({ webhook }) => await post(webhook, bodyOf([no]))));
	}
	sandbox.clearFaults();
	await tally.check('two n8n on one folder, 20 orders to both at one moment', numbers);
	await second.process.stop();
}
