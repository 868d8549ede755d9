import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowsFolder } from '../flow-file';
import { until } from '../poll';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { readCsv } from './csv';
import { executions, importFlow, nodeOf } from './flow';
import type { FlowStage } from './stage';

/** A file is uploaded; its rows come back with what became of them. */
export async function checkCsv(stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox, mail, n8n } = stage;
	const flow = await importFlow(stage, 'csv-bulk-orders.json');
	const form = `${n8n.url}/form/${nodeOf(flow, 'Upload').webhookId}`;
	await n8n.rest.activate(flow);
	await until('the form', async () => ((await fetch(form)).ok ? true : undefined));
	let uploads = 0;

	const upload = async (task: string, file: Buffer) => {
		const fields = new FormData();
		fields.set('field-0', new Blob([new Uint8Array(file)], { type: 'text/csv' }), 'orders.csv');
		fields.set('field-1', task);
		fields.set('field-2', 'uploader@example.com');
		await fetch(form, { method: 'POST', body: fields });
		await executions(stage, flow, ++uploads);
	};
	const results = async (task: string) => {
		const answer = await mail.next(`${task} results: 4 rows`);
		return readCsv(answer.attachments[0]?.content.toString() ?? '');
	};
	const orders = readFileSync(join(workflowsFolder, 'orders.csv'));

	await checks.check(
		'CSV: a quote gives each row a price, or its error, and orders nothing',
		async () => {
			await upload('Quote', orders);
			const rows = await results('Quote');
			expectEqual(
				'results',
				rows.map(({ result }) => result).join(),
				'quoted,quoted,quoted,failed',
			);
			expect(Number(rows[0]?.['amount']) > 0, `no price: ${JSON.stringify(rows[0])}`);
			expect(
				rows[3]?.['error']?.includes('weight must be a number') ?? false,
				rows[3]?.['error'] ?? '',
			);
			expectEqual('orders', sandbox.ledger().counts.orders, 0);
		},
	);
	await checks.check('CSV: orders are placed, rows of one number as one order', async () => {
		await upload('Order', orders);
		const rows = await results('Order');
		expectEqual(
			'results',
			rows.map(({ result }) => result).join(),
			'completed,completed,completed,failed',
		);
		const placed = sandbox
			.ledger()
			.orders.map(({ no, boxes }) => `${no} ${boxes}`)
			.sort();
		expectEqual('orders', placed.join(), 'CSV-1001 3,CSV-1002 4');
		expectEqual('tracking numbers', rows[0]?.['tracking_numbers']?.split(' ').length, 3);
		expect(
			rows[0]?.['label_url']?.startsWith('http') ?? false,
			`no label: ${JSON.stringify(rows[0])}`,
		);
	});
	await checks.check('CSV: uploaded again, nothing is ordered again', async () => {
		await upload('Order', orders);
		await results('Order');
		expectEqual('orders', sandbox.ledger().counts.orders, 2);
	});
	await checks.check("CSV: what TW refuses stands in the order's rows alone", async () => {
		const renamed = orders.toString().replaceAll('CSV-', 'CSW-').replace(',UW,MSP1', ',NONE,MSP1');
		await upload('Order', Buffer.from(renamed));
		const rows = await results('Order');
		expectEqual(
			'results',
			rows.map(({ result }) => result).join(),
			'completed,completed,failed,failed',
		);
	});
	await n8n.rest.deactivate(flow);
}
