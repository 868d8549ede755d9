import { until } from '../poll';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { click, linksOf } from './approval';
import { executions, importFlow, nodeOf } from './flow';
import type { FlowStage } from './stage';

const ADDRESS = {
	country: 'US',
	state: 'MN',
	city: 'Minneapolis',
	postcode: '55401',
	street: '1 Example Street',
};
const BOX = { quantity: 1, weight: 10, length: 12, width: 9, height: 6, value: 40 };
const ORDER = { ...ADDRESS, ...BOX, name: 'Ada Smith', phone: '+15550100', channel: 'UW' };

/** The agent's order runs once a person has approved it; the model's part is scripted, n8n's and ours are real. */
export async function checkApproved(stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox, mail, model, n8n } = stage;
	const flow = await importFlow(stage, 'approved-orders.json');
	const form = `${n8n.url}/form/${nodeOf(flow, 'Request').webhookId}`;
	await n8n.rest.activate(flow);
	await until('the form', async () => ((await fetch(form)).ok ? true : undefined));
	let requests = 0;

	/** Asks for a shipment; the agent quotes, and calls the tool that creates. The buttons that the approver gets. */
	const ask = async (answer: string): Promise<string[]> => {
		model.play(
			{ call: 'Quote', with: { ...ADDRESS, ...BOX } },
			{ call: 'Create_Order', with: { toolParameters: ORDER, hitlParameters: {} } },
			{ say: answer },
		);
		const fields = new FormData();
		fields.set('field-0', 'A box to Ada Smith');
		fields.set('field-1', 'asker@example.com');
		await fetch(form, { method: 'POST', body: fields });
		requests++;
		const question = await mail.next('Ship to Ada Smith with UW?');
		const shown = String(question.html);
		expect(shown.includes('1 Example Street') && shown.includes('12 x 9 x 6'), shown);
		await executions(stage, flow, requests, ({ status }) => status !== 'running');
		return linksOf(question);
	};
	const decide = async (links: string[], approved: boolean): Promise<string> => {
		await click(links, approved);
		await executions(stage, flow, requests);
		return (await mail.next('Your shipment')).text ?? '';
	};

	await checks.check(
		'approval: what was declined is not ordered, and the asker hears',
		async () => {
			const links = await ask('It was not approved.');
			const answer = await decide(links, false);
			expect(answer.includes('It was not approved.'), answer);
			expectEqual('orders', sandbox.ledger().counts.orders, 0);
		},
	);
	await checks.check(
		'approval: nothing is ordered before the click, one order after it',
		async () => {
			const links = await ask('It is on its way.');
			expectEqual('orders before', sandbox.ledger().counts.orders, 0);
			const answer = await decide(links, true);
			expect(answer.includes('It is on its way.'), answer);
			const [order] = sandbox.ledger().orders;
			expectEqual('orders', sandbox.ledger().orders.length, 1);
			expect(/^ASK-\d+$/.test(order?.no ?? '') && order?.product === 'UW', JSON.stringify(order));
			const told = JSON.stringify(model.heard.at(-1)?.messages.at(-1)?.content);
			expect(told.includes('tracking_number'), `the model was told ${told}`);
		},
	);
	await checks.check('approval: without its model the team hears', async () => {
		const fields = new FormData();
		fields.set('field-0', 'Another box');
		fields.set('field-1', 'asker@example.com');
		await fetch(form, { method: 'POST', body: fields });
		await executions(stage, flow, ++requests);
		const { text = '' } = await mail.next('A request to ship something needs a look');
		expect(text.includes('asker@example.com asked for: Another box'), text);
	});
	await n8n.rest.deactivate(flow);
}
