import { readdirSync } from 'node:fs';
import type { ShopName } from '../../sandbox/shops';
import { workflowsFolder } from '../flow-file';
import type { InstalledHost } from '../n8n';
import type { Shutdown } from '../shutdown';
import type { Checks } from '../smoke/checks';
import { expectEqual } from '../smoke/expect';
import { checkAlerts } from './check-alerts';
import { checkApproved } from './check-approved';
import { checkAssistant } from './check-assistant';
import { checkCsv } from './check-csv';
import { checkFirstContact } from './check-first-contact';
import { checkInvoices } from './check-invoices';
import { checkShopLabels } from './check-shop-labels';
import { checkShopTd } from './check-shop-td';
import { checkT86 } from './check-t86';
import { checkOrderTable } from './check-order-table';
import { errorOf } from './flow';
import { buildFlowStage, type FlowStage } from './stage';

const shopNames: readonly ShopName[] = ['shopify', 'woocommerce', 'stripe'];

/** One file of workflows/ each. */
const FLOWS: [file: string, play: (stage: FlowStage, checks: Checks) => Promise<void>][] = [
	...shopNames.flatMap((shop): typeof FLOWS => [
		[`${shop}-cheapest-label.json`, (stage, checks) => checkShopLabels(stage, checks, shop)],
		[`${shop}-td-events.json`, (stage, checks) => checkShopTd(stage, checks, shop)],
	]),
	['order-table.json', checkOrderTable],
	['csv-bulk-orders.json', checkCsv],
	['invoice-reconciliation.json', checkInvoices],
	['balance-and-order-alerts.json', checkAlerts],
	['t86-bags.json', checkT86],
	['first-contact.json', checkFirstContact],
	['shipping-assistant.json', checkAssistant],
	['approved-orders.json', checkApproved],
];

/** The example of `npm start`, which the smoke test runs, and the order to try it with. */
const ELSEWHERE = ['order-label-ship.json', 'shop-order.json'];

/**
 * Every flow of workflows/, one after the other; each begins with an empty sandbox.
 *
 * @param only part of the file name of those to play; empty for all
 */
export async function flowChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
	only: string,
): Promise<void> {
	const stage = await checks.check('n8n starts, with a mail server and a language model', () =>
		buildFlowStage(host, logFile, shutdown),
	);
	if (!stage) return;
	await checks.check('each flow of workflows/ has its checks', () => {
		const played = [...FLOWS.map(([file]) => file), ...ELSEWHERE];
		const files = readdirSync(workflowsFolder).filter((file) => file.endsWith('.json'));
		expectEqual('files', files.sort().join(), played.sort().join());
	});
	for (const [file, play] of FLOWS) {
		if (!file.includes(only)) continue;
		stage.sandbox.reset();
		const failed = checks.failed;
		try {
			await play(stage, checks);
		} catch (error) {
			checks.fail(`${file} is played to its end`, error);
		}
		if (checks.failed > failed) await tellErrors(stage);
	}
}

/** What n8n says of the executions that failed: mostly the reason why a check did. */
async function tellErrors(stage: FlowStage): Promise<void> {
	for (const { id, name } of await stage.n8n.rest.listWorkflows()) {
		for (const execution of await stage.n8n.rest.listExecutions(id)) {
			if (execution.status !== 'error') continue;
			console.log(`      "${name}" (${execution.id}): ${await errorOf(stage, execution)}`);
		}
	}
}
