/**
 * What the editor shows of an output before the first run is what really comes out: each operation and
 * each event of a trigger is run, and no member of its items is missing in its preview.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/v4';
import { TwApi } from '../../credentials/TwApi.credentials';
import { differences } from '../../lib/contract/outline';
import { TwTrigger } from '../../nodes/TwTrigger/TwTrigger.node';
import { misfits, offerOf } from '../../scripts/misfits';
import { outputPreviews, type Preview } from '../../scripts/output-previews';
import { poll } from '../engine/harness';
import { outputOf } from '../observed';
import { QUICK } from '../pace';
import { forecast } from '../sandbox/client';
import { nodes, useBench } from '../support';
import { type Row, rows as listed } from './list';
import { goodItems } from './row';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const previews = outputPreviews();
const folderOf = (node: string) => node.charAt(0).toUpperCase() + node.slice(1);

/** The good rows of every operation, as their settings are by default. */
const simplified: Record<string, INodeParameters> = { 'twInvoice getAll': { simplify: true } };
const rows = listed.map((row): [string, Row] => [
	row.title,
	{ ...row, parameters: { ...row.parameters, ...simplified[row.title] } },
]);

const run = async (
	{ node, operation, parameters }: Row,
	items: IDataObject[],
	more: INodeParameters = {},
) => outputOf(await bench.run(node, { operation, ...parameters, ...more }, items));
const theRow = (title: string) => rows.find(([name]) => name === title)![1];

it('there is a preview of every operation that the panels offer, and of every trigger', () => {
	const panels = Object.entries(nodes).flatMap(([node, { description }]) => {
		const { options = [] } = description.properties.find(({ name }) => name === 'operation')!;
		const values = options.map((option) => String('value' in option && option.value));
		return values.map((value) => `${folderOf(node)}/__schema__/v1.0.0/${value}`);
	});
	const { n8n } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
		n8n: { nodes: string[] };
	};
	const triggers = n8n.nodes.flatMap((file) => {
		const [, folder] = /nodes\/(\w+Trigger)\//.exec(file) ?? [];
		return folder ? [`${folder}/__schema__/v1.0.0`] : [];
	});
	const expected = [...panels, ...triggers].map((path) => `nodes/${path}.json`);
	expect([...previews.keys()].sort()).toEqual(expected.sort());
});

const TYPES = 'string number integer boolean null object array'.split(' ');

it.each([...previews])(
	'%s has the words alone that n8n reads, and members to drag',
	(_path, preview) => {
		const words = new Set<string>();
		const visit = ({ type, properties, items, ...others }: Partial<Preview>) => {
			for (const word of Object.keys(others)) words.add(word);
			const types = [type].flat();
			expect(types.filter((each) => !TYPES.includes(each!))).toEqual([]);
			// Of a list of types n8n shows the first: it must not be "null"
			expect(types[0]).not.toBe('null');
			for (const member of Object.values(properties ?? {})) visit(member);
			if (items) visit(items);
		};
		visit(preview);
		expect(['required', 'version']).toEqual(expect.arrayContaining([...words]));
		expect(preview.type).toBe('object');
		expect(Object.keys(preview.properties!).length).toBeGreaterThan(0);
	},
);

describe.each(rows)('%s', (_key, row) => {
	it('puts out what its preview shows, and nothing else', async () => {
		const items = await run(row, await goodItems(bench, row));
		expect(items.length).toBeGreaterThan(0);
		expect(misfits(items, offerOf(row.node, row.operation).output.usual)).toEqual([]);
	});
});

describe('with other settings', () => {
	const other: Array<[string, INodeParameters]> = [
		['twOrder get', { simplify: false }],
		['twOrder getFee', { split: true }],
		['twInvoice getAll', { simplify: false }],
	];
	it.each(other)('%s puts out what it describes', async (key, parameters) => {
		const row = theRow(key);
		const items = await run(row, await goodItems(bench, row), parameters);
		expect(items.length).toBeGreaterThan(0);
		expect(misfits(items, offerOf(row.node, row.operation).output.otherwise!)).toEqual([]);
	});
});

describe('orders that were not simply accepted', () => {
	const check = async (parameters: INodeParameters, outcome: object) => {
		const items = await run(theRow('twOrder create'), [{ name: 'A' }], parameters);
		expect(items).toEqual([expect.objectContaining(outcome)]);
		expect(misfits(items, offerOf('twOrder', 'create').output.usual)).toEqual([]);
	};

	it('not waited for', async () =>
		await check({ waitForCompletion: false }, { outcome: 'accepted' }));

	it('found at TW', async () => {
		await forecast(bench.sandbox, 'A');
		await check({ options: { checkExisting: true } }, { existing: true });
	});

	it('recovered', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: '/api/v2/orderForecast', times: 1 });
		await check({}, { recovered: true });
	});
});

it('what the register remembers', async () => {
	await run(theRow('twOrder create'), [{ name: 'A' }]);
	const parameters = { operation: 'getManyRemembered', state: 'all', returnAll: true };
	const items = outputOf(await bench.run('twOrder', parameters, [{}]));
	expect(items).toHaveLength(1);
	expect(misfits(items, offerOf('twOrder', 'getManyRemembered').output.usual)).toEqual([]);
});

describe('TW Trigger', () => {
	/** One for all events: n8n can't tell them apart. */
	const preview = previews.get('nodes/TwTrigger/__schema__/v1.0.0.json')!;
	const events: Array<[string, () => Promise<IDataObject>]> = [
		['lowBalance', async () => ({ threshold: 1e9 })],
		['newInvoice', async () => ({ id: bench.sandbox.issueBill() })],
		['orderFinal', async () => ({ orders: (await forecast(bench.sandbox, 'A')) && 'A' })],
		['orderFinal', async () => ({ orders: await forecast(bench.sandbox, 'A') })],
	];

	it.each(events)('%s', async (event, prepare) => {
		const parameters = { event, ...(await prepare()) } as INodeParameters;
		const { items } = await poll(new TwTrigger(QUICK), {
			parameters,
			credentials: bench.credentials,
			credentialTypes: [new TwApi()],
			mode: 'manual',
		});
		expect(items?.length).toBe(1);
		const found = items!.map(({ json }) => json);
		expect(misfits(found, offerOf('twTrigger', event).output.usual)).toEqual([]);
		expect([...differences(found[0], preview).unknown]).toEqual([]);
	});
});

describe('the search for misfits finds', () => {
	const output = () =>
		z.looseObject({ a: z.object({ b: z.string() }), c: z.array(z.object({ d: z.number() })) });
	const good = { a: { b: '' }, c: [{ d: 1 }] };

	it.each([
		['nothing in a good one', good, []],
		['a member', { ...good, e: 1 }, ['e is not described']],
		['a member within', { ...good, c: [{ d: 1 }, { d: 1, e: 1 }] }, ['c[].e is not described']],
		['another type', { ...good, a: { b: 1 } }, [expect.stringContaining('a.b: ')]],
		['one that is gone', { a: { b: '' } }, [expect.stringContaining('c: ')]],
	])('%s', (_what, item, found) => expect(misfits([item], output)).toEqual(found));
});
