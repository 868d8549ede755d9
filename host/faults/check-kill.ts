import { until } from '../poll';
import type { Credential } from '../rest';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { webhookListens } from '../webhook';
import { createFlow, executionIds, nextExecution, post, type HostFlow } from './flow';
import { createNode } from './orders';
import type { KillStage } from './stage';

const ORDERS = 50;
/** n8n is killed when TW has taken this many. */
const TAKEN_AT_KILL = 15;
const HOUR = 3_600_000;

const splitOut = {
	name: 'Split Out',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'body.orders', options: {} },
};
/** Remembers the order numbers before anything is sent. */
const removeDuplicates = {
	name: 'Remove Duplicates',
	type: 'n8n-nodes-base.removeDuplicates',
	typeVersion: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		logic: 'removeItemsWithAlreadySeenKeyValues',
		dedupeValue: '={{ $json.no }}',
		options: {},
	},
};

/** n8n is killed while it sends 50 orders, started again, and the flow is run again. */
export async function checkKill(
	stage: KillStage,
	credentials: Credential[],
	checks: Checks,
): Promise<void> {
	const { rest } = stage.n8n;
	const chain = (options: Record<string, unknown>) => [
		splitOut,
		createNode('={{ $json.no }}', { concurrency: 5, ...options }),
	];
	const checked = await createFlow(
		rest,
		'Killed, check',
		chain({ checkExisting: true }),
		credentials,
		'at once',
	);
	const plain = await createFlow(rest, 'Killed, no check', chain({}), credentials, 'at once');
	const [first, ...others] = chain({ checkExisting: true });
	const remembered = await createFlow(
		rest,
		'Killed, Remove Duplicates',
		[first!, removeDuplicates, ...others],
		credentials,
		'at once',
	);

	const trial = async (flow: HostFlow, prefix: string, shownAfterMs: number) =>
		await killAndRunAgain(stage, flow, prefix, shownAfterMs);

	await checks.check('killed, run again with the check when TW shows the orders', async () => {
		const { taken, orders, doubled, left } = await trial(checked, 'KILL-A-', 0);
		tell(taken, orders, doubled, left);
		expectEqual('orders', orders, ORDERS);
		expectEqual('doubled orders', doubled, 0);
	});
	await checks.check('killed, run again without the check: what was taken doubles', async () => {
		const { taken, orders, doubled, left } = await trial(plain, 'KILL-B-', 0);
		tell(taken, orders, doubled, left);
		expectEqual('orders of different numbers', orders - doubled, ORDERS);
		// What the docs say would not be true if none were.
		expectEqual('doubled orders', doubled, taken);
	});
	await checks.check(
		'killed, run again with the check before TW shows them: they double',
		async () => {
			const { taken, orders, doubled, left } = await trial(checked, 'KILL-C-', HOUR);
			tell(taken, orders, doubled, left);
			expectEqual('doubled orders', doubled, taken);
		},
	);
	await checks.check(
		'killed, run again behind Remove Duplicates before TW shows them: none is sent again',
		async () => {
			const { taken, orders, doubled, left } = await trial(remembered, 'KILL-D-', HOUR);
			tell(taken, orders, doubled, left);
			expectEqual('orders', orders, taken);
			expectEqual('doubled orders', doubled, 0);
		},
	);
}

function tell(taken: number, orders: number, doubled: number, left: number): void {
	console.log(
		`    ${taken} taken when n8n was killed, ${left} not; in the end ${orders} orders, ${doubled} of them doubled`,
	);
}

async function killAndRunAgain(
	stage: KillStage,
	flow: HostFlow,
	prefix: string,
	shownAfterMs: number,
) {
	const { sandbox } = stage;
	const body = {
		orders: Array.from({ length: ORDERS }, (_, i) => ({ no: `${prefix}${i}.` })),
	};
	const numbers = () =>
		sandbox.ledger().orders.flatMap(({ no }) => (no.startsWith(prefix) ? [no] : []));
	// TW needs a moment for each, so that the kill comes in the middle.
	sandbox.set({ orderInfoDelayMs: shownAfterMs });
	sandbox.fault({
		kind: 'delay',
		path: 'orderForecast',
		bodyIncludes: prefix,
		ms: 150,
		when: 'after',
	});
	await post(flow.webhook, body);
	await until(
		'TW to take some orders',
		async () => numbers().length >= TAKEN_AT_KILL || undefined,
		{
			every: 5,
		},
	);
	process.kill(-stage.n8n.process.pid, 'SIGKILL');
	await stage.n8n.process.exited;
	const taken = numbers().length;
	expect(taken < ORDERS, 'n8n was killed too late');

	const { rest } = await stage.restart();
	await webhookListens(flow.webhook);
	sandbox.clearFaults();
	const known = await executionIds(rest, flow);
	await post(flow.webhook, body);
	const { failure } = await nextExecution(rest, flow, known);
	expect(!failure, `the second run failed: ${failure?.message}`);
	const orders = numbers();
	return {
		taken,
		left: ORDERS - taken,
		orders: orders.length,
		doubled: orders.length - new Set(orders).size,
	};
}
