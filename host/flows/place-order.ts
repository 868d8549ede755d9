import { createHash } from 'node:crypto';
import type { Sandbox } from '../../sandbox';

/** Places an order at TW by hand, as if another program had, and gives its request ID. */
export async function placeOrder({ tw }: Sandbox, no: string, product: string): Promise<string> {
	const t = String(Math.floor(Date.now() / 1000));
	const answer = await fetch(`${tw.baseUrl}/api/v2/orderForecast`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			key: tw.apiKey,
			username: tw.username,
			t,
			sign: createHash('md5').update(`${tw.apiToken}_${t}`).digest('hex'),
		},
		body: JSON.stringify({
			tickets: [
				{
					no,
					product,
					consignee: 'MSP1',
					boxes: [{ number: 1, weight: 5, length: 20, width: 20, height: 20 }],
				},
			],
		}),
	});
	const { data } = (await answer.json()) as { data: { request_id: string }[] };
	const [ticket] = data;
	if (!ticket) throw new Error(`the sandbox did not take order ${no}`);
	return ticket.request_id;
}
