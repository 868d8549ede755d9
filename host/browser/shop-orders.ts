import { shopAddress } from '../example-flow';
import { numbered, type Webhook, webhooksOf } from '../flows/shop-flow';
import type { Execution, Workflow, WorkflowFile } from '../rest';
import { send } from '../shop';
import { lastExecution, nextExecution } from '../smoke/executions';
import { expectEqual } from '../smoke/expect';
import type { Stage } from '../smoke/stage';
import { webhookListens } from '../webhook';
import type { Editor } from './editor';
import { publish } from './shop-flow';

/** A flow that was built in the editor, switched on. */
export interface PublishedFlow extends Workflow {
	/** Delivers the order of this number as Shopify does, and waits until what it starts is over. */
	deliver: (number: number, change?: Change) => Promise<Execution>;
}

type Members = Record<string, unknown>;
/** Changes the order before it is signed. */
type Change = (order: Members) => void;

/** A documented order with all that TW and TD want to know. */
const ORDER = 'paid';

/** Publishes the flow that is open in the editor, as its user does. */
export async function publishOpen(
	editor: Editor,
	{ n8n, shopSecret: secret }: Pick<Stage, 'n8n' | 'shopSecret'>,
): Promise<PublishedFlow> {
	await publish(editor);
	const id = new URL(editor.page.url()).pathname.split('/').at(-1)!;
	const flow = await n8n.rest.call<Workflow & WorkflowFile>('GET', `/rest/workflows/${id}`);
	const url = shopAddress(n8n.url, flow)!;
	await webhookListens(url);
	return {
		...flow,
		deliver: async (number, change) => {
			const paid = webhooksOf('shopify').find(({ name }) => name === ORDER)!;
			const { topic, body }: Webhook = numbered(paid, number);
			change?.(body);
			await nextExecution({ n8n }, flow, async () => {
				expectEqual('HTTP status', await send({ url, secret }, 'shopify', body, { topic }), 200);
			});
			return await lastExecution({ n8n }, flow);
		},
	};
}

/** What the editor says of an order without weight. */
export const MISSING = /has no weight: Shopify gives none/;

/** Takes its weight from an order, as a shop that enters none leaves it. */
export function withoutWeight(order: Members): void {
	for (const line of order['line_items'] as Members[]) line['grams'] = 0;
	order['total_weight'] = 0;
}

/** Takes its address from an order, as a checkout that never asked for one leaves it. */
export function withoutAddress(order: Members): void {
	order['shipping_address'] = null;
	order['billing_address'] = null;
}

/** Cancels an order before it is paid. */
export function cancelled(order: Members): void {
	order['cancelled_at'] = order['updated_at'] ?? order['created_at'];
	order['cancel_reason'] = 'customer';
}
