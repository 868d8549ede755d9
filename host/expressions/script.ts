import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inWords, type Report } from '../../test/expressions/comparison';
import { forms, jsonItem, NODES, tidyItem } from '../../test/expressions/forms';
import { adversarialGroups, groups } from '../../test/expressions/joined-forms';
import { type Case, storedOf } from '../../test/expressions/kinds';
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

const ITEMS = { tidy: 200, any: 40, seed: 2026 };
/** Every item is compared with every form, but these cost an evaluation of each expression twice. */
const LIMITS = { groups: 200, adversarial: 24 };
const MINUTES = 40;
const PROBE = 'Expression Probe';
const WEBHOOK = 'expressions';

/** The comparison in one n8n after the other, one for each engine. */
export async function expressionChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
): Promise<void> {
	const { tidy, any, seed } = ITEMS;
	const items = [
		...fc.sample(tidyItem, { numRuns: tidy, seed }),
		...fc.sample(jsonItem, { numRuns: any, seed }),
	];
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
	const { direct, joined, adversarial, spoilt } = outcome;
	tell('resolved directly', direct);
	tell('evaluated together', joined);
	tell('evaluated together with what must not be', adversarial);
	await checks.check(`${engine}: it is the engine that evaluates`, () =>
		expectEqual('engine', outcome.engine, engine),
	);
	await checks.check(`${engine}: every value resolved directly is the one that n8n gives`, () =>
		checkReport(direct, forms, { compared: 100_000, left: 20_000 }),
	);
	await checks.check(`${engine}: every value evaluated with others is the one that n8n gives`, () =>
		checkReport(joined, groups, { compared: 50_000, left: 4_000 }),
	);
	await checks.check(`${engine}: the same beside what has effects or is no expression`, () =>
		checkReport(adversarial, adversarialGroups, { compared: 50_000, left: 4_000 }),
	);
	await checks.check(`${engine}: a resolver and a list that are wrong would be noticed`, () => {
		expect(spoilt.direct.mismatches > 0, 'the comparison passes whatever is resolved');
		expect(spoilt.joined.mismatches > 0, 'the comparison passes whatever a list brings');
	});
}

function tell(what: string, { compared, left, unrecognised, mismatches, time }: Report): void {
	const all = compared + left + unrecognised;
	const each = (milliseconds: number) => `${((milliseconds * 1000) / all).toFixed(1)} µs`;
	console.log(
		`    ${all} cases: ${compared} ${what} and compared, ${left} left to n8n, ` +
			`${unrecognised} not of a form we read; ${mismatches} mismatches. ` +
			`n8n takes ${each(time.n8n)} for one, we ${each(time.ours)}`,
	);
}

function checkReport(
	report: Report,
	cases: ReadonlyArray<Case<unknown>>,
	least: Pick<Report, 'compared' | 'left'>,
): void {
	expect(report.mismatches === 0, inWords(report, cases).join('\n'));
	expect(report.compared > least.compared && report.left > least.left, 'too few cases');
}

async function runComparison(n8n: N8n): Promise<Outcome> {
	const workflow = await n8n.rest.createWorkflow(comparisonFlow());
	await n8n.rest.activate(workflow);
	const webhook = `${n8n.url}/webhook/${WEBHOOK}`;
	await webhookListens(webhook);
	const answer = await fetch(webhook, { method: 'POST' });
	expect(answer.ok, `the webhook answers HTTP ${answer.status}`);
	const { id, status } = await lastExecution({ n8n }, workflow, { seconds: MINUTES * 60 });
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
			...[NODES.settings, NODES.umlaut, NODES.odd, NODES.never].map((name) =>
				node(name, `${PROOF_PACKAGE}.expressionSettings`),
			),
			node(NODES.items, `${PROOF_PACKAGE}.expressionItems`),
			node(NODES.pairs, `${PROOF_PACKAGE}.expressionPairs`),
			node(PROBE, `${PROOF_PACKAGE}.expressionProbe`, {
				forms: storedOf(forms),
				groups: storedOf(groups),
				adversarial: storedOf(adversarialGroups),
				limits: LIMITS,
			}),
		],
		connections: {
			Webhook: to(NODES.settings),
			[NODES.settings]: to(NODES.umlaut),
			[NODES.umlaut]: to(NODES.odd),
			[NODES.odd]: to(NODES.items),
			[NODES.items]: to(NODES.pairs),
			[NODES.pairs]: to(PROBE),
		},
		settings: { executionOrder: 'v1' },
	};
}
