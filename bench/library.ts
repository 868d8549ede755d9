/** The node's code without n8n around it, beside a bare pool: what operation model and client cost. */
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { InstalledHost } from '../host/n8n';
import { twEndpoints } from '../lib/tw/wire/endpoints';
import { type Dispatcher, Pool } from 'undici';
import type { Report } from './report';
import { measureRounds, ratioOf } from './rounds';
import type { Vendor } from './vendor-process';

const ITEMS = 2_000;
/** A round takes half a second, so more of them are made than of others. */
const ROUNDS_FOR_ONE = 5;
const CONCURRENCY = 10;

interface Work {
	name: string;
	path: string;
	body: (item: number) => unknown;
	/** The node's parameters, as saved. */
	parameters: Record<string, unknown>;
	/** The one parameter that differs from item to item. */
	varying: string;
	value: (item: number) => unknown;
}

const requestId = (item: number) => `8d0f7a52-3c1b-4f6e-9a43-${item}`;
const ticket = (item: number) => ({
	no: `BENCH-${item}`,
	product: 'UA',
	consignee: 'MSP1',
	boxes: [{ number: 1, weight: 5, length: 20, width: 20, height: 20 }],
});

const works: Work[] = [
	{
		name: 'Get Status',
		path: twEndpoints.orderCheck.path,
		body: (item) => ({ request_id: requestId(item) }),
		parameters: { operation: 'getStatus', options: {} },
		varying: 'request_id',
		value: requestId,
	},
	{
		name: 'Create Using JSON',
		path: twEndpoints.orderForecast.path,
		body: (item) => ({ tickets: [ticket(item)] }),
		parameters: {
			operation: 'create',
			specifyOrder: 'json',
			waitForCompletion: false,
			remember: 'no',
			options: {},
		},
		varying: 'orderJson',
		value: ticket,
	},
];

/** As much throughput of the bare pool as has to be left. */
const LEAST_SHARE = 0.7;

export async function measureLibrary(
	host: InstalledHost,
	vendor: Vendor,
	rounds: number,
	report: Report,
): Promise<void> {
	const node = installedNode(host);
	const pool = new Pool(vendor.origin, {
		connections: CONCURRENCY,
		pipelining: 1,
		connect: { rejectUnauthorized: false },
	});
	for (const work of works) {
		const subjects = [
			{ name: 'ours', measure: async () => await timed(() => ours(node, work, vendor)) },
			{ name: 'pool', measure: async () => await timed(() => bare(pool, work)) },
		];
		const costs = await measureRounds(subjects, rounds * ROUNDS_FOR_ONE);
		report.add({
			part: 'Operation model, runner and client without n8n',
			what: `${work.name}: throughput, ours / bare pool`,
			value: ratioOf(costs.get('pool')!, costs.get('ours')!),
			atLeast: LEAST_SHARE,
		});
	}
	await pool.close();
}

/** The node as it is published; its n8n-workflow is this repository's. */
function installedNode({ packageFolder }: InstalledHost): INodeType {
	const require = createRequire(join(packageFolder, 'package.json'));
	const { TwOrder } = require('./dist/nodes/TwOrder/TwOrder.node.js') as {
		TwOrder: new () => INodeType;
	};
	return new TwOrder();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await work();
	return performance.now() - begun;
}

async function ours(node: INodeType, work: Work, { origin }: Vendor): Promise<void> {
	const [output] = (await node.execute!.call(contextOf(work, origin))) as unknown[][];
	if (output!.length !== ITEMS) throw new Error(`${output!.length} items came out`);
}

async function bare(pool: Dispatcher, { path, body }: Work): Promise<void> {
	let next = 0;
	const send = async () => {
		while (next < ITEMS) {
			const answer = await pool.request({
				path,
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body(next++)),
			});
			await answer.body.json();
		}
	};
	await Promise.all(Array.from({ length: CONCURRENCY }, send));
}

/** As much of n8n's context as a node asks for; it costs nothing, so that what is left is ours. */
function contextOf(work: Work, origin: string): IExecuteFunctions {
	const items = Array.from({ length: ITEMS }, (_, i) => ({ json: { i } }));
	const parameters = { ...work.parameters, [work.varying]: '={{ $json.i + 0 }}' };
	return {
		getNode: () => ({ name: 'Bench', typeVersion: 1, type: 'bench', parameters }),
		getInputData: () => items,
		getNodeParameter: (name: string, item: number) =>
			name === work.varying ? work.value(item) : work.parameters[name],
		getCredentials: async () => ({
			baseUrl: origin,
			username: 'TW0001',
			apiKey: 'bench-api-key',
			apiToken: 'bench-api-token',
			ignoreSslIssues: true,
		}),
		// Each run begins as a new execution does
		getContext: () => ({}),
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getTimezone: () => 'UTC',
		getMode: () => 'manual',
		getExecutionId: () => '1',
		continueOnFail: () => false,
		getExecutionCancelSignal: () => undefined,
		helpers: {},
		logger: { info: () => undefined },
	} as unknown as IExecuteFunctions;
}
