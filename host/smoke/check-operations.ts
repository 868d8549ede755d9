import type { Credential, Workflow } from '../rest';
import { runChain } from './chain';
import type { Checks } from './checks';
import { lastExecution } from './executions';
import { expect, expectEqual } from './expect';
import { nameOf, type OperationCall, operationCalls, reviewCalls } from './operations';
import type { Stage } from './stage';
import { misfitsOf } from '../../scripts/misfits';

interface NodeRun {
	executionStatus: string;
	error?: { message: string };
	data?: { main: Array<Array<{ json: object }> | null> };
}

const CUSTOM_CALL = '__CUSTOM_API_CALL__';

/** Each operation of each node runs once on the real host and puts something out. */
export async function checkOperations(
	stage: Stage,
	credentials: Credential[],
	checks: Checks,
): Promise<void> {
	const { sandbox } = stage;
	await checks.check('every operation that n8n offers is tried', async () => {
		const tried = new Set([...operationCalls, ...reviewCalls].map(nameOf));
		const missing = (await offeredOperations(stage)).filter((name) => !tried.has(name));
		expect(missing.length === 0, `not tried: ${missing.join(', ')}`);
	});

	const events = sandbox.ledger().counts.events;
	const all = await checks.check('one flow runs all of them', () =>
		runChain(stage, 'all-operations', operationCalls, credentials),
	);
	if (!all) return;
	await checkRuns(stage, all, operationCalls, checks);
	const review = await runChain(stage, 'review-bag', reviewCalls, credentials);
	await checkRuns(stage, review, reviewCalls.slice(1), checks);

	await checks.check('TW has each of the two orders once, TD each event once', () => {
		const ledger = sandbox.ledger();
		const orders = ledger.orders.map(({ no }) => no).filter((no) => no.startsWith('ALL-'));
		expectEqual('orders', orders.sort().join(), 'ALL-1,ALL-2');
		// The contract's check reports nothing
		const told = operationCalls.filter(
			({ type, operation }) => type === 'tdOrderEvent' && operation !== 'checkContract',
		);
		expectEqual('events', ledger.counts.events - events, told.length);
	});
}

async function checkRuns(
	stage: Stage,
	workflow: Workflow,
	calls: OperationCall[],
	checks: Checks,
): Promise<void> {
	const { id } = await lastExecution(stage, workflow);
	const record = (await stage.n8n.rest.executionData(id)) as {
		resultData: { runData: Record<string, NodeRun[]> };
	};
	for (const call of calls) {
		await checks.check(nameOf(call), () => {
			const run = record.resultData.runData[nameOf(call)]?.[0];
			expect(run !== undefined, 'it did not run');
			expect(run.executionStatus === 'success', run.error?.message ?? run.executionStatus);
			const items = (run.data?.main[0] ?? []).map(({ json }) => json);
			expect(items.length > 0, 'it put nothing out');
			const undescribed = misfitsOf(call.type, call.operation, items);
			expect(undescribed.length === 0, `its preview is wrong: ${undescribed.join('; ')}`);
		});
	}
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
