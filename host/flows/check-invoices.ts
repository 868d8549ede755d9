import { billSeeds } from '../../sandbox/tw/bill-seeds';
import type { Checks } from '../smoke/checks';
import { expectEqual } from '../smoke/expect';
import { readCsv } from './csv';
import { executions, importFlow, runNow } from './flow';
import { DataTable } from './tables';
import type { FlowStage } from './stage';

const TRIGGER = 'First of the Month';
const SEEDS = billSeeds(Date.now());
/** A whole month of invoices, two months ago or so. */
const MONTH = SEEDS.bills[10]!.bill_at.slice(0, 7);
/** More rows than n8n takes in one request. */
const CHUNK = 500;

/** A month's invoices against our own orders, of which three differ. */
export async function checkInvoices(stage: FlowStage, checks: Checks): Promise<void> {
	const { mail } = stage;
	const flow = await importFlow(stage, 'invoice-reconciliation.json', {
		settings: { month: MONTH },
	});
	const table = await DataTable.of(stage, flow);
	const [unknown, dearer, ...others] = [...billedIn(MONTH)];
	const row = ([no, amount]: [string, number]) => ({
		no,
		quoted_price: amount,
		ordered_at: `${MONTH}-10T08:00:00.000Z`,
	});
	const rows = [
		...others.map(row),
		{ ...row(dearer!), quoted_price: dearer![1] - 5 },
		{ ...row(['ORDERED-1', 12.5]), no: 'ORDERED-1' },
	];
	for (let i = 0; i < rows.length; i += CHUNK) await table.insert(rows.slice(i, i + CHUNK));

	await checks.check(
		`invoices: of ${rows.length + 1} orders the three that differ are reported`,
		async () => {
			await runNow(stage, flow, TRIGGER);
			const report = await mail.next(`TW invoices of ${MONTH}: 3 differences`);
			const found = readCsv(report.attachments[0]?.content.toString() ?? '');
			expectEqual(
				'differences',
				found
					.map(({ difference, order_no }) => `${difference} ${order_no}`)
					.sort()
					.join(),
				[`amount differs ${dearer![0]}`, 'not billed ORDERED-1', `not ours ${unknown![0]}`].join(),
			);
			await executions(stage, flow, 1);
		},
	);
	await checks.check('invoices: a month without one is told as well', async () => {
		const empty = await importFlow(stage, 'invoice-reconciliation.json', {
			settings: { month: '2024-01' },
		});
		await runNow(stage, empty, TRIGGER);
		await mail.next('TW invoices of 2024-01: none');
		await executions(stage, empty, 1);
	});
	await checks.check('invoices: what TW refuses goes to the team', async () => {
		stage.sandbox.fault({ kind: 'status', status: 400, path: 'getBillInfo', times: 1 });
		await runNow(stage, flow, TRIGGER);
		await mail.next('Invoice reconciliation needs a look');
		await executions(stage, flow, 2);
	});
}

/** What the sandbox's invoices of a month charge, by order number. */
function billedIn(month: string): Map<string, number> {
	const { bills, lines } = SEEDS;
	const billed = new Map<string, number>();
	for (const { id, bill_at } of bills) {
		if (!bill_at.startsWith(month)) continue;
		for (const { no, value } of lines.get(id) ?? []) {
			billed.set(no, Math.round(((billed.get(no) ?? 0) - value) * 100) / 100);
		}
	}
	return billed;
}
