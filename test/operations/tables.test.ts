/**
 * What comes out as n8n's table shows it: a column for each member, in the order of the first item. A person
 * looks for what it is about, what became of it, its tracking number, price and channel; the vendor's own ids
 * stand last, and nothing stands in a column of nulls.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TwApi } from '../../credentials/TwApi.credentials';
import { TwTrigger } from '../../nodes/TwTrigger/TwTrigger.node';
import { shapeOf } from '../../lib/base/shape';
import { offerOf } from '../../scripts/misfits';
import { poll } from '../engine/harness';
import { outputOf } from '../observed';
import { QUICK } from '../pace';
import { forecast } from '../sandbox/client';
import { useBench } from '../support';
import { list, type Listed } from './list';
import { goodItems } from './row';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ stateStepMs: 0, labelShape: 'url' });
});

type Items = Array<Record<string, unknown>>;

/** The first columns of each operation's items, and the last ones. */
const COLUMNS: Record<string, [first: string, last: string]> = {
	'twOrder create': ['outcome no tracking_number charge_total_amount currency', 'request_id'],
	'twOrder buyCheapest': [
		'outcome no tracking_number charge_total_amount currency channel quoted_price',
		'request_id',
	],
	'twOrder quote': ['no channel price currency', 'price_source data'],
	'twOrder delete': ['outcome no removal', 'response'],
	'twOrder get': ['no state tracking_number charge_total_amount charge_amount currency', 'status'],
	'twOrder get, in full': [
		'no state tracking_number charge_total_amount charge_amount currency',
		'status children',
	],
	'twOrder getFee': ['tracking_number total currency', 'discounts charges'],
	'twOrder getFee, split': ['tracking_number kind name amount currency', 'box_tracking_number'],
	'twOrder getChannels': ['name code', ''],
	'twOrder getManyRemembered': ['no state channel', 'request_id'],
	'twOrder getStatus': ['no phase status_text', 'request_id'],
	'twLabel download': ['no documents', ''],
	'twLabel getUrl': ['no url', ''],
	'twBag create': ['outcome bag_no nos', 'response'],
	'twBag delete': ['outcome bag_no', 'response'],
	'twBag get': ['bag_no status', 'orders'],
	'twBag review': ['outcome bag_no', 'response'],
	'twInvoice getAll': ['code bill_at bill_price currency', 'id'],
	'twInvoice getAll, in full': ['code bill_at bill_price currency', 'id'],
	'twInvoice getLines': ['no tracking_number fee_name value currency product_name', 'id'],
	'twBalance get': ['balance currency', ''],
	'twBalance checkContract': ['endpoint result finding advice', ''],
	'tdOrderEvent checkContract': ['endpoint result finding advice', 'report'],
	'tdOrderEvent reportShopEvent': ['outcome event_type order_id', 'code sequence_id'],
	'twTrigger lowBalance': ['balance currency threshold', ''],
	'twTrigger newInvoice': ['code bill_at bill_price currency', 'id'],
	'twTrigger orderFinal': ['outcome no tracking_number', ''],
};
/** Those of every event. */
const EVENT: [string, string] = ['outcome event_type order_id', 'code sequence_id'];

const SIMPLIFIED: Record<string, INodeParameters> = { 'twInvoice getAll': { simplify: true } };

const OTHERWISE: Array<[title: string, how: string, more: INodeParameters]> = [
	['twOrder get', 'in full', { simplify: false }],
	['twOrder getFee', 'split', { split: true }],
	['twInvoice getAll', 'in full', { simplify: false }],
];

const entryOf = (title: string) => list.find((one) => one.title === title)!;
const cases: Array<[title: string, entry: Listed, more: INodeParameters]> = [
	...list.map((one): (typeof cases)[0] => [one.title, one, SIMPLIFIED[one.title] ?? {}]),
	...OTHERWISE.map(([title, how, more]): (typeof cases)[0] => [
		`${title}, ${how}`,
		entryOf(title),
		more,
	]),
];

/** The items that come out for good input. */
async function itemsOf(entry: Listed, more: INodeParameters): Promise<Items> {
	const parameters = { ...entry.parameters, ...more };
	const items = await goodItems(bench, entry);
	if (entry.node === 'twTrigger') return await polled(entry.operation, parameters, items[0]);
	// What is listed of the register must have been sent
	if (entry.asksNoVendor) await run(entryOf('twOrder create'), [{ name: 'A' }]);
	return await run(entry, items, parameters);
}

