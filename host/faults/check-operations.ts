import type { IDataObject } from 'n8n-workflow';
import { refusedUrl, type FaultRule } from '../../sandbox';
import { heldAgainst, objections, type Verdict } from '../../test/faults/oracle';
import { allScenarios, type Scenario } from '../../test/faults/scenarios';
import type { Credential } from '../rest';
import { credentialData, saveSandboxCredentials } from '../sandbox-credentials';
import type { Checks } from '../smoke/checks';
import { expect } from '../smoke/expect';
import type { Stage } from '../smoke/stage';
import { createFlow, executionIds, nextExecution, post, type HostFlow } from './flow';

/** One fault of each class; the matrix of `npm run test:faults` has all of them. */
interface FaultClass {
	title: string;
	/** Undefined: nobody listens at the vendor's address. */
	rule: FaultRule | undefined;
	/** Seconds. */
	timeout: number;
	expected: (scenario: Scenario) => Verdict[];
}

const lost = ({ kind, provable }: Scenario): Verdict[] =>
	kind === 'read' ? ['failed'] : provable.includes('done') ? ['succeeded'] : ['unknown'];
/** Passes once the fault is over, where it may be sent again. */
const passing = ({ kind }: Scenario): Verdict[] =>
	kind === 'write' ? ['succeeded', 'unknown'] : ['succeeded'];

const classes: FaultClass[] = [
	{
		title: 'reset once after it took effect',
		rule: { kind: 'resetAfterAccept', times: 1 },
		timeout: 20,
		expected: passing,
	},
	{
		title: 'HTTP 429 once',
		rule: { kind: 'status', status: 429, retryAfter: 0, times: 1 },
		timeout: 20,
		expected: () => ['succeeded'],
	},
	{
		title: 'HTML after it took effect',
		rule: { kind: 'html', processed: true },
		timeout: 20,
		expected: lost,
	},
	{
		title: 'no answer after it took effect',
		rule: { kind: 'hangAfterAccept' },
		timeout: 2,
		expected: lost,
	},
	{
		title: 'HTTP 500 again and again',
		rule: { kind: 'status', status: 500 },
		timeout: 3,
		expected: ({ kind }) => (kind === 'read' ? ['failed'] : ['unknown']),
	},
	{
		title: 'a refusal that repeats the request',
		rule: { kind: 'echo', status: 401 },
		timeout: 20,
		expected: () => ['failed'],
	},
	{
		title: 'connection refused',
		rule: undefined,
		timeout: 3,
		expected: () => ['failed'],
	},
];

interface HostOperation {
	scenario: Scenario;
	flow: HostFlow;
	/** The request to hit. */
	path: string;
}

/** As many executions as n8n runs at once here without much waiting for each other. */
const AT_ONCE = 6;

/** Every operation under every class, on n8n itself; the sandbox's ledger is the judge. */
export async function checkOperations(
	stage: Stage,
	credentials: Credential[],
	checks: Checks,
): Promise<void> {
	const { rest } = stage.n8n;
	const scenarios = allScenarios().filter(
		({ node, options, parameters, asksNoVendor }) =>
			node !== 'twTrigger' &&
			!asksNoVendor &&
			// Its request is an empty object, which nothing tells from another execution's
			!(node === 'tdOrderEvent' && parameters['operation'] === 'checkContract') &&
			!options['checkExisting'] &&
			options['delivery'] !== 'event-at-most-once',
	);
	const operations = await checks.check(
		`each of the ${scenarios.length} operations runs without a fault`,
		async () => {
			const made: HostOperation[] = [];
			for (const scenario of scenarios) made.push(await ready(stage, scenario, credentials));
			return made;
		},
	);
	if (!operations) return;

	for (const each of classes) {
		if (!each.rule) await moveAway(stage);
		await checks.check(
			`${each.title}: ${operations.length} operations tell the truth`,
			async () => {
				const found: string[] = [];
				const queue = [...operations];
				const worker = async () => {
					for (let next = queue.shift(); next; next = queue.shift()) {
						found.push(...(await judge(stage, next, each)));
					}
				};
				await Promise.all(Array.from({ length: AT_ONCE }, worker));
				expect(found.length === 0, found.join('\n'));
			},
		);
		stage.sandbox.clearFaults();
	}
	await saveSandboxCredentials(rest, stage.sandbox);
}

