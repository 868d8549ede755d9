/** What holds for every operation: good output, refusals, required fields, Continue on Fail, pairing. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { bodiesTo, complaint, EVENT, outputOf, requestsTo } from '../observed';
import { nodes, useBench } from '../support';
import { list, type Row, rowOf, rows } from './list';
import { complaints, emptyWhereBad, goodItems, marked } from './row';
import { bodyOf, eventTypes } from './td';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

/** Operations that ask the register alone, or a vendor for its answers themselves: with tests of their own. */
const OTHERWISE =
	'twOrder getManyRemembered, twBalance checkContract, tdOrderEvent checkContract'.split(', ');

const run = async (row: Row, parameters: INodeParameters, items: IDataObject[], more = {}) =>
	await bench.run(row.node, { operation: row.operation, ...parameters }, items, more);

/** Additional fields that aim a fault at one item, beside the options the row has. */
const withMark = ({ parameters }: Row): INodeParameters => ({
	...parameters,
	options: { ...(parameters['options'] as object), ...(marked['options'] as object) },
});

/** TW's and TD's own way to say no, for requests that hold a text. */
function refuse({ node, path }: Row, bodyIncludes = ''): { words: string; code: number } {
	const code = node === 'tdOrderEvent' ? 9002 : 4711;
	const words = node === 'tdOrderEvent' ? 'order_id check error' : 'No such street';
	const body = JSON.stringify({ code, message: words, data: null, sequence_id: 'SEQ-1' });
	bench.sandbox.fault({ kind: 'rawBody', path: `${path}$`, bodyIncludes, status: 400, body });
	return { words, code };
}

it('knows every operation of every node', () => {
	const shown = Object.entries(nodes).flatMap(([node, { description }]) => {
		const operations = description.properties.find(({ name }) => name === 'operation')?.options;
		return (operations ?? []).map((each) => `${node} ${String('value' in each && each.value)}`);
	});
	const actions = list.filter(({ node }) => node !== 'twTrigger');
	expect(actions.map(({ title }) => title).sort()).toEqual(shown.sort());
	expect(actions.flatMap(({ title, expected }) => (expected ? [] : [title]))).toEqual(OTHERWISE);
});

describe.each(rows.map((row) => [row.title, row] as const))('%s', (_title, row) => {
	it('puts out what the vendor holds, member for member, each paired with its item', async () => {
		const items = await goodItems(bench, row);
		const done = await run(row, row.parameters, items);
		const output = outputOf(done);
		const sent = bodiesTo(bench.sandbox, row.path) as IDataObject[];
		const expected: unknown[] = [];
		const pairs: unknown[] = [];
		for (const [i, item] of items.entries()) {
			const own = sent.find((body) => JSON.stringify(body).includes(JSON.stringify(item.name)));
			const records = [await row.expected(bench.sandbox, item, own ?? {})].flat();
			expect(records.length).toBeGreaterThan(0);
			expected.push(...records);
			pairs.push(...records.map(() => ({ item: i })));
		}
		expect(output).toEqual(expected);
		expect(done.items.map(({ pairedItem }) => pairedItem)).toEqual(pairs);
	});

	it("carries the vendor's refusal: its words and its code", async () => {
		const items = await goodItems(bench, row);
		const before = bench.sandbox.ledger().requests.length;
		const { words, code } = refuse(row);
		const done = await run(row, row.parameters, items.slice(0, 1));
		if (row.refusal) {
			const output = outputOf(done);
			expect(output.length).toBeGreaterThan(0);
			for (const item of output) {
				expect(item['refused']).toContain(words);
				expect(item).not.toHaveProperty('price');
			}
			return;
		}
		expect(done.error).toBeInstanceOf(NodeApiError);
		expect(complaint(done).message).toContain(words);
		expect(complaint(done).message).toContain('[Item 0]');
		expect(complaint(done).description).toContain(`code ${code}`);
		expect(done.items).toEqual([]);
		const asked = bench.sandbox.ledger().requests.slice(before);
		expect(asked.filter(({ path }) => path === row.path)).toHaveLength(1);
	});

	it.each(complaints(row))('refuses an empty %s: %s', async (place, problem) => {
		const items = await goodItems(bench, row);
		const before = bench.sandbox.ledger().requests.length;
		const bad = { ...items[1], bad: true };
		const done = await run(row, emptyWhereBad(row.parameters, place), [items[0], bad]);
		expect(done.error).toBeInstanceOf(NodeOperationError);
		expect(complaint(done).message).toContain(problem);
		expect(complaint(done).message).toContain('[Item 1]');
		expect((done.error as NodeOperationError).context['itemIndex']).toBe(1);
		expect(complaint(done).description).toContain('Nothing was sent');
		expect(bench.sandbox.ledger().requests).toHaveLength(before);
	});

	it('with Continue on Fail tells good, bad and refused apart, in order and paired', async () => {
		const [first, second, third] = await goodItems(bench, row);
		const { words, code } = refuse(row, 'REFUSED-MARK');
		const items = [
			{ ...first, mark: 'GOOD-MARK' },
			{ ...second, mark: 'BAD-MARK', bad: true },
			{ ...third, mark: 'REFUSED-MARK' },
		];
		const [place, problem] = complaints(row)[0]!;
		const why = problem.endsWith('is empty') ? ': its expression gives nothing for this item' : '';
		const parameters = emptyWhereBad(withMark(row), place);
		const done = await run(row, parameters, items, { onError: 'continueRegularOutput' });
		const pairs = done.items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
		const [good, bad, refused] = [0, 1, 2].map((item) =>
			outputOf(done).filter((_json, i) => pairs[i] === item),
		) as [IDataObject[], IDataObject[], IDataObject[]];

		expect(pairs).toEqual([...good.map(() => 0), ...bad.map(() => 1), ...refused.map(() => 2)]);
		expect(good.length).toBeGreaterThan(0);
		for (const json of good) {
			expect(json).not.toHaveProperty('error');
			expect(json).not.toHaveProperty('refused');
		}
		expect(bad).toEqual([
			{
				error: expect.stringContaining(`${problem}${why} [Item 1]`) as unknown,
				message: expect.stringContaining('Nothing was sent for this item') as unknown,
				...(row.kind !== 'read' ? { outcome: 'failed' } : {}),
				details: { kind: 'validation', item: 1 },
			},
		]);
		if (row.refusal) {
			for (const json of refused) expect(json['refused']).toContain(words);
		} else {
			expect(refused).toEqual([
				expect.objectContaining({
					error: expect.stringContaining(words) as unknown,
					details: expect.objectContaining({ item: 2, code }) as unknown,
				}),
			]);
		}
		// The added member reached the vendor with each request that left, and the bad item's did not.
		const left = requestsTo(bench.sandbox, row.path).map(({ body }) => body);
		expect(left.some((body) => body.includes('GOOD-MARK'))).toBe(true);
		expect(left.some((body) => body.includes('BAD-MARK'))).toBe(false);
	});
});

describe.each(eventTypes)('%s', (type) => {
	const row = rowOf(`tdOrderEvent ${type}`);
	const body = bodyOf(type, 'NX34');

	it('sends every documented field as documented', async () => {
		const done = await run(row, row.parameters, [{ name: 'NX34' }]);
		expect(outputOf(done)).toHaveLength(1);
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([body]);
	});

	it('makes the same body from JSON', async () => {
		const bodyJson = JSON.stringify({ ...body, event_type: undefined });
		const done = await run(row, { specifyBody: 'json', bodyJson }, [{}]);
		expect(outputOf(done)).toHaveLength(1);
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([body]);
	});
});
