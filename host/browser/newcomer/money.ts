/** What would cost a newcomer money or a customer. */
import { HOUR_MS } from '../../../lib/base/durations';
import type { FlowStage } from '../../flows/stage';
import { tdEvents } from '../../flows/td-events';
import type { Checks } from '../../smoke/checks';
import { expect, expectEqual } from '../../smoke/expect';
import type { Editor } from '../editor';
import { addressed, nodeOfOurs, openSingle, orderOf } from './single';

export async function checkMoney(editor: Editor, stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox } = stage;
	sandbox.reset();
	/** Opens the node filled in like this and executes it; what its output says. */
	const said = async (type: string, parameters: Record<string, unknown>, expected: RegExp) => {
		await openSingle(editor, nodeOfOurs(stage, 'Tried', type, parameters));
		return await editor.run(expected);
	};

	await checks.check('a channel that TW refuses is named, with what to look at', async () => {
		const product = { __rl: true, mode: 'code', value: 'FAIL-2' };
		const words = await said('twOrder', orderOf('NEW-1', { product }), /verification failed/);
		expect(words.includes('FAIL-2'), words);
		expectEqual('times', words.match(/verification failed/g)!.length, 1);
	});
	await checks.check('what TW rejected is listed as failed, with the reason', async () => {
		await openSingle(
			editor,
			nodeOfOurs(stage, 'Tried', 'twOrder', { operation: 'getManyRemembered' }),
		);
		await editor.choose('state', 'Failed');
		const words = await editor.run('NEW-1');
		expect(/verification failed/.test(words), words);
	});
	await checks.check('a label that is asked for too early is not completed yet', async () => {
		sandbox.set({ stateStepMs: HOUR_MS });
		await said('twOrder', orderOf('NEW-2', { waitForCompletion: false }), /NEW-2/);
		const words = await said('twLabel', { operation: 'download', no: 'NEW-2' }, /not complete/);
		expect(!/path/i.test(words.split(/not complete/)[0]!), words);
		sandbox.set({ stateStepMs: 0 });
	});
	await checks.check(
		'an unknown number is said to be unknown, before the path is doubted',
		async () => {
			const words = await said('twLabel', { operation: 'download', no: 'NEW-X' }, /NEW-X/);
			const [number, path] = [words.search(/number/i), words.search(/path/i)];
			expect(number >= 0 && (path < 0 || number < path), words);
		},
	);
	await checks.check('country and postcode go out as TW wants them', async () => {
		const address = addressed({ consignee_countryCode: 'USA', consignee_postcode: ' 90001 ' });
		await said('twOrder', orderOf('NEW-3', address), /forecast completed/);
		const { ticket } = sandbox.ledger().orders.find(({ no }) => no === 'NEW-3')!;
		const { countryCode, postcode } = (ticket as { consignee: Record<string, string> }).consignee;
		expectEqual('address', `${countryCode} ${postcode}`, 'US 90001');
	});

	const event = { session_id: 'visit-1', order_id: 'NEW-3', account_id: 'buyer-1' };
	const mistakes: [string, Record<string, unknown>, RegExp][] = [
		[
			'a refund of -5',
			{
				operation: 'order_refund',
				payment_id: 'PAY-1',
				refund_result_refund_amount_currency: 'USD',
				refund_result_refund_amount_amount_local: -5,
				refund_result_refund_amount_amount_usd: -5,
				terminal_ip: '210.20.10.33',
			},
			/'Amount \(Local\)'.*(greater|at least|negative)/,
		],
		['the IP "my computer"', { operation: 'order_ship', terminal_ip: 'my computer' }, /'IP'/],
	];
	for (const [what, parameters, expected] of mistakes) {
		await checks.check(`${what} is not reported`, async () => {
			await said('tdOrderEvent', { ...event, ...parameters }, expected);
			expectEqual('events', tdEvents(sandbox).length, 0);
		});
	}
	await checks.check('a payment result that nobody chose is not reported', async () => {
		const parameters = { ...event, operation: 'order_payment_result', payment_id: 'PAY-1' };
		await openSingle(editor, nodeOfOurs(stage, 'Tried', 'tdOrderEvent', parameters));
		await editor.part('node-execute-button').click();
		// n8n itself asks for it, beside the field
		await editor.part('parameter-issues').first().waitFor();
		expectEqual('events', tdEvents(sandbox).length, 0);
	});
	await checks.check('a date that n8n could not read is asked for', async () => {
		const parameters = { ...event, operation: 'order_ship', terminal_ip: '210.20.10.33' };
		await openSingle(editor, nodeOfOurs(stage, 'Tried', 'tdOrderEvent', parameters));
		await editor.type('event_time', '31/12/2026');
		const words = await editor.run(/'Event Time'/);
		expect(words.includes('2026-12-31'), words);
		expectEqual('events', tdEvents(sandbox).length, 0);
	});
}
