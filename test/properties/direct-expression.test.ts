/**
 * What we resolve directly is what n8n resolves, here in n8n-core's engine in this process. The same
 * comparison on real hosts, engine by engine: `npm run test:expressions`.
 */
import fc from 'fast-check';
import { type IDataObject, type INodeParameters, isSafeObjectProperty } from 'n8n-workflow';
import * as direct from '../../lib/direct-expression';
import { runFlow, stopEngine } from '../engine/harness';
import { forms, jsonItem } from '../expressions/forms';
import { ExpressionItems, ExpressionProbe, type Outcome } from '../expressions/nodes';

afterAll(stopEngine);

async function compareAll(items: IDataObject[]): Promise<Outcome> {
	const run = await runFlow({
		items: [{}],
		nodes: [
			{ node: new ExpressionItems(items), parameters: {} },
			{
				node: new ExpressionProbe(direct, isSafeObjectProperty, () => 'n8n-core'),
				parameters: { forms } as unknown as INodeParameters,
			},
		],
	});
	expect([run.status, run.error?.message]).toEqual(['success', undefined]);
	return run.items[0]!.json as unknown as Outcome;
}

it('every value is the one that n8n gives, and a wrong one would be noticed', async () => {
	const items = fc.sample(jsonItem, { numRuns: 10, seed: 2026 }) as IDataObject[];
	const { report, spoilt } = await compareAll(items);
	expect(report.examples).toEqual([]);
	expect(report.mismatches).toBe(0);
	expect(report.direct).toBeGreaterThan(2_000);
	expect(report.left).toBeGreaterThan(2_000);
	expect(report.unrecognised).toBeGreaterThan(2_000);
	expect(spoilt.mismatches).toBeGreaterThan(10);
}, 300_000);

it('the value shares nothing with the item', () => {
	const json = { order: { list: [{ no: 1 }] } };
	const resolve = direct.compileDirect({ a: '={{ $json.order }}' }, isSafeObjectProperty);
	const value = resolve?.(json) as { a: typeof json.order };
	expect(value).toEqual({ a: json.order });
	value.a.list[0]!.no = 2;
	value.a.list.push({ no: 3 });
	expect(json).toEqual({ order: { list: [{ no: 1 }] } });
});
