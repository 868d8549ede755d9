/**
 * A dry run of every write and every event: nothing reaches the vendor, nothing is remembered, and what
 * it shows is what leaves without it, byte for byte.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { RequestEntry } from '../../sandbox';
import { CanaryScan, SECRETS } from '../faults/canaries';
import { allScenarios } from '../faults/scenarios';
import { ownEntries } from '../lib/register/places';
import { outputOf, requestsTo } from '../observed';
import { operations } from '../operations/all';
import { rows as listed } from '../operations/list';
import { goodItems } from '../operations/row';
import { type nodes, useBench } from '../support';
import { type Shown, withOptions } from './support';

const { apiToken, apiKey, partnerKey } = SECRETS;
const bench = useBench({
	credentials: { tw: { apiToken, apiKey, username: 'CANARY-user' }, td: { partnerKey } },
});
beforeEach(() => bench.sandbox.reset());

interface Tried {
	node: keyof typeof nodes;
	/** With the operation. */
	parameters: INodeParameters;
	path: string;
	items: () => Promise<IDataObject[]>;
}

/** In both the time of an event is given: the time of the run would be another in each. */
const EVENT_TIME = { event_time: '2026-01-01T00:00:00.000Z' };

const rows = listed
	.filter(({ kind }) => kind !== 'read')
	.map((row): [string, Tried] => [
		row.title,
		{
			node: row.node,
			parameters: { operation: row.operation, ...row.parameters },
			path: row.path,
			items: () => goodItems(bench, row),
		},
	]);
const scenarios = allScenarios()
	.filter(({ kind }) => kind !== 'read')
	.map(({ title, node, kind, parameters, options, prepare, effectPath }): [string, Tried] => [
		`${title}, as in the matrix`,
		{
			node: node as keyof typeof nodes,
			parameters: withOptions(parameters, {
				...options,
				...(kind === 'event' ? { extraFields: JSON.stringify(EVENT_TIME) } : {}),
			}),
			path: effectPath!,
			items: async () => [await prepare(bench.sandbox, 'N-1'), await prepare(bench.sandbox, 'N-2')],
		},
	]);

it('no write and no event is left out', () => {
	const tried = new Set(
		[...rows, ...scenarios].map(
			([, { node, parameters }]) => `${node} ${parameters['operation'] as string}`,
		),
	);
	const all = Object.entries(operations).flatMap(([node, list]) =>
		list.filter(({ kind }) => kind !== 'read').map(({ value }) => `${node} ${value}`),
	);
	expect([...tried].sort()).toEqual(all.sort());
});

/** One after the other, so that requests are in the order of the items. */
const inOrder = { concurrency: 1 };
/** Without prices the channel of Buy Cheapest is open; see buy-cheapest.test.ts. */
const asking = (parameters: INodeParameters): INodeParameters =>
	parameters['operation'] === 'buyCheapest' ? { quoteInDryRun: true } : {};

/** What HTTP itself adds. */
const OWN_TO_HTTP = ['host', 'connection', 'content-length', 'keep-alive'];

describe.each([...rows, ...scenarios])('%s', (_title, { node, parameters, path, items }) => {
	it('sends nothing, remembers nothing, and shows what leaves without it', async () => {
		const given = await items();
		const before = {
			requests: bench.sandbox.ledger().requests.length,
			entries: await ownEntries(),
		};

		const dry = withOptions(parameters, { ...inOrder, dryRun: true, ...asking(parameters) });
		const tried = await bench.run(node, dry, given);
		const shown = outputOf(tried) as unknown as Shown[];
		const asked = bench.sandbox.ledger().requests.slice(before.requests);
		expect(asked.filter((request) => !isTrial(request))).toEqual([]);
		expect(asked.length > 0).toBe(parameters['operation'] === 'buyCheapest');
		expect(await ownEntries()).toEqual(before.entries);
		expect(tried.items.map(({ pairedItem }) => pairedItem)).toEqual(
			given.map((_item, item) => ({ item })),
		);
		expect(tried.hints.map(({ message }) => message)).toEqual([
			`Dry Run: nothing was sent. ${given.length} would be sent`,
		]);

		const done = await bench.run(node, withOptions(parameters, inOrder), given);
		expect(done.error).toBeUndefined();
		const sent = requestsTo(bench.sandbox, path).slice(-given.length);
		expect(shown.map((one) => one.body_text)).toEqual(sent.map(({ body }) => body));
		shown.forEach((one, i) => expectSame(one, sent[i]!));
	});

	it('shows no secret', async () => {
		const dry = withOptions(parameters, { dryRun: true, ...asking(parameters) });
		const run = await bench.run(node, dry, await items());
		outputOf(run);
		const scan = new CanaryScan();
		scan.addValue('run', [run.items, run.hints, run.data, run.log]);
		// A signature made for showing was never sent, so none may be there at all
		const hexadecimal = JSON.stringify(run.items).match(/[0-9a-f]{32}/gi);
		expect([scan.result(), hexadecimal]).toEqual([[], null]);
	});
});

const isTrial = ({ path }: RequestEntry) => /orderTrial|getProduct/.test(path);

function expectSame(shown: Shown, sent: RequestEntry): void {
	expect(shown).toMatchObject({ outcome: 'dry_run', register: { would: 'send' } });
	expect(shown.body).toEqual(JSON.parse(sent.body));
	expect(shown.method).toBe(sent.method);
	const [address, query = ''] = shown.url.split('?');
	expect(address).toBe(`${bench.sandbox.url}${sent.path}`);
	const namesOf = (text: string) => [...new URLSearchParams(text).keys()];
	expect(namesOf(query)).toEqual(namesOf(sent.query));
	expect([...new URLSearchParams(query).values()].every((value) => value === '[hidden]')).toBe(
		true,
	);
	const named = Object.keys(sent.headers).filter((name) => !OWN_TO_HTTP.includes(name));
	expect(Object.keys(shown.headers).sort()).toEqual(named.sort());
	const secret = ['key', 't', 'username', 'sign'];
	for (const [name, value] of Object.entries(shown.headers)) {
		expect([name, value]).toEqual([name, secret.includes(name) ? '[hidden]' : sent.headers[name]]);
	}
}
