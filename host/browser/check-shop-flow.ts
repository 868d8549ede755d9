import { shopAddress } from '../example-flow';
import { numbered, type Webhook, webhooksOf } from '../flows/shop-flow';
import { tdEvents } from '../flows/td-events';
import type { Workflow, WorkflowFile } from '../rest';
import { send } from '../shop';
import type { Checks } from '../smoke/checks';
import { lastExecution, nextExecution } from '../smoke/executions';
import { expect, expectEqual } from '../smoke/expect';
import type { Stage } from '../smoke/stage';
import { webhookListens } from '../webhook';
import type { Editor } from './editor';
import { buildShopFlow, publish } from './shop-flow';

/** A documented order with all that TW and TD want to know. */
const ORDER = 'paid';

/** From an empty canvas to the parcel: built by clicks, switched on, and started by the shop. */
export async function checkShopFlow(editor: Editor, stage: Stage, checks: Checks): Promise<void> {
	const { n8n, sandbox, shopSecret: secret } = stage;
	sandbox.reset();
	const built = await checks.check(
		"a shop's flow is built from an empty canvas, without an expression",
		async () => {
			const { clicks, typed, seconds } = await buildShopFlow(editor);
			expect(typed.length > 0 && clicks > 0, 'nothing was counted');
			expectEqual('expressions typed', typed.filter((text) => /[{}=$]/.test(text)).join(), '');
			console.log(
				`    ${clicks} clicks, ${typed.length} fields typed into (${typed.join(', ')}), by this script in ${seconds.toFixed()} s`,
			);
			return true;
		},
	);
	if (!built) return;

	const flow = await checks.check('it is published', async () => {
		await publish(editor);
		const id = new URL(editor.page.url()).pathname.split('/').at(-1)!;
		return await n8n.rest.call<Workflow & WorkflowFile>('GET', `/rest/workflows/${id}`);
	});
	if (!flow) return;
	const url = shopAddress(n8n.url, flow)!;
	await webhookListens(url);

	/** Delivers the order as Shopify does. */
	const deliver = async (change: (order: Members) => void, number: number) => {
		const paid = webhooksOf('shopify').find(({ name }) => name === ORDER)!;
		const webhook: Webhook = numbered(paid, number);
		change(webhook.body);
		const { topic, body } = webhook;
		await nextExecution({ n8n }, flow, async () => {
			expectEqual('HTTP status', await send({ url, secret }, 'shopify', body, { topic }), 200);
		});
		return await lastExecution({ n8n }, flow);
	};

	await checks.check(
		"the shop's order becomes a parcel with its label, and TD hears of it",
		async () => {
			const { status } = await deliver(() => undefined, 6001);
			expectEqual('execution', status, 'success');
			const { counts, orders } = sandbox.ledger();
			expectEqual('orders', orders.map(({ product }) => product).join(), 'UA');
			expectEqual('labels', counts.labelDownloads, 1);
			const told = tdEvents(sandbox).map(({ event_type }) => event_type);
			expectEqual('events', told.join(), 'order_payment,order_payment_result');
		},
	);
	await checks.check(
		'an order without weight: the editor says what is missing, and where to enter it',
		async () => {
			const { id, status } = await deliver(withoutWeight, 6002);
			expectEqual('execution', status, 'error');
			const said = await editor.outputIn(flow, id, 'TW Order');
			expect(/has no weight: Shopify does not tell one/.test(said), said);
			expect(/'Weight per Article'.*'Override'.*Nothing was sent/s.test(said), said);
			expect(!said.includes(secret) && !/\n\s+at /.test(said), said);
			expectEqual('orders', sandbox.ledger().orders.length, 1);
		},
	);
}

type Members = Record<string, unknown>;

function withoutWeight(order: Members): void {
	for (const line of order['line_items'] as Members[]) line['grams'] = 0;
	order['total_weight'] = 0;
}