/** The credentials lead to where nobody listens, until they are saved anew. */
async function moveAway({ n8n, sandbox }: Stage): Promise<void> {
	const baseUrl = await refusedUrl();
	const { twApi, tdApi } = credentialData(sandbox);
	await n8n.rest.saveCredential('TW Sandbox', 'twApi', { ...twApi, baseUrl });
	await n8n.rest.saveCredential('TD Sandbox', 'tdApi', { ...tdApi, baseUrl });
}

async function ready(
	stage: Stage,
	scenario: Scenario,
	credentials: Credential[],
): Promise<HostOperation> {
	const { rest } = stage.n8n;
	// What the item has in the matrix, the webhook's body has here.
	const parameters = JSON.parse(
		JSON.stringify({
			...scenario.parameters,
			options: {
				...scenario.options,
				timeout: '={{ $json.timeout }}',
				// Marks each request, so that a fault hits this one's.
				extraFields: '={{ JSON.stringify({ marker: $json.name }) }}',
			},
		}).replaceAll('$json.', '$json.body.'),
	) as IDataObject;
	const node = {
		name: 'Operation',
		type: `n8n-nodes-tw-td.${scenario.node}`,
		typeVersion: 1,
		parameters,
	};
	const flow = await createFlow(rest, scenario.title, [node], credentials);
	const operation = { scenario, flow, path: '' };
	const { name } = await start(stage, operation, 30);
	const { failure } = await nextExecution(rest, flow, new Set());
	expect(!failure, `${scenario.title}: ${failure?.message} ${failure?.description}`);
	const marked = stage.sandbox
		.ledger()
		.requests.filter(
			({ body, headers }) => body.includes('"marker"') && body.includes(name) && headers,
		);
	const path = scenario.effectPath ?? marked[0]?.path;
	expect(path !== undefined, `${scenario.title} sent nothing that could be hit`);
	return { ...operation, path };
}

let runs = 0;

async function start(
	{ sandbox }: Stage,
	{ scenario, flow, path }: HostOperation,
	timeout: number,
	rule?: FaultRule,
): Promise<{ name: string; props: IDataObject & { name: string } }> {
	const name = `H-${++runs}-H`;
	const props = await scenario.prepare(sandbox, name);
	if (rule) sandbox.fault({ ...rule, path: `^${path}$`, bodyIncludes: name });
	await post(flow.webhook, { ...props, timeout });
	return { name, props };
}

async function judge(
	stage: Stage,
	operation: HostOperation,
	{ rule, timeout, expected }: FaultClass,
): Promise<string[]> {
	const { scenario, flow } = operation;
	const known = await executionIds(stage.n8n.rest, flow);
	const { name, props } = await start(stage, operation, timeout, rule);
	const { failure } = await nextExecution(stage.n8n.rest, flow, known);
	const ledger = stage.sandbox.ledger();
	const sent = ledger.requests.filter(
		({ path, body }) => path === operation.path && body.includes(name),
	);
	const found = objections({
		kind: scenario.kind,
		atMostOnce: false,
		said: failure ?? {},
		effects: scenario.effects(ledger, props),
		sends: sent.length,
		expected: scenario.tells ? ['succeeded'] : expected(scenario),
	});
	// A class whose fault did not strike would prove nothing.
	if (rule && !sent.some(({ fault }) => fault === rule.kind))
		found.push('the fault did not strike');
	return found.length === 0 ? [] : [`${scenario.title}: ${heldAgainst(failure ?? {}, found)}`];
}
