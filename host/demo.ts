import type { Sandbox } from '../sandbox';
import type { DemoState } from './demo-state';
import { exampleFlow, shopAddress } from './example-flow';
import type { N8nRest, Workflow, WorkflowFile } from './rest';
import { saveSandboxCredentials } from './sandbox-credentials';
import { webhookListens } from './webhook';

/** The example flow, and where its shop delivers to; undefined where the user has taken the trigger out. */
export interface Demo {
	flow: Workflow;
	webhook: string | undefined;
}

/**
 * Fills n8n with what the demo needs. What the user has changed stays as it is: the example flow is
 * made once, and again only after it was deleted.
 */
export async function setUpDemo(rest: N8nRest, sandbox: Sandbox, state: DemoState): Promise<Demo> {
	const credentials = await saveSandboxCredentials(rest, sandbox, state.shopSecret);
	const wanted = exampleFlow(credentials);

	const known = await rest.listWorkflows();
	const old =
		known.find(({ id }) => id === state.flowId) ?? known.find(({ name }) => name === wanted.name);
	if (old) {
		const saved = await rest.call<WorkflowFile>('GET', `/rest/workflows/${old.id}`);
		return { flow: old, webhook: shopAddress(rest.url, saved) };
	}

	const flow = await rest.createWorkflow(wanted);
	await rest.activate(flow);
	const webhook = shopAddress(rest.url, wanted)!;
	await webhookListens(webhook);
	return { flow: { ...flow, active: true }, webhook };
}
