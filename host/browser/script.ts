import type { InstalledHost } from '../n8n';
import type { Shutdown } from '../shutdown';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { buildFlowStage } from '../flows/stage';
import { checkPreviews } from './check-previews';
import { checkShopFlow } from './check-shop-flow';
import { openBrowser } from './chromium';
import { Editor, manualFlow } from './editor';
import { checkFlows } from './newcomer/flows';
import { checkFirstSteps } from './newcomer/first-steps';
import { checkMoney } from './newcomer/money';
import { picturesOf } from './newcomer/pictures';
import { addCreateOrder, fillBox, fillOrder } from './order-panel';

/** Words a person may think of, and the node they should lead to. */
const SEARCHES = {
	parcel: 'TW Order',
	shipping: 'TW Order',
	label: 'TW Label',
	T86: 'TW Bag',
	invoice: 'TW Invoice',
	fraud: 'TD Order Event',
	TrustDecision: 'TD Order Event',
	chargeback: 'TD Order Event',
	'print label': 'TW Label',
	UPS: 'TW Order',
	courier: 'TW Order',
	postage: 'TW Order',
	面单: 'TW Label',
	物流: 'TW Order',
	拒付: 'TD Order Event',
};

/** The first minutes of a new user, in the editor. */
export async function browserChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
): Promise<void> {
	const stage = await buildFlowStage(host, logFile, shutdown);
	const { n8n, sandbox } = stage;
	const page = await openBrowser(n8n, shutdown);
	const editor = new Editor(page, n8n);

	await editor.openFlow(manualFlow('Searching'));
	await editor.part('canvas-handle-plus').click();
	for (const [words, node] of Object.entries(SEARCHES)) {
		await checks.check(`searching for "${words}" finds ${node}`, async () => {
			await editor.search(words, node);
		});
	}
	await checks.check('on an empty canvas, "Shopify" finds its trigger', async () => {
		await editor.openEmpty();
		await editor.part('canvas-add-button').click();
		// n8n leaves 'Trigger' out there
		await editor.search('Shopify', 'Shop');
	});
	await checks.check('TW Order is added from the panel, with its credential', async () => {
		await addCreateOrder(editor, 'Ordering');
		const credential = editor.part('node-credentials-select').locator('input');
		expectEqual('credential', await credential.inputValue(), 'TW Sandbox');
	});
	await checks.check('the channel list is loaded from TW and searched', async () => {
		const channels = await editor.openList('product');
		expect(
			channels.some((each) => each.includes('(UA)')),
			channels.join(),
		);
		await editor.part('rlc-search').fill('2nd Day');
		await editor.part('rlc-item').filter({ hasText: '(UA)' }).waitFor({ state: 'detached' });
		await editor.part('rlc-item').filter({ hasText: '(U2)' }).click();
	});
	await checks.check('a missing weight is named, and nothing is sent', async () => {
		await fillOrder(editor, 'UI-1');
		// An empty number reads as 0 in n8n 2.8
		const said = await editor.run(/'Weight' of Box 1 (is empty|must be greater than 0)/);
		expect(said.includes('Nothing was sent'), said);
		expectEqual('orders', sandbox.ledger().counts.orders, 0);
	});
	await checks.check('run again, the order is placed and its result shown', async () => {
		await fillBox(editor);
		await editor.run('forecast completed');
		const [order] = sandbox.ledger().orders;
		expectEqual('order', `${order?.no} ${order?.product}`, 'UI-1 U2');
	});
	await checks.check('a credential with a wrong token does not pass its test', async () => {
		await editor.part('credential-edit-button').click();
		expectEqual('test', await saveToken('wrong'), 'Error');
		await page.getByText('Couldn’t connect with these settings').waitFor();
	});
	await checks.check('with the right one it does', async () => {
		expectEqual('test', await saveToken(sandbox.tw.apiToken), 'OK');
		await page.getByText('Couldn’t connect with these settings').waitFor({ state: 'hidden' });
	});
	await checkPreviews(editor, checks);
	await checkShopFlow(editor, stage, checks);
	await checkMoney(editor, stage, checks);
	await checkFirstSteps(editor, stage, checks, picturesOf(host));
	await checkFlows(editor, stage, checks, picturesOf(host));

	/** Saves the credential, which tests it; what n8n's answer to that very test says. */
	async function saveToken(token: string): Promise<string> {
		await editor.type('apiToken', token);
		// The editor tests what it opens too, and n8n hides its badge on a small window
		const tested = page.waitForResponse(
			(answer) =>
				answer.url().endsWith('/rest/credentials/test') &&
				answer.request().postData()?.includes(JSON.stringify(token)) === true,
		);
		const button = editor.part('credential-save-button');
		await button.locator('button').click();
		const { data } = (await (await tested).json()) as { data: { status: string } };
		// What is typed before the editor has taken the answer in counts as saved already
		await button.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
		return data.status;
	}
}
