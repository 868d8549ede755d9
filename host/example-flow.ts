import { join } from 'node:path';
import { readFlow, workflowsFolder } from './flow-file';
import type { Credential, WorkflowFile } from './rest';

/** The path that the example flow's webhook listens on, below /webhook/. */
export const webhookPath = 'shop-order';

/** An order as a shop sends it, for trying the example flow. */
export const shopOrderFile = join(workflowsFolder, 'shop-order.json');

/** The example flow, ready to be created in this n8n. */
export function exampleFlow(credentials: Credential[]): WorkflowFile {
	return readFlow('order-label-ship.json', credentials);
}
