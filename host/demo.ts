import type { Sandbox } from '../sandbox';
import type { DemoState } from './demo-state';
import { exampleFlow, webhookPath } from './example-flow';
import type { N8nRest, Workflow } from './rest';
import { saveSandboxCredentials } from './sandbox-credentials';
import { webhookListens } from './webhook';

/**
 * Fills n8n with what the demo needs. What the user has changed stays as it is: the example flow is
 * made once, and again only after it was deleted.
 *
 * @returns the example flow
 */
export async function setUpDemo(
	rest: N8nRest,
	sandbox: Sandbox,
	state: DemoState,
): Promise<Workflow> {
	const credentials = await saveSandboxCredentials(rest, sandbox);
	const wanted = exampleFlow(credentials);

	const known = await rest.listWorkflows();
	const old =
		known.find(({ id }) => id === state.flowId) ?? known.find(({ name }) => name === wanted.name);
	if (old) return old;

	const flow = await rest.createWorkflow(wanted);
	await rest.activate(flow);
	await webhookListens(`${rest.url}/webhook/${webhookPath}`);
	return { ...flow, active: true };
}
