/** A shop that sends to a Shop Trigger, and what became of it. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { ShopWebhookApi } from '../../../credentials/ShopWebhookApi.credentials';
import { ShopTrigger } from '../../../nodes/ShopTrigger/ShopTrigger.node';
import type { Patience } from '../../../lib/shops/intake';
import { QUICK } from '../../pace';
import { signedHeaders, type ShopName, type Signing } from '../../../sandbox/shops';
import { stopEngine } from '../../engine/harness';
import { type LogLine, logLines } from '../../engine/host';
import { listen, type WebhookOptions, type WebhookServer } from '../../engine/webhook';

export const SECRET = 'CANARY-shop-secret';

export interface Answer {
	status: number;
	text: string;
	headers: Headers;
}

/** Lets a trigger listen, with the right secret and the parameters given. */
export const openTrigger = async (
	parameters: INodeParameters,
	{ patience, ...more }: Partial<WebhookOptions> & { patience?: Patience } = {},
): Promise<WebhookServer> =>
	await listen(new ShopTrigger(QUICK, patience), {
		parameters,
		credentials: { shopWebhookApi: { secret: SECRET } },
		credentialTypes: [new ShopWebhookApi()],
		...more,
	});

/** Triggers of a test file: each listens until its test is over. */
export function useTriggers(ofAll: INodeParameters = {}): typeof openTrigger {
	const open: WebhookServer[] = [];
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (trigger) => await trigger.close()));
	});
	afterAll(stopEngine);
	return async (parameters, more) => {
		const trigger = await openTrigger({ ...ofAll, ...parameters }, more);
		open.push(trigger);
		return trigger;
	};
}

/** Delivers to a trigger as a shop does. Headers that are undefined are left out. */
export async function deliver(
	{ url }: Pick<WebhookServer, 'url'>,
	shop: ShopName,
	body: object | string | Buffer,
	{
		headers = {},
		signal,
		...signing
	}: Partial<Signing> & { headers?: Record<string, string | undefined>; signal?: AbortSignal } = {},
): Promise<Answer> {
	const bytes = Buffer.isBuffer(body)
		? body
		: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const signed = signedHeaders(shop, bytes, { secret: SECRET, ...signing });
	const all = Object.entries({ ...signed, ...headers }).filter(([, value]) => value !== undefined);
	const answer = await fetch(url, {
		method: 'POST',
		headers: Object.fromEntries(all) as Record<string, string>,
		body: bytes,
		...(signal ? { signal } : {}),
	});
	return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

/** A delivery's headers, and the signature in them. */
export function signedAs(shop: ShopName, body: string) {
	const headers = signedHeaders(shop, Buffer.from(body), { secret: SECRET });
	const signature = Object.entries(headers).find(([name]) => /signature|hmac/.test(name))![1];
	return { headers, signature: signature.replace(/^.*v1=/, '') };
}

/** What was started since; each execution begins with one item. */
export const itemsOf = ({ started }: WebhookServer): IDataObject[] =>
	started.map(([item]) => item!);

/** Holds n8n up while it stores executions. */
export function holdUp(trigger: WebhookServer) {
	let goOn = () => {};
	const opened = new Promise<void>((resolve) => (goOn = resolve));
	const held = { count: 0, goOn };
	trigger.store = async () => {
		held.count++;
		await opened;
	};
	return held;
}

/** What n8n's log has got since it had so many lines. */
export const logSince = (start: number): LogLine[] => logLines.slice(start);

/** A paid order as Shopify sends it; only what these tests ask for. */
export const shopifyOrder = (more: object = {}) => ({
	id: 5_700_000_000_001,
	name: '#1001',
	order_number: 1001,
	test: false,
	created_at: '2026-03-01T10:00:00-06:00',
	updated_at: '2026-03-01T10:01:00-06:00',
	currency: 'USD',
	total_price: '59.00',
	financial_status: 'paid',
	cancelled_at: null,
	email: 'ada@example.com',
	line_items: [
		{
			id: 1,
			sku: 'MUG',
			title: 'Mug',
			quantity: 2,
			price: '24.00',
			grams: 300,
			requires_shipping: true,
		},
	],
	...more,
});

/** An order as WooCommerce sends it. */
export const wooOrder = (more: object = {}) => ({
	id: 727,
	number: '727',
	order_key: 'wc_order_58d2d042d1d',
	status: 'processing',
	currency: 'USD',
	total: '59.00',
	date_created_gmt: '2026-03-01T16:00:00',
	date_modified_gmt: '2026-03-01T16:01:00',
	date_paid_gmt: '2026-03-01T16:01:00',
	payment_method: 'stripe',
	line_items: [{ id: 1, sku: 'MUG', name: 'Mug', quantity: 2, total: '48.00' }],
	refunds: [],
	...more,
});

/** An event as Stripe sends it. */
export const stripeEvent = (type: string, object: object, more: object = {}) => ({
	id: `evt_${randomUUID().replaceAll('-', '')}`,
	object: 'event',
	api_version: '2025-06-30.basil',
	created: 1_772_380_800,
	livemode: true,
	type,
	data: { object },
	...more,
});

export const paymentIntent = (more: object = {}) => ({
	id: 'pi_3Abc',
	object: 'payment_intent',
	amount: 5900,
	amount_received: 5900,
	currency: 'usd',
	status: 'succeeded',
	created: 1_772_380_800,
	livemode: true,
	metadata: { order_id: '1001' },
	...more,
});
