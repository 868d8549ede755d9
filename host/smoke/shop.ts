import { readFileSync } from 'node:fs';
import { shopOrderFile } from '../example-flow';

/** The members of a shop's order that the checks look at or change. */
export interface ShopOrder {
	order_number: number;
	line_items: object[];
}

/** The example order that the repository ships, with changes. */
export function shopOrder(changes: Partial<ShopOrder> = {}): ShopOrder {
	return { ...(JSON.parse(readFileSync(shopOrderFile, 'utf8')) as ShopOrder), ...changes };
}

/** The order's number as the example flow gives it to both vendors. */
export function numberOf(order: ShopOrder): string {
	return `SHOP-${order.order_number}`;
}

/** Sends an order to the flow's webhook, as a shop does. */
export async function send(webhook: string, order: ShopOrder): Promise<ShopAnswer> {
	const answer = await fetch(webhook, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(order),
	});
	return {
		status: answer.status,
		type: answer.headers.get('content-type') ?? '',
		body: Buffer.from(await answer.arrayBuffer()),
	};
}

/** What the shop gets back. */
export interface ShopAnswer {
	status: number;
	type: string;
	body: Buffer;
}
