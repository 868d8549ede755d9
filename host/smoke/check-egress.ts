import { readFile } from 'node:fs/promises';
import { startSandbox } from '../../sandbox';
import { createFlow, executionIds, nextExecution, post } from '../faults/flow';
import { until } from '../poll';
import { saveSandboxCredentials } from '../sandbox-credentials';
import type { Checks } from './checks';
import { ownNode, triggerFlow } from './check-triggers';
import { expect, expectEqual } from './expect';
import type { Stage } from './stage';

/** 127.0.0.0/8 is forbidden on this stage, but for the sandbox's own address. */
const FORBIDDEN = '127.0.0.2';
const REFUSED = /does not allow calls to 127\.0\.0\.2/;

/** Nothing is read where n8n's protection forbids it: not by a list of the editor, a poll, or a run. */
export async function checkEgress(
	{ host, n8n }: Pick<Stage, 'host' | 'n8n'>,
	checks: Checks,
): Promise<void> {
	// Older ones have no such protection
	if (host.version.startsWith('2.8.')) return;
	const other = await startSandbox({ host: FORBIDDEN });
	try {
		const credentials = await saveSandboxCredentials(n8n.rest, other, undefined, 'Forbidden');
		await checks.check('the channel list is not read where n8n forbids it', async () => {
			const node = ownNode('Create', 'twOrder', { operation: 'create' }, credentials);
			const list = n8n.rest.listSearch(node, 'product', 'searchChannels', '');
			const said = await list.then(String, (error: Error) => error.message);
			expect(REFUSED.test(said), `it says ${said}`);
		});
		await checks.check('a poll reads nothing where n8n forbids it', async () => {
			const flow = triggerFlow('Forbidden', { event: 'lowBalance', threshold: 1e6 }, credentials);
			const workflow = await n8n.rest.createWorkflow(flow);
			// n8n polls as it switches a flow on, and logs what keeps it from that
			await n8n.rest.activate(workflow).catch(() => undefined);
			await until('the failed poll', async () => {
				const log = await readFile(n8n.logFile, 'utf8');
				return /problem activating.*does not allow calls to 127\.0\.0\.2/.exec(log) ?? undefined;
			});
			await n8n.rest.deactivate(workflow);
		});
		for (const [type, parameters] of [
			['twBalance', { operation: 'get' }],
			['tdOrderEvent', { operation: 'checkContract' }],
		] as const) {
			await checks.check(`${type} calls nobody whom n8n forbids`, async () => {
				const node = { name: 'Node', type: `n8n-nodes-tw-td.${type}`, typeVersion: 1, parameters };
				const flow = await createFlow(n8n.rest, `forbidden ${type}`, [node], credentials);
				const known = await executionIds(n8n.rest, flow);
				await post(flow.webhook, {});
				const { failure } = await nextExecution(n8n.rest, flow, known);
				expect(REFUSED.test(failure?.message ?? ''), `it says ${failure?.message}`);
			});
		}
		await checks.check('nothing has arrived there', () => {
			expectEqual('requests', other.ledger().requests.length, 0);
		});
	} finally {
		await other.close();
	}
}
