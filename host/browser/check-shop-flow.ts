import { isUnreadable } from '../flows/shop-flow';
import { tdEvents } from '../flows/td-events';
import type { Checks } from '../smoke/checks';
import { binariesOf } from '../smoke/executions';
import { expect, expectEqual } from '../smoke/expect';
import { search } from '../smoke/secrets';
import type { Stage } from '../smoke/stage';
import type { Editor } from './editor';
import { buildShopFlow } from './shop-flow';
import { cancelled, MISSING, publishOpen, withoutAddress, withoutWeight } from './shop-orders';

/** From an empty canvas to the parcel: built by clicks, switched on, and started by the shop. */
export async function checkShopFlow(editor: Editor, stage: Stage, checks: Checks): Promise<void> {
	const { n8n, sandbox } = stage;
	sandbox.reset();
	const built = await checks.check(
		"a shop's flow is built from an empty canvas, without an expression",
		async () => {
			const { clicks, typed, seconds } = await buildShopFlow(editor);
			const expressions = typed.filter((text) => /[{}=$]/.test(text));
			expect(typed.length > 0 && clicks > 0, 'nothing was counted');
			expectEqual('expressions typed', expressions.join(), '');
			console.log(
				`    ${clicks} clicks, ${typed.length} fields typed into (${typed.join(', ')}), ${expressions.length} expressions, by this script in ${seconds.toFixed()} s`,
			);
			return true;
		},
	);
	if (!built) return;

	const flow = await checks.check('it is published', () => publishOpen(editor, stage));
	if (!flow) return;
	await checks.check(
		"the shop's order becomes a parcel with its label, and TD hears of it",
		async () => {
			const { id, status } = await flow.deliver(6001);
			expectEqual('execution', status, 'success');
			const { counts, orders } = sandbox.ledger();
			expectEqual('orders', orders.map(({ product }) => product).join(), 'UA');
			expectEqual('labels', counts.labelDownloads, 1);
			const files = binariesOf(await n8n.rest.executionData(id));
			expectEqual('files', files.join(), 'application/pdf');
			const told = tdEvents(sandbox).map(({ event_type }) => event_type);
			expectEqual('events', told.join(), 'order_payment,order_payment_result');
		},
	);
	await checks.check(
		'an order without weight: the editor says what is missing, and where to enter it',
		async () => {
			const { id, status } = await flow.deliver(6002, withoutWeight);
			expectEqual('execution', status, 'error');
			const output = await editor.openOutput(flow, id, 'TW Order', MISSING);
			const said = await output.innerText();
			expect(/'Weight per Article'.*'Override'.*Nothing was sent/s.test(said), said);
			expect(!/\n\s+at /.test(said) && !isUnreadable(said), said);
			expectEqual('secrets', search('', Buffer.from(said), stage.canaries).length, 0);
			expectEqual('orders', sandbox.ledger().orders.length, 1);
		},
	);
	await checks.check(
		'a paid order without an address fails, and the editor says what to do',
		async () => {
			const { id, status } = await flow.deliver(6003, withoutAddress);
			expectEqual('execution', status, 'error');
			const output = await editor.openOutput(flow, id, 'TW Order', /no shipping address/);
			const said = await output.innerText();
			expect(/Complete the address in the shop/.test(said) && !isUnreadable(said), said);
			expectEqual('orders', sandbox.ledger().orders.length, 1);
		},
	);
	await checks.check('one that was cancelled is left out, and says so', async () => {
		const { id, status } = await flow.deliver(6004, cancelled);
		expectEqual('execution', status, 'success');
		await editor.openOutput(flow, id, 'TW Order', /cancelled/);
		expectEqual('orders', sandbox.ledger().orders.length, 1);
	});
}
