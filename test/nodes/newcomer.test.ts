/**
 * The ten most usual mistakes of a newcomer, and what the nodes say: a table of docs/troubleshooting.md.
 * `UPDATE_PAGES=1 npm test -- test/nodes/newcomer` writes it; then read the difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { complaint } from '../observed';
import { channel, toAddress } from '../operations/order';
import { type Bench, createParameters, useBench, withCredential } from '../support';
import { neutralEvent } from '../unit/shops/neutral';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

type Run = Parameters<Bench['run']>;

const create = (parameters: INodeParameters = {}, item: IDataObject = {}): Run => [
	'twOrder',
	createParameters({ waitForCompletion: false, ...parameters }),
	[{ no: 'ORD-0001', ...item }],
];
const label: Run = [
	'twLabel',
	{ operation: 'download', specifyOrders: 'each', no: '={{ $json.no }}' },
	[{ no: 'ORD-0001' }],
];
const ship = (parameters: INodeParameters): Run => [
	'tdOrderEvent',
	{
		operation: 'order_ship',
		order_id: 'ORD-0001',
		session_id: 'visit-1',
		account_id: 'buyer-1',
		terminal_ip: '210.20.10.33',
		...parameters,
	},
	[{}],
];
const fromShop = (changes: object): Run => [
	'twOrder',
	{
		operation: 'create',
		waitForCompletion: false,
		specifyOrder: 'shop',
		...channel('UA'),
		weightUnit: 'kg',
		boxLength: 30,
		boxWidth: 20,
		boxHeight: 10,
	},
	[neutralEvent(changes)],
];
const withTw = ([node, parameters, items]: Run, members: IDataObject): Run => [
	node,
	parameters,
	items,
	withCredential(bench, 'twApi', members),
];

/** What was done, and a run in which it is done; a run before it where one is needed. */
const MISTAKES: Array<[what: string, run: () => Run, before?: () => Promise<unknown>]> = [
	['The API Token of the credential is wrong', () => withTw(create(), { apiToken: 'wrong' })],
	[
		'The Base URL of the credential has a path',
		() => withTw(create(), { baseUrl: `${bench.sandbox.tw.baseUrl}/api/v2` }),
	],
	['An expression gives nothing', () => create({ no: '={{ $json.order_number }}' })],
	[
		"The box's weight is left empty",
		() =>
			create({ boxes: { item: [{ number: 1, weight: '', length: 20, width: 20, height: 20 }] } }),
	],
	[
		'The country is misspelled',
		() => create({ ...toAddress, consignee_countryCode: 'Untied States' }),
	],
	[
		'TW refuses the channel for this parcel',
		() => create({ ...channel('FAIL-2'), waitForCompletion: true }),
	],
	[
		'The label is asked for too early',
		() => label,
		async () => {
			bench.sandbox.set({ stateStepMs: 3_600_000 });
			await bench.run(...create());
		},
	],
	['The label of an unknown number is asked for', () => label],
	["The shop's order has no address", () => fromShop({ ship_to: null })],
	['A date is written as one is used to', () => ship({ event_time: '31/12/2026' })],
];

const PAGE = join(__dirname, '..', '..', 'docs', 'troubleshooting.md');
const REGION = /(<!-- mistakes: [^>]*-->)([\s\S]*?)(<!-- \/mistakes -->)/;
const cell = (text: string) => text.replaceAll('\n', ' ').replaceAll('|', '\\|').trim();
/** The sandbox stands where TW's address would, and no two requests have one ID. */
const neutral = (text: string) =>
	text
		.replaceAll(bench.sandbox.tw.baseUrl, 'https://tw.example.com')
		.replace(/ \(request_id [0-9a-f-]+\)/, '');

it('each mistake has its message, as the page shows it', async () => {
	const rows: string[][] = [];
	for (const [what, run, before] of MISTAKES) {
		await bench.sandbox.reset();
		await before?.();
		const { message, description } = complaint(await bench.run(...run()));
		bench.sandbox.set({ stateStepMs: 0 });
		rows.push([what, `\`${message}\``, description].map(neutral).map(cell));
	}
	const head = ['What was done', 'What the node says', 'What it says to do'];
	const rule = head.map(() => '---');
	const table = [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	if (process.env['UPDATE_PAGES']) {
		const page = readFileSync(PAGE, 'utf8');
		const written = page.replace(REGION, (_all, from: string, _table, to: string) =>
			[from, table, to].join('\n\n'),
		);
		writeFileSync(PAGE, written);
	}
	const [, , shown = ''] = REGION.exec(readFileSync(PAGE, 'utf8'))!;
	const cellsOf = (line: string) =>
		line
			.split(/(?<!\\)\|/)
			.slice(1, -1)
			.map((text) => text.trim());
	expect(shown.trim().split('\n').slice(2).map(cellsOf)).toEqual(rows);
});
