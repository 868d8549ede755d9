/**
 * What we resolve directly or evaluate together is what n8n resolves, here in n8n-core's engine in
 * this process. The same comparison on real hosts, engine by engine: `npm run test:expressions`.
 */
import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DirectExpressions } from '../../../lib/expressions/direct-expression';
import { ParameterReader, shortcutsOf } from '../../../lib/expressions/parameters';
import { LEFT_TO_N8N } from '../../../lib/expressions/plain-json';
import { runFlow, stopEngine } from '../../engine/harness';
import { inWords } from '../../expressions/comparison';
import { forms, jsonItem, NODES, tidyItem } from '../../expressions/forms';
import { adversarialGroups, groups } from '../../expressions/joined-forms';
import { storedOf } from '../../expressions/kinds';
import {
	ExpressionItems,
	ExpressionPairs,
	ExpressionProbe,
	ExpressionSettings,
	type Outcome,
} from '../../expressions/nodes';

afterAll(stopEngine);

const ours = { DirectExpressions, ParameterReader, shortcutsOf, LEFT_TO_N8N };

/** Every so many of a long list: the whole of it is for the real hosts. */
const some = <One>(all: readonly One[], every: number) => all.filter((_, i) => i % every === 0);

const compared = {
	direct: some(forms, 13),
	joined: some(groups, 11),
	adversarial: some(adversarialGroups, 9),
};

async function compareSome(items: IDataObject[]): Promise<Outcome> {
	const parameters = {
		forms: storedOf(compared.direct),
		groups: storedOf(compared.joined),
		adversarial: storedOf(compared.adversarial),
		limits: { groups: 10, adversarial: 4 },
	} as unknown as INodeParameters;
	const run = await runFlow({
		items: [{}],
		nodes: [
			{ name: NODES.settings, node: new ExpressionSettings(), parameters: {} },
			{ name: NODES.umlaut, node: new ExpressionSettings(), parameters: {} },
			{ name: NODES.odd, node: new ExpressionSettings(), parameters: {} },
			{ name: NODES.items, node: new ExpressionItems(items), parameters: {} },
			{ name: NODES.pairs, node: new ExpressionPairs(), parameters: {} },
			{ node: new ExpressionProbe(ours, () => 'n8n-core'), parameters },
		],
	});
	expect([run.status, run.error?.message]).toEqual(['success', undefined]);
	return run.items[0]!.json as unknown as Outcome;
}

it('every value is the one that n8n gives, and a wrong one would be noticed', async () => {
	const items = [
		...fc.sample(tidyItem, { numRuns: 6, seed: 2026 }),
		...fc.sample(jsonItem, { numRuns: 3, seed: 2026 }),
	] as IDataObject[];
	const { direct, joined, adversarial, spoilt } = await compareSome(items);
	expect(inWords(direct, compared.direct)).toEqual([]);
	expect(inWords(joined, compared.joined)).toEqual([]);
	expect(inWords(adversarial, compared.adversarial)).toEqual([]);
	expect(direct.mismatches + joined.mismatches + adversarial.mismatches).toBe(0);
	expect(direct.compared).toBeGreaterThan(500);
	expect(direct.left).toBeGreaterThan(500);
	expect(direct.unrecognised).toBeGreaterThan(1_000);
	expect(joined.compared).toBeGreaterThan(200);
	expect(joined.left).toBeGreaterThan(200);
	expect(adversarial.compared).toBeGreaterThan(200);
	expect(spoilt.direct.mismatches).toBeGreaterThan(10);
	expect(spoilt.joined.mismatches).toBeGreaterThan(10);
}, 300_000);
