import type { IDataObject } from 'n8n-workflow';
import { misfitsOf } from '../../scripts/misfits';
import { list, type Props } from '../../test/operations/list';
import { createFlow, nextExecution, post } from '../faults/flow';
import type { Credential } from '../rest';
import type { Checks } from './checks';
import { expect, expectEqual } from './expect';
import type { Stage } from './stage';

const CUSTOM_CALL = '__CUSTOM_API_CALL__';

const calls = list.filter(({ node }) => node !== 'twTrigger');

/** Each operation of each node runs once on the real host and puts something out. */
export async function checkOperations(
	stage: Stage,
	credentials: Credential[],
	checks: Checks,
): Promise<void> {
	const { sandbox } = stage;
	await checks.check('every operation that n8n offers is tried', async () => {
		const tried = new Set(calls.map(({ title }) => title));
		const missing = (await offeredOperations(stage)).filter((title) => !tried.has(title));
		expect(missing.length === 0, `not tried: ${missing.join(', ')}`);
	});

	const props: Record<string, Props> = {};
	for (const [i, { title, prepare }] of calls.entries()) {
		props[title] = await prepare(sandbox, `ALL-${i}`);
	}
	const before = { ...sandbox.ledger().counts };
	const runs = await checks.check('one flow runs all of them', async () => {
		const flow = await createFlow(stage.n8n.rest, 'all-operations', chain(), credentials);
		await post(flow.webhook, props);
		return (await nextExecution(stage.n8n.rest, flow, new Set())).runs;
	});
	if (!runs) return;
	for (const { title, node, operation } of calls) {
		await checks.check(title, () => {
			const run = runs[title]?.[0];
			expect(run !== undefined, 'it did not run');
			expect(run.executionStatus === 'success', run.error?.message ?? run.executionStatus);
			const items = (run.data?.main[0] ?? []).map(({ json }) => json);
			expect(items.length > 0, 'it put nothing out');
			const undescribed = misfitsOf(node, operation, items);
			expect(undescribed.length === 0, `its preview is wrong: ${undescribed.join('; ')}`);
		});
	}

	await checks.check('TW has each order and each act once, TD each event once', () => {
		const ledger = sandbox.ledger();
		const writes = calls.flatMap(({ effects, ...call }) => (effects ? { ...call, effects } : []));
		for (const { title, effects } of writes) {
			expectEqual(title, effects(ledger, props[title]!), 1);
		}
		const events = writes.filter(({ kind }) => kind === 'event');
		expectEqual('events', ledger.counts.events - before.events, events.length);
		const orders = writes.filter(({ path }) => path?.endsWith('/orderForecast'));
		expectEqual('orders', ledger.counts.orders - before.orders, orders.length);
	});
}

/** The operations one after the other, each once, and each with its own of the items in the webhook's body. */
function chain() {
	return calls.map(({ title, node, operation, parameters }) => {
		const item = `$('Webhook').first().json.body['${title}']`;
		const own = JSON.stringify(parameters).replaceAll('$json.', `${item}.`);
		return {
			name: title,
			type: `n8n-nodes-tw-td.${node}`,
			typeVersion: 1,
			parameters: { operation, ...(JSON.parse(own) as IDataObject) },
			executeOnce: true,
		};
	});
}

/** `<node> <operation>` of everything in the package, as n8n has loaded it. */
async function offeredOperations({ n8n }: Stage): Promise<string[]> {
	const types = (await n8n.rest.listTypes('nodes')) as Array<{
		name: string;
		properties?: Array<{ name: string; options?: Array<{ value: string }> }>;
	}>;
	return types
		.filter(({ name }) => /^n8n-nodes-tw-td\.\w+$/.test(name) && !name.endsWith('Tool'))
		.flatMap(({ name, properties = [] }) => {
			const operation = properties.find((property) => property.name === 'operation');
			const type = name.split('.')[1]!;
			// n8n itself adds a way to the HTTP Request node
			const own = (operation?.options ?? []).filter(({ value }) => value !== CUSTOM_CALL);
			return own.map(({ value }) => `${type} ${value}`);
		});
}