const run = async (
	{ node, operation, parameters }: Listed,
	items: IDataObject[],
	more: INodeParameters = {},
): Promise<Items> =>
	outputOf(await bench.run(node as 'twOrder', { operation, ...parameters, ...more }, items));

async function polled(event: string, parameters: INodeParameters, { name }: IDataObject) {
	if (event === 'newInvoice') bench.sandbox.issueBill();
	const orders = event === 'orderFinal' ? { orders: name as string } : {};
	const { items } = await poll(new TwTrigger(QUICK), {
		parameters: { event, ...parameters, ...orders },
		credentials: bench.credentials,
		credentialTypes: [new TwApi()],
		mode: 'manual',
	});
	return items!.map(({ json }) => json);
}

const wordsOf = (text: string) => text.split(' ').filter(Boolean);

describe.each(cases)('%s', (title, entry, more) => {
	it('shows what a person looks for first, and technical ids last', async () => {
		const items = await itemsOf(entry, more);
		expect(items.length).toBeGreaterThan(0);
		const names = Object.keys(items[0]!);
		const [first, last] = (COLUMNS[title] ?? EVENT).map(wordsOf) as [string[], string[]];
		expect(names.slice(0, first.length)).toEqual(first);
		expect(last.length > 0 ? names.slice(-last.length) : []).toEqual(last);
		expect(typeof items[0]![names[0]!]).not.toBe('object');
	});

	it('has no column of nulls', async () => {
		// Without Simplify it is TW's answer as it came
		if (title === 'twOrder get, in full') return;
		for (const item of await itemsOf(entry, more)) {
			expect(Object.entries(item).filter(([, value]) => value === null)).toEqual([]);
		}
	});

	it('has the columns in the order in which the editor shows them before the first run', async () => {
		const { usual, otherwise } = offerOf(entry.node, entry.operation).output;
		const schema = title.includes(', ') ? otherwise! : usual;
		const shown = Object.keys(shapeOf(schema()).properties!);
		for (const item of await itemsOf(entry, more)) {
			const known = Object.keys(item).filter((name) => shown.includes(name));
			expect(known).toEqual(shown.filter((name) => known.includes(name)));
		}
	});
});

describe('what the vendor does not give is left out', () => {
	const namesOf = ([item]: Items) => Object.keys(item!);

	it('of an order that is not completed', async () => {
		bench.sandbox.set({ stateStepMs: 3_600_000 });
		await forecast(bench.sandbox, 'A');
		const items = outputOf(await bench.run('twOrder', { operation: 'get', no: 'A' }, [{}]));
		const names = namesOf(items);
		expect(items[0]!['state']).toBe('not completed yet');
		expect(names).toEqual(expect.arrayContaining(['currency', 'tracking_numbers']));
		expect(names).not.toContain('tracking_number');
		expect(names).not.toContain('removed_at');
	});

	it('of a channel that TW refuses, and of one that it takes', async () => {
		const channels = ['UA', 'FAIL-6'];
		const items = await run(entryOf('twOrder quote'), [{ name: 'A' }], { channels });
		const [taken, refused] = items.map((item) => namesOf([item]));
		expect(taken).toEqual(wordsOf('no channel price currency price_text price_source data'));
		expect(refused).toEqual(expect.arrayContaining(['refused']));
		expect(refused).not.toEqual(expect.arrayContaining(['price']));
	});

	it('of a label that comes without an address', async () => {
		bench.sandbox.set({ labelShape: 'base64' });
		await forecast(bench.sandbox, 'A');
		const items = outputOf(await bench.run('twLabel', { operation: 'getUrl' }, [{ no: 'A' }]));
		expect(items).toEqual([{ no: 'A', urls: [], inline: 1 }]);
	});
});

describe("the channel's name", () => {
	const titles = ['twOrder quote', 'twOrder buyCheapest'];

	it.each(titles)('stands before its code where TW has listed the channels: %s', async (title) => {
		const items = await run(entryOf(title), [{ name: 'A' }], { channels: [] });
		const asked = bench.sandbox.ledger().requests.filter(({ path }) => /getProduct$/.test(path));
		expect(asked).toHaveLength(1);
		for (const item of items) {
			const names = Object.keys(item);
			expect(item['channel_name']).toMatch(/^(美东|美西|UPS|T86) /);
			expect(names[names.indexOf('channel_name') + 1]).toBe('channel');
		}
	});

	it.each(titles)('is not asked for: %s', async (title) => {
		const items = await run(entryOf(title), [{ name: 'A' }]);
		expect(JSON.stringify(items)).not.toContain('channel_name');
	});
});
