import { randomUUID } from 'node:crypto';
import type { ShopName, Signing } from '../../sandbox/shops';
import { shopBodies } from '../../test/unit/shops/all';
import type { ShopBody } from '../../test/unit/shops/body';
import { shopAddress } from '../example-flow';
import { until } from '../poll';
import type { Workflow, WorkflowFile } from '../rest';
import { send, type ShopAddress } from '../shop';
import { webhookListens } from '../webhook';
import { type Entries, importFlow } from './flow';
import type { FlowStage } from './stage';

/** A flow that a shop starts, switched on. */
export interface ShopFlow {
	flow: WorkflowFile & Workflow;
	shop: ShopAddress;
	/** Delivers a documented body as its shop does; n8n's HTTP status comes back. */
	deliver: (body: Webhook, signing?: Partial<Signing>) => Promise<number>;
	/** Waits until nothing runs any more; the number of the newest execution. */
	quiet: () => Promise<number>;
	/** Presses "Retry" for the newest execution that failed, and waits for its end. */
	retry: () => Promise<void>;
}

/** A documented body that comes as a webhook. */
export interface Webhook extends ShopBody {
	topic: string;
	/** The body as it is documented. */
	documented: ShopBody['body'];
}

/** Imports a flow, fills it in and switches it on. */
export async function openShopFlow(
	stage: FlowStage,
	shop: ShopName,
	file: string,
	entries: Entries = {},
): Promise<ShopFlow> {
	const { n8n, shopSecret: secret } = stage;
	const flow = await importFlow(stage, file, entries);
	await n8n.rest.activate(flow);
	const address = { url: shopAddress(n8n.url, flow)!, secret };
	await webhookListens(address.url);
	return {
		flow,
		shop: address,
		deliver: async ({ body, topic }, signing = {}) =>
			await send(address, shop, body, { topic, id: randomUUID(), ...signing }),
		quiet: async () => await quiet(stage, flow),
		retry: async () => await retry(stage, flow),
	};
}

/** The documented webhooks of a shop, each of an order of its own. */
export const webhooksOf = (shop: ShopName): Webhook[] =>
	shopBodies.flatMap((one, i) =>
		one.shop === shop && one.topic !== null
			? [numbered({ ...one, topic: one.topic, documented: one.body }, i)]
			: [],
	);

/**
 * The bodies tell of one order; a number of its own makes another order of it, and another delivery. All
 * shops of this stage share one account at TW and at TD, so that a number belongs to one shop.
 */
export function numbered(webhook: Webhook, number: number): Webhook {
	const own = String(FIRST_NUMBER[webhook.shop] + number);
	const text = JSON.stringify(webhook.documented)
		.replaceAll('1042', own)
		.replaceAll('5678901234567', `56789${own}567`)
		.replaceAll(/\bpi_\w+/g, `pi_${own}`)
		.replaceAll(/\bevt_\w+/g, `evt_${own}_${webhook.name}`);
	return { ...webhook, body: JSON.parse(text) as Webhook['body'] };
}

const FIRST_NUMBER: Readonly<Record<ShopName, number>> = {
	shopify: 20_000,
	woocommerce: 30_000,
	stripe: 40_000,
};

/** Whether a message shows what is inside a program rather than what happened. */
export const isUnreadable = (text: string) => /zod|undefined|\[object/i.test(text);

/** n8n tells of an execution a moment after its webhook was answered. */
const SETTLED_LOOKS = 5;
/** n8n's own limit; the newest come first, and what runs is among them. */
const MOST_EXECUTIONS = 100;

async function quiet({ n8n }: FlowStage, flow: Workflow): Promise<number> {
	let last = -1;
	let same = 0;
	return await until(
		`"${flow.name}" to be quiet`,
		async () => {
			const all = await n8n.rest.listExecutions(flow.id, MOST_EXECUTIONS);
			const running = all.some(({ status }) => ['new', 'running', 'waiting'].includes(status));
			const newest = Number(all[0]?.id ?? 0);
			same = !running && newest === last ? same + 1 : 0;
			last = newest;
			return same >= SETTLED_LOOKS ? last : undefined;
		},
		{ seconds: 180, every: 200 },
	);
}

async function retry(stage: FlowStage, flow: Workflow): Promise<void> {
	const before = await quiet(stage, flow);
	const all = await stage.n8n.rest.listExecutions(flow.id, MOST_EXECUTIONS);
	const failed = all.find(({ status }) => status === 'error');
	if (!failed) throw new Error(`"${flow.name}" has no execution that failed`);
	await stage.n8n.rest.retry(failed);
	if ((await quiet(stage, flow)) <= before) throw new Error('n8n did not retry');
}
