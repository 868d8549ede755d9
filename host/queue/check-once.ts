import { Pool } from 'pg';
import { type Database, makeDatabase } from '../../test/lib/register/postgres';
import { createFlow, type HostFlow } from '../faults/flow';
import { createNode } from '../faults/orders';
import { until } from '../poll';
import type { Credential, N8nRest } from '../rest';
import type { Shutdown } from '../shutdown';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { webhookListens } from '../webhook';
import { orderNumbers, sendOrders } from './load';
import { countExecutions } from './records';
import { NO_STALLED_CHECK, type QueueStage, WORKER_CONCURRENCY } from './stage';

const ORDERS = 200;
const DELIVERIES = 3;
/** What the vendor takes for each request, in milliseconds. */
const LATENCY = 100;

/**
 * Orders that are remembered in PostgreSQL: each is delivered three times at one moment, one of two
 * workers is killed, and the database is stopped and started in between.
 */
export async function checkOnce(
	stage: QueueStage,
	credentials: Credential[],
	checks: Checks,
	shutdown: Shutdown,
): Promise<void> {
	const database = await makeDatabase();
	shutdown.add(() => database.remove());
	const flow = await registerFlow(stage, credentials, database);
	const [survivor, victim] = [
		await stage.startWorker(NO_STALLED_CHECK),
		await stage.startWorker(NO_STALLED_CHECK),
	];
	const { sandbox } = stage;
	sandbox.reset();
	sandbox.fault({ kind: 'delay', path: '', ms: LATENCY });

	await checks.check(
		`${ORDERS} orders delivered ${DELIVERIES} times at one moment, one worker killed`,
		async () => {
			const numbers = orderNumbers('THRICE-', ORDERS);
			const sent = deliver(flow, numbers);
			const half = async () => (taken(stage, 'THRICE-').length >= ORDERS / 2 ? true : undefined);
			await until('half of the orders', half, { seconds: 600 });
			process.kill(-victim.pid, 'SIGKILL');
			await Promise.all([victim.exited, sent]);
			await quiet(stage, flow);
			tell(stage, 'THRICE-', numbers);
			// Killed between the claim and the send: nobody can know, so nobody sends
			const open = await openNumbers(database);
			expect(
				open.length <= WORKER_CONCURRENCY,
				`${open.length} orders are unknown: ${open.join()}`,
			);
			console.log(
				`    ${open.length} of them unknown${open.length > 0 ? `: ${open.join(' ')}` : ''}`,
			);
			expectOnce(stage, 'THRICE-', numbers, open);
		},
	);

	await checks.check('the database stops and starts: nothing is sent without a claim', async () => {
		const numbers = orderNumbers('STOPPED-', 60);
		const sent = deliver(flow, numbers);
		const some = async () => (taken(stage, 'STOPPED-').length >= 10 ? true : undefined);
		await until('some orders', some, { seconds: 300 });
		database.stop();
		await sent;
		await quiet(stage, flow);
		await database.start();
		const claimed = new Set(await claimedNumbers(database));
		const unclaimed = taken(stage, 'STOPPED-').filter((no) => !claimed.has(no));
		console.log(
			`    ${taken(stage, 'STOPPED-').length} of ${numbers.length} sent before the database was gone, ${unclaimed.length} of them without a claim`,
		);
		expectEqual('orders sent without a claim', unclaimed.join(' '), '');
		expect(taken(stage, 'STOPPED-').length < numbers.length, 'the database was gone too late');
		// Delivered again, what was not sent is sent, and what was sent is not
		await deliver(flow, numbers);
		await quiet(stage, flow);
		tell(stage, 'STOPPED-', numbers);
		expectOnce(stage, 'STOPPED-', numbers);
	});
	// It would work on what comes after, uncounted
	await survivor.stop();
}

async function registerFlow(
	{ main, webhookUrl }: QueueStage,
	credentials: Credential[],
	database: Database,
): Promise<HostFlow> {
	const rest: N8nRest = main.rest;
	const postgres = await rest.saveCredential('Register', 'postgres', {
		...database.credential,
		ssl: 'disable',
		allowUnauthorizedCerts: false,
		maxConnections: 10,
		sshTunnel: false,
	});
	const create = createNode('={{ $json.body.no }}', { timeout: 30 });
	const flow = await createFlow(
		rest,
		'Remembered in PostgreSQL',
		[
			{
				...create,
				parameters: { ...create.parameters, remember: 'postgres' },
				credentialTypes: ['twApi', 'postgres'],
			},
		],
		[...credentials, postgres],
		'at once',
	);
	const webhook = flow.webhook.replace(rest.url, webhookUrl);
	await webhookListens(webhook);
	return { ...flow, webhook };
}

const deliver = async (flow: HostFlow, numbers: string[]) =>
	await sendOrders(
		flow,
		numbers.flatMap((no) => Array<string>(DELIVERIES).fill(no)),
	);

const taken = ({ sandbox }: QueueStage, prefix: string) =>
	sandbox.ledger().orders.flatMap(({ no }) => (no.startsWith(prefix) ? [no] : []));

/** Until nothing is under way but what the killed worker left, of which n8n hears no more. */
async function quiet({ main }: QueueStage, { workflow }: HostFlow): Promise<void> {
	let last = -1;
	let since = Date.now();
	await until(
		'the executions to end',
		async () => {
			const ended = await countExecutions(main.rest, workflow, ['success', 'error', 'crashed']);
			const waiting = await countExecutions(main.rest, workflow, ['new']);
			if (ended !== last) {
				last = ended;
				since = Date.now();
			}
			// A killed worker leaves as new what it had taken from the queue and not begun
			const isStill = waiting <= WORKER_CONCURRENCY && Date.now() - since > 35_000;
			return isStill ? true : undefined;
		},
		{ seconds: 900, every: 500 },
	);
}

function tell(stage: QueueStage, prefix: string, numbers: string[]): void {
	const all = taken(stage, prefix);
	const made = new Set(all).size;
	console.log(`    ${made} of ${numbers.length} orders made, ${all.length - made} doubled`);
}

/** @param open orders of which nobody knows whether TW took them */
function expectOnce(
	stage: QueueStage,
	prefix: string,
	numbers: string[],
	open: readonly string[] = [],
): void {
	const all = taken(stage, prefix);
	expectEqual('doubled orders', all.filter((no, i) => all.indexOf(no) !== i).join(' '), '');
	const missing = numbers.filter((no) => !all.includes(no) && !open.includes(no));
	expectEqual('orders not made', missing.join(' '), '');
}

const claimedNumbers = async (database: Database) => await registered(database, 'true');

/** The orders that are claimed, and of which it is not known what became of them. */
const openNumbers = async (database: Database) => await registered(database, "state <> 'accepted'");

async function registered({ credential }: Database, which: string): Promise<string[]> {
	const pool = new Pool({ ...credential, ssl: false });
	try {
		const { rows } = await pool.query<{ name: string }>(
			`select name from n8n_tw_td_register where ${which}`,
		);
		return rows.map(({ name }) => name);
	} finally {
		await pool.end();
	}
}
