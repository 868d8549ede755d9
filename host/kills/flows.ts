/** The flows that n8n is killed at: orders and events by the dozen, and a shop that delivers. */
import { type ChainNode, createFlow, type HostFlow, post } from '../faults/flow';
import { createNode } from '../faults/orders';
import type { N8n } from '../n8n';
import { CONCURRENCY, bodyOf, orderFlow, splitOut } from '../once/flows';
import { shopFlow, type ShopFlow } from '../once/shop-flow';
import type { Credential } from '../rest';

/** What is sent by a webhook that brings many numbers at once. */
export type Kind = 'orders' | 'atLeast' | 'atMost';

export type Flows = Readonly<Record<Kind | 'sendAgain', HostFlow>> & { shop: ShopFlow };

/** @param remember what the nodes are told to remember in; the checks fail with `no` */
export async function createFlows(
	n8n: N8n,
	credentials: Credential[],
	remember: string,
): Promise<Flows> {
	const { rest } = n8n;
	const orders = async (name: string, options: object = {}) =>
		await orderFlow(rest, name, credentials, remember, { options });
	const events = async (name: string, delivery: string) =>
		await createFlow(rest, name, [splitOut, shipNode(delivery, remember)], credentials);
	const ofType = (wanted: string) => credentials.find(({ type }) => type === wanted)!;
	const { id, name } = ofType('twApi');
	const { parameters, ...create } = createNode('={{ $json.order.number }}', {});
	return {
		orders: await orders('Orders'),
		sendAgain: await orders('Send Again', { ifSentBefore: 'send-again' }),
		atLeast: await events('Events at least once', 'event-at-least-once'),
		atMost: await events('Events at most once', 'event-at-most-once'),
		shop: await shopFlow(
			n8n,
			'shopify',
			ofType('shopWebhookApi'),
			{ remember },
			{
				...create,
				parameters: { ...parameters, remember },
				credentials: { twApi: { id, name } },
			},
		),
	};
}

function shipNode(delivery: string, reportOnce: string): ChainNode {
	return {
		name: 'Ship',
		type: 'n8n-nodes-tw-td.tdOrderEvent',
		typeVersion: 1,
		onError: 'continueRegularOutput',
		parameters: {
			operation: 'order_ship',
			specifyBody: 'fields',
			order_id: '={{ $json.no }}',
			session_id: '={{ $json.no }}',
			terminal_ip: '210.20.10.33',
			logistics_logistics_company: 'UPS',
			reportOnce,
			options: { delivery, concurrency: CONCURRENCY },
		},
	};
}

/** What the flow says of a number. */
export interface Said {
	outcome: 'sent' | 'before' | 'unknown' | 'failed';
	/** Of what went wrong. */
	error: string;
}

/** Runs a flow over numbers; undefined if n8n died over it. */
export async function runOver(
	{ webhook }: HostFlow,
	numbers: readonly string[],
): Promise<Map<string, Said> | undefined> {
	if (numbers.length === 0) return new Map();
	const answer = await post(webhook, bodyOf(numbers)).catch(() => undefined);
	if (answer?.status !== 200) return undefined;
	const items = JSON.parse(answer.text) as Array<Record<string, unknown>>;
	return new Map(numbers.map((no, i) => [no, saidBy(items[i] ?? {})]));
}

function saidBy(item: Record<string, unknown>): Said {
	const error = typeof item['error'] === 'string' ? item['error'] : '';
	const { outcome } = item;
	if (outcome === 'unknown') return { outcome, error };
	if (outcome !== 'accepted' && outcome !== 'completed' && outcome !== 'reported') {
		return { outcome: 'failed', error: error || JSON.stringify(item) };
	}
	const isBefore = item['existing'] ?? item['recovered'] ?? item['reported_before'] ?? false;
	return { outcome: isBefore === true ? 'before' : 'sent', error };
}
