import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forms, jsonItem } from '../../test/expressions/forms';
import type { Outcome } from '../../test/expressions/nodes';
import { newOwner } from '../demo-state';
import { launchN8n, placePackage, signIn, type InstalledHost, type N8n } from '../n8n';
import { freePorts } from '../ports';
import type { WorkflowFile } from '../rest';
import type { Shutdown } from '../shutdown';
import type { Checks } from '../smoke/checks';
import { lastExecution } from '../smoke/executions';
import { expect, expectEqual } from '../smoke/expect';
import { webhookListens } from '../webhook';
import { placeProofPackage, PROOF_PACKAGE } from './proof-package';

/** The engines that N8N_EXPRESSION_ENGINE can name; before it there was only the first. */
const enginesOf = ({ version }: InstalledHost) =>
	version === '2.8.4' ? ['legacy'] : ['legacy', 'vm', 'quickjs'];

const ITEMS = { numRuns: 40, seed: 2026 };
const PROBE = 'Expression Probe';
const WEBHOOK = 'expressions';

/** The comparison in one n8n after the other, one for each engine. */
export async function expressionChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
): Promise<void> {
	const items = fc.sample(jsonItem, ITEMS);
	for (const engine of enginesOf(host)) {
		const userFolder = mkdtempSync(join(tmpdir(), 'n8n-expressions-'));
		shutdown.add(() => rmSync(userFolder, { recursive: true, force: true }));
		placePackage(host, userFolder);
		placeProofPackage(userFolder, items);
		const [port, brokerPort] = await freePorts([], []);
		const settings = { N8N_EXPRESSION_ENGINE: engine };
		const place = { userFolder, port, brokerPort, settings };
		const n8n = launchN8n(host, place, logFile);
		shutdown.add(() => n8n.process.stop());
		await checkEngine(n8n, engine, checks);
		await n8n.process.stop();
	}
}

async function checkEngine(n8n: N8n, engine: string, checks: Checks): Promise<void> {
	const outcome = await checks.check(`${engine}: the comparison runs to its end`, async () => {
		await signIn(n8n, newOwner('expressions@example.com'));
		return await runComparison(n8n);
	});
	if (!outcome) return;
	const { report, spoilt } = outcome;
	const { direct, left, unrecognised, mismatches, time } = report;
	const each = (milliseconds: number) => `${((milliseconds * 1000) / direct).toFixed(1)} µs`;
	console.log(
		`    ${direct + left + unrecognised} cases: ${direct} resolved directly and compared, ` +
			`${left} left to n8n for what the item holds, ${unrecognised} not of the form; ` +
			`${mismatches} mismatches. One costs n8n ${each(time.n8n)}, us ${each(time.direct)}`,
	);
	await checks.check(`${engine}: it is the engine that evaluates`, () =>
		expectEqual('engine', outcome.engine, engine),
	);
	await checks.check(`${engine}: every value is the one that n8n gives`, () => {
		expect(mismatches === 0, report.examples.join('\n'));
		expect(direct > 5_000 && left > 5_000, 'too few cases');
	});
	await checks.check(`${engine}: a resolver that is wrong would be noticed`, () =>
		expect(spoilt.mismatches > 0, 'the comparison passes whatever it is given'),
	);
}

async function runComparison(n8n: N8n): Promise<Outcome> {
	const workflow = await n8n.rest.createWorkflow(comparisonFlow());
	await n8n.rest.activate(workflow);
	const webhook = `${n8n.url}/webhook/${WEBHOOK}`;
	await webhookListens(webhook);
	const answer = await fetch(webhook, { method: 'POST' });
	expect(answer.ok, `the webhook answers HTTP ${answer.status}`);
	const { id, status } = await lastExecution({ n8n }, workflow, { seconds: 600 });
	const { resultData } = (await n8n.rest.executionData(id)) as {
		resultData: {
			error?: { message: string };
			runData: Record<string, Array<{ data: { main: Array<Array<{ json: Outcome }>> } }>>;
		};
	};
	expect(status === 'success', resultData.error?.message ?? status);
	const outcome = resultData.runData[PROBE]?.[0]?.data.main[0]?.[0]?.json;
	expect(outcome !== undefined, 'the probe put nothing out');
	return outcome;
}

function comparisonFlow(): WorkflowFile {
	const node = (name: string, type: string, parameters = {}, more = {}) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...more,
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		name: 'Expressions',
		nodes: [
			node(
				'Webhook',
				'n8n-nodes-base.webhook',
				{ httpMethod: 'POST', path: WEBHOOK },
				{ webhookId: WEBHOOK },
			),
			node('Expression Items', `${PROOF_PACKAGE}.expressionItems`),
			node(PROBE, `${PROOF_PACKAGE}.expressionProbe`, { forms }),
		],
		connections: { Webhook: to('Expression Items'), 'Expression Items': to(PROBE) },
		settings: { executionOrder: 'v1' },
	};
}
