import { until } from '../poll';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { importFlow, nodeOf } from './flow';
import { placeOrder } from './place-order';
import type { FlowStage } from './stage';

/** A chat with the agent; the model's part is scripted, n8n's and ours are real. */
export async function checkAssistant(stage: FlowStage, checks: Checks): Promise<void> {
	const { sandbox, model, n8n } = stage;
	const flow = await importFlow(stage, 'shipping-assistant.json', {
		parameters: { Chat: { public: true } },
	});
	const chat = `${n8n.url}/webhook/${nodeOf(flow, 'Chat').webhookId}/chat`;
	await n8n.rest.activate(flow);
	await until('the chat', async () => ((await fetch(chat)).ok ? true : undefined));

	const ask = async (chatInput: string) => {
		const answer = await fetch(chat, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 'test', chatInput }),
		});
		return ((await answer.json()) as { output: string }).output;
	};
	const told = () => JSON.stringify(model.heard.at(-1)?.messages.at(-1)?.content);

	await checks.check('assistant: a quote is asked of TW, nothing is ordered', async () => {
		const address = { country: 'US', state: 'MN', city: 'Minneapolis', postcode: '55401' };
		const box = { quantity: 2, weight: 10, length: 12, width: 9, height: 6 };
		model.play(
			{ call: 'Quote_an_Order', with: { ...address, street: '1 Example Street', ...box } },
			{ say: 'UW is the cheapest.' },
		);
		expectEqual('answer', await ask('What do two boxes cost?'), 'UW is the cheapest.');
		expect(told().includes('UW') && told().includes('price'), `the model was told ${told()}`);
		expectEqual('orders', sandbox.ledger().counts.orders, 0);
	});
	await checks.check('assistant: an order is looked up by number and by request ID', async () => {
		const Request_ID = await placeOrder(sandbox, 'ASKED-1', 'UA');
		model.play({ call: 'Look_up_an_Order', with: { Order_Number: 'ASKED-1' } }, { say: 'Found.' });
		expectEqual('answer', await ask('Where is ASKED-1?'), 'Found.');
		expect(told().includes('tracking_number'), `the model was told ${told()}`);
		model.play({ call: 'Get_Order_Status', with: { Request_ID } }, { say: 'Completed.' });
		expectEqual('answer', await ask(`How far is ${Request_ID}?`), 'Completed.');
		expect(told().includes('completed'), `the model was told ${told()}`);
	});
	await checks.check('assistant: its tools only read', () => {
		const tools = model.heard[0]?.tools?.map((each) => each.function.name).sort();
		expectEqual('tools', tools?.join(), 'Get_Order_Status,Look_up_an_Order,Quote_an_Order');
	});
	await checks.check('assistant: without its model it says so', async () => {
		const answer = await ask('Hello?');
		expect(answer.includes('could not be reached'), answer);
	});
	await n8n.rest.deactivate(flow);
}
