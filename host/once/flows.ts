/** The flows of these checks: a webhook that brings orders, and the node that makes them. */
import { type ChainNode, createFlow, type HostFlow } from '../faults/flow';
import { createNode } from '../faults/orders';
import type { Credential, N8nRest } from '../rest';

/** An item per order of the webhook. */
export const splitOut: ChainNode = {
	name: 'Split Out',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'body.orders', options: {} },
};

/** A flow that makes all orders of a webhook; what fails comes out as an item that says so. */
export async function orderFlow(
	rest: N8nRest,
	name: string,
	credentials: Credential[],
	remember: string,
	{ answers, ...more }: Partial<ChainNode> & { answers?: 'at once'; options?: object } = {},
): Promise<HostFlow> {
	const { options, ...settings } = more;
	const create = createNode('={{ $json.no }}', { concurrency: CONCURRENCY, ...options });
	const node = {
		...create,
		onError: 'continueRegularOutput',
		...settings,
		parameters: { ...create.parameters, remember },
	};
	return await createFlow(rest, name, [splitOut, node], credentials, answers);
}

/** How many orders the node has under way at once, and so how many may be unknown after a kill. */
export const CONCURRENCY = 5;

/** Numbers that no other case has. */
export const numbersOf = (prefix: string, count: number) =>
	Array.from({ length: count }, (_none, i) => `${prefix}-${i}.`);

export const bodyOf = (numbers: readonly string[]) => ({ orders: numbers.map((no) => ({ no })) });
