import { randomUUID } from 'node:crypto';
import { forecast } from '../../test/sandbox/client';
import { until } from '../poll';
import type { Credential, Workflow, WorkflowNode } from '../rest';
import type { Checks } from './checks';
import { expect } from './expect';
import type { Stage } from './stage';

/** The channel list opens and can be searched, and each event of the trigger starts a flow. */
export async function checkLists(
	{ n8n }: Stage,
	credentials: Credential[],
	checks: Checks,
): Promise<void> {
	const node = ownNode('Create', 'twOrder', { operation: 'create' }, credentials);
	const lists = { opened: ['', 'UA'], 'searched for fedex': ['fedex', 'FH'] } as const;
	for (const [how, [filter, wanted]] of Object.entries(lists)) {
		await checks.check(`the channel list ${how}`, async () => {
			const codes = await n8n.rest.listSearch(node, 'product', 'searchChannels', filter);
			expect(codes.includes(wanted), `${wanted} is not among ${codes.join(', ')}`);
			expect(filter === '' || !codes.includes('UA'), 'the search does not narrow the list');
		});
	}
}

/** Each event of the trigger starts a flow. n8n polls once when a flow is switched on. */
export async function checkTriggers(
	stage: Stage,
	credentials: Credential[],
	checks: Checks,
): Promise<void> {
	const { n8n, sandbox } = stage;
	const flow = (event: string, parameters: object) =>
		n8n.rest.createWorkflow(triggerFlow(event, { event, ...parameters }, credentials));

	await checks.check('the trigger tells of a low balance', async () => {
		await firesOnce(stage, await flow('lowBalance', { threshold: 1_000_000 }));
	});
	await checks.check('the trigger tells of an order that is final', async () => {
		await forecast(sandbox, 'FINAL-1');
		await firesOnce(stage, await flow('orderFinal', { orders: 'FINAL-1, NOT-YET' }));
	});
	await checks.check('the trigger tells of a new invoice, and not of those before', async () => {
		const workflow = await flow('newInvoice', {});
		const before = billRequests(stage);
		await n8n.rest.activate(workflow);
		// What the poll of switching on has seen is not kept by n8n 2.41; the first by the clock is
		const polled = async () => (billRequests(stage) >= before + 2 ? true : undefined);
		await until('a poll by the clock', polled, { seconds: 90 });
		await n8n.rest.deactivate(workflow);
		expect((await n8n.rest.listExecutions(workflow.id)).length === 0, 'it fired at once');
		sandbox.issueBill();
		await firesOnce(stage, workflow);
	});
}

function billRequests({ sandbox }: Stage): number {
	return sandbox.ledger().requests.filter(({ path }) => path.endsWith('/getBill')).length;
}

async function firesOnce({ n8n }: Stage, workflow: Workflow): Promise<void> {
	await n8n.rest.activate(workflow);
	const executions = await until('the trigger to fire', async () => {
		const found = await n8n.rest.listExecutions(workflow.id);
		return found.length > 0 ? found : undefined;
	});
	await n8n.rest.deactivate(workflow);
	expect(executions.length === 1, `it fired ${executions.length} times`);
}

/** A flow that the trigger starts, asking every minute. */
export function triggerFlow(
	name: string,
	parameters: Record<string, unknown>,
	credentials: Credential[],
) {
	const everyMinute = { pollTimes: { item: [{ mode: 'everyMinute' }] } };
	const trigger = ownNode('Trigger', 'twTrigger', { ...everyMinute, ...parameters }, credentials);
	const end = {
		...{ id: 'end', name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1 },
		...{ position: [200, 0], parameters: {} },
	};
	return {
		name,
		nodes: [trigger, end],
		connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** A node of ours with the sandbox's credential. */
export function ownNode(
	name: string,
	type: string,
	parameters: Record<string, unknown>,
	credentials: Credential[],
): WorkflowNode {
	const credentialType = type.startsWith('td') ? 'tdApi' : 'twApi';
	const credential = credentials.find((each) => each.type === credentialType);
	if (!credential) throw new Error(`There is no credential of type ${credentialType}`);
	return {
		id: randomUUID(),
		name,
		type: `n8n-nodes-tw-td.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { [credentialType]: { id: credential.id, name: credential.name } },
	};
}
