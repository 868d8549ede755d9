/** Check Contract: whatever TW does otherwise than known is named rightly, nothing is ever written, and the report tells of nobody. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readers } from '../../lib/contract/readers';
import {
	assumedEndpoints,
	readEndpoints,
	twEndpoints,
	type TwReadName,
} from '../../lib/tw/wire/endpoints';
import type { FaultRule } from '../../sandbox';
import { misfitsOf } from '../../scripts/misfits';
import { readBinary } from '../engine/harness';
import { CanaryScan, proveSearch, SECRETS } from '../faults/canaries';
import { bodiesTo, having, outputOf, paths, requestsTo } from '../observed';
import { callTw, forecast } from '../sandbox/client';
import { useBench } from '../support';

const { apiToken, apiKey } = SECRETS;
const bench = useBench({ credentials: { tw: { apiToken, apiKey } } });

const UNTOUCHED = {
	movedPaths: {},
	renamedMembers: {},
	envelope: 'documented',
	dateOffsetSeconds: 0,
	failuresAsHttp200: false,
} as const;

let questions: INodeParameters;

/** What stands at TW: an order, a bag with it, and the invoices of 2025. */
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set(UNTOUCHED);
	const requestId = await forecast(bench.sandbox, 'CANARY-4711');
	await callTw(bench.sandbox, 'bagCreate', { bag_no: 'CANARY-B-1', nos: ['CANARY-4711'] });
	questions = {
		orderNumber: 'CANARY-4711',
		requestId,
		bagNumber: 'CANARY-B-1',
		invoicesSince: '2025-01-01',
	};
});

const reads = readEndpoints.map((name) => twEndpoints[name].path);
/** The other paths of each read that has some. */
const likelyPaths = readEndpoints.flatMap((name): Array<[TwReadName, readonly string[]]> => {
	const { otherPaths } = readers[name];
	return otherPaths ? [[name, otherPaths]] : [];
});
const alternatives = likelyPaths.flatMap(([, others]) => others);
const forBalance = readers.getBalance.otherPaths!;

interface Checked {
	items: IDataObject[];
	report: string;
	/** Paths asked by the check itself, oldest first. */
	asked: string[];
	summary: IDataObject;
	of: (name: keyof typeof twEndpoints) => IDataObject;
}

/** Runs the check; whatever it is about, it asks reads alone, and puts out what its preview shows. */
async function check(more: INodeParameters = {}, credential: IDataObject = {}): Promise<Checked> {
	const before = paths(bench.sandbox).length;
	const credentials = { twApi: { ...bench.credentials.twApi, ...credential } };
	const parameters = { operation: 'checkContract', ...questions, ...more };
	const run = await bench.run('twBalance', parameters, [{}], { credentials });
	const items = outputOf(run) as IDataObject[];
	const report = (await readBinary(run.items.at(-1)!, 'data')).toString('utf8');
	const asked = paths(bench.sandbox).slice(before);
	for (const path of asked) expect([...reads, ...alternatives]).toContain(path);
	expect(misfitsOf('twBalance', 'checkContract', items)).toEqual([]);
	const summary = items.at(-1)!;
	expect(summary['report']).toBe(report);
	expect(run.items.at(-1)!.binary!['data']).toMatchObject({
		fileName: 'first-contact.md',
		mimeType: 'text/markdown',
	});
	return {
		items,
		report,
		asked,
		summary,
		of: (name) => items.find(({ endpoint }) => endpoint === twEndpoints[name].title)!,
	};
}

const resultsOf = ({ items }: Checked) =>
	Object.fromEntries(
		items.slice(0, -1).map(({ endpoint, result }) => [endpoint as string, result]),
	) as Record<string, unknown>;

/** What a TW that is as known comes to, with some endpoints otherwise. */
function expectResults(
	checked: Checked,
	otherwise: Partial<Record<keyof typeof twEndpoints, string>> = {},
) {
	const expected = Object.entries(twEndpoints).map(([name, { title }]) => {
		const asked = (readEndpoints as readonly string[]).includes(name);
		const usual = asked ? 'as expected' : 'not asked';
		return [title, otherwise[name as keyof typeof twEndpoints] ?? usual];
	});
	expect(resultsOf(checked)).toEqual(Object.fromEntries(expected));
}

describe('a TW as it is known', () => {
	it('answers each read as expected, asked once; the writes are not asked', async () => {
		const checked = await check();
		expectResults(checked);
		expect(checked.items).toHaveLength(Object.keys(twEndpoints).length + 1);
		expect(checked.asked.sort()).toEqual([...reads].sort());
		for (const item of checked.items.slice(0, -1)) {
			expect(item).toMatchObject({ unknown_members: [], missing_members: [] });
			expect(item).not.toHaveProperty('path_override');
		}
		expect(checked.of('orderInfo')).toMatchObject({
			path: '/api/v2/orderInfo',
			source: 'documented',
			http_status: 200,
			code: 200,
			understood: true,
		});
		expect(checked.of('getBalance')).toMatchObject({ source: 'assumed' });
		expect(checked.summary).toMatchObject({ path_overrides: [] });
		expect(checked.report).toContain('10 of the 10 endpoints that were asked answer as expected.');
	});

	it('makes no order, no bag, and changes none', async () => {
		const before = bench.sandbox.ledger();
		await check();
		const after = bench.sandbox.ledger();
		for (const kept of ['orders', 'bags', 'deletions', 'events', 'labelDownloads'] as const) {
			expect(after[kept]).toEqual(before[kept]);
		}
	});

	it('is asked with what the user gives, and about nothing that the user leaves out', async () => {
		const checked = await check({
			orderNumber: '',
			requestId: '',
			bagNumber: '',
			channel: 'UW',
			sampleAddress: { value: { city: 'Sampletown' } },
			sampleBox: { value: { weight: 4 } },
			options: { extraFields: '{"hello": "TW"}' },
		});
		const unasked = ['orderInfo', 'orderFee', 'orderLabel', 'orderCheck', 'bagInfo'] as const;
		expectResults(checked, Object.fromEntries(unasked.map((name) => [name, 'not asked'])));
		expect(checked.of('orderFee')['finding']).toContain('tracking number');
		const consignee = having({ city: 'Sampletown', name: 'Receiver' });
		const ticket = having({ product: 'UW', consignee, boxes: [having({ weight: 4, length: 10 })] });
		const sent = bodiesTo(bench.sandbox, twEndpoints.orderTrial.path);
		expect(sent).toEqual([{ hello: 'TW', tickets: [ticket] }]);
		expectResults(await check({ askTrial: false }), { orderTrial: 'not asked' });
	});

	it.each([
		[
			'lists, pagers and objects',
			{ channelShape: 'pager', balanceShape: 'object', trialShape: 'map' },
		],
		['bare values and maps', { channelShape: 'map', balanceShape: 'number', trialShape: 'fees' }],
		['documents instead of addresses', { labelShape: 'base64', balanceShape: 'string' }],
		['refusals with HTTP 200', { failuresAsHttp200: true, labelShape: 'perBox' }],
	] as const)('is known in each form that is assumed: %s', async (_forms, settings) => {
		const { channelShape, balanceShape, trialShape, labelShape } = bench.sandbox.settings;
		bench.sandbox.set(settings);
		expectResults(await check());
		bench.sandbox.set({ channelShape, balanceShape, trialShape, labelShape });
	});
});

describe('another path', () => {
	it.each(likelyPaths.flatMap(([name, others]) => others.map((to) => [name, to] as const)))(
		'of %s is found at %s, and is the one to enter',
		async (name, to) => {
			const endpoint = twEndpoints[name];
			bench.sandbox.set({ movedPaths: { [endpoint.path]: to } });
			const checked = await check();
			expectResults(checked, { [name]: 'other path' });
			expect(checked.of(name)).toMatchObject({
				path: endpoint.path,
				path_override: to,
				understood: true,
			});
			expect(checked.summary['path_overrides']).toEqual([{ endpoint: endpoint.title, path: to }]);
			expect(checked.report).toContain(`Enter under _Path Overrides_: ${endpoint.title} \`${to}\``);

			// As the credential stores it, it is what the check then asks.
			const override = { pathOverrides: { override: [{ endpoint: name, path: to }] } };
			const again = await check({}, override);
			expectResults(again);
			expect(again.of(name)).toMatchObject({
				path: to,
				source: 'entered in the credential',
			});
		},
	);

	it('that nobody thought of is not found, and all that was tried is named', async () => {
		bench.sandbox.set({ movedPaths: { '/api/v2/getBalance': '/api/v3/money' } });
		const checked = await check();
		expectResults(checked, { getBalance: 'not found' });
		expect(checked.of('getBalance')['paths_tried']).toEqual(
			forBalance.map((path) => ({ path, http_status: 404 })),
		);
		expect(checked.report).toContain('not found: Available balance.');
	});

	it('of a documented endpoint is not looked for', async () => {
		bench.sandbox.set({ movedPaths: { '/api/v2/getBill': '/api/v2/getBills' } });
		const checked = await check();
		expectResults(checked, { getBill: 'not found', getBillInfo: 'not asked' });
		expect(checked.of('getBill')['paths_tried']).toEqual([]);
	});

	it('is a read by its name, assumed, and named in the docs', () => {
		const docs = readFileSync(join(__dirname, '../../docs/first-contact.md'), 'utf8');
		const known = Object.values(twEndpoints).map(({ path }) => path);
		for (const [name, others] of likelyPaths) {
			expect(assumedEndpoints).toContain(name);
			for (const path of others) {
				expect(path).toMatch(/^\/api\/v2\/(get[A-Z]\w+|[a-z]+(Info|List))$/);
				expect(known).not.toContain(path);
				expect(docs).toContain(`\`${path}\``);
			}
		}
	});
});

describe('other answers', () => {
	it('renamed members are named as missing and unknown', async () => {
		bench.sandbox.set({
			renamedMembers: { balance: 'remaining', freight_class: 'freightClass', fee_name: 'feeName' },
		});
		const checked = await check({ requestId: '' });
		const known = { getBillInfo: 'other members', orderInfo: 'other members' };
		expectResults(checked, { ...known, getBalance: 'not readable', orderCheck: 'not asked' });
		expect(checked.of('getBalance')).toMatchObject({
			understood: false,
			unknown_members: ['remaining'],
			missing_members: ['balance'],
		});
		expect(checked.of('orderInfo')).toMatchObject({
			understood: true,
			unknown_members: ['freightClass'],
			missing_members: ['freight_class'],
		});
		expect(checked.of('getBillInfo')).toMatchObject({
			unknown_members: ['data[].feeName'],
			missing_members: ['data[].fee_name'],
		});
		expect(checked.report).toContain('- unknown_members: ["remaining"]');
	});

	it.each([
		['zero', 'The envelope or its code is not as documented.'],
		['result', "'result' holds what we expect in 'data'"],
	] as const)('a second envelope (%s) is named', async (envelope, words) => {
		bench.sandbox.set({ envelope });
		const checked = await check();
		const { getProduct, getBalance, getBill } = twEndpoints;
		for (const { title } of [getProduct, getBalance, getBill]) {
			const item = checked.items.find(({ endpoint }) => endpoint === title)!;
			expect(item).toMatchObject({ result: 'not readable', understood: false, http_status: 200 });
			expect(item['finding']).toContain(words);
		}
		expect(checked.report).toContain('not readable: Get the list of delivery channels');
	});

	it('HTML at one endpoint is not TW, and another path is looked for where one is likely', async () => {
		bench.sandbox.fault({ kind: 'html', path: '^/api/v2/(orderInfo|getBalance)$' });
		const checked = await check();
		expectResults(checked, { orderInfo: 'not TW', getBalance: 'not TW', orderFee: 'not asked' });
		expect(checked.of('getBalance')['paths_tried']).toHaveLength(forBalance.length);
		expect(checked.report).toContain('not TW: Order details, Available balance.');
	});

	it.each([false, true])(
		'no right for bags is told from a wrong path (HTTP 200: %s)',
		async (inCode) => {
			const status = inCode ? 200 : 403;
			const body = '{"code":403,"message":"no permission","data":null}';
			bench.sandbox.fault({ kind: 'rawBody', path: '/bagInfo$', status, body });
			const checked = await check();
			expectResults(checked, { bagInfo: 'no right' });
			expect(checked.of('bagInfo')).toMatchObject({
				paths_tried: [],
				code: 403,
				vendor_message: 'no permission',
			});
			expect(checked.report).not.toContain('no permission');
		},
	);

	it.each([
		[3600, /The clock of this n8n is 3\d{3} s behind TW's/],
		[-3600, /The clock of this n8n is 3\d{3} s ahead of TW's/],
	])('a clock that is wrong by %i s is named before the key', async (offset, words) => {
		bench.sandbox.set({ dateOffsetSeconds: offset });
		const checked = await check();
		expect(checked.of('getBill')).toMatchObject({ result: 'key refused', http_status: 401 });
		expect(checked.of('getBill')['advice']).toContain('set the clock first');
		const difference = checked.summary['clock_difference_seconds'] as number;
		expect(Math.abs(difference + offset)).toBeLessThan(60);
		expect(checked.report).toMatch(words);
	});

	it('a key that TW refuses, with a clock that is right', async () => {
		const checked = await check({}, { apiToken: 'CANARY-other' });
		expect(checked.of('getBill')['result']).toBe('key refused');
		expect(checked.of('getBill')['advice']).toContain("Check 'API Token'");
		expect(checked.report).toMatch(/The clock of this n8n is [0-2] s (behind|ahead of) TW's/);
		expect(checked.report).not.toContain('CANARY');
	});

	it('nobody there', async () => {
		bench.sandbox.fault({ kind: 'resetBeforeAccept' });
		const checked = await check({ options: { timeout: 4 } });
		expect(checked.of('getProduct')).toMatchObject({
			result: 'no answer',
			finding: 'No answer came. The reason: the connection broke (ECONNRESET).',
		});
		expect(checked.report).toContain('0 of the 7 endpoints');
	});
});

describe('the report tells of nobody', () => {
	const address = {
		name: 'CANARY Person',
		companyName: 'CANARY & Söhne',
		address: '12 CANARY Street',
		city: 'CANARYville',
		postcode: '55401',
		countryCode: 'US',
		phone: '555-0199',
	};
	const telling = ['4711', '55401', '0199', '127.0.0.1', 'Söhne', 'Person'];

	/** The most that TW may repeat: in its words, as values, as names of members. */
	const chatty = (data: unknown, code: unknown = 1001) =>
		JSON.stringify({
			code,
			message:
				'Order CANARY-4711 of CANARY Person, 12 CANARY Street, CANARYville 55401, tel. 555-0199, 张三丰, canary@example.com is not ready; see http://127.0.0.1/CANARY',
			data,
		});

	const numbered = { CANARY: 1, '55401': 2, name: '张三丰' };
	const person = { 'CANARY-4711': numbered, canary4711x: 1 };
	it.each<[string, FaultRule | undefined]>([
		['as known', undefined],
		['that repeats the request, keys and all', { kind: 'echo', status: 400 }],
		['that says everything in its words', { kind: 'rawBody', status: 400, body: chatty(null) }],
		[
			'that has values for names',
			{ kind: 'rawBody', body: chatty({ 'CANARY-9': person, ...person }) },
		],
		['whose code is one of them', { kind: 'rawBody', body: chatty(null, 'CANARY-4711') }],
		['whose code is a number of somebody', { kind: 'rawBody', body: chatty(null, 554_014_711) }],
		[
			'whose envelope is made of them',
			{ kind: 'rawBody', body: '{"CANARY-4711":"CANARY Person","balance":"7.00"}' },
		],
	])('TW %s', async (_what, fault) => {
		if (fault) bench.sandbox.fault(fault);
		const { report } = await check({ sampleAddress: { value: address } });
		const scan = new CanaryScan();
		const { requests } = bench.sandbox.ledger();
		scan.knowSigns(requests.map(({ sign }) => sign));
		scan.addText('report', report.toUpperCase());
		scan.addText('report', report);
		expect(scan.result()).toEqual([]);
		for (const word of [...telling, '张三丰', bench.sandbox.tw.username]) {
			expect(report).not.toContain(word);
		}
		// What is not there would be found if it were
		const [last] = requestsTo(bench.sandbox, twEndpoints.getBill.path).slice(-1);
		scan.addText('received', JSON.stringify(last));
		expect(scan.result()).not.toEqual([]);
	});
});

it('the search for secrets finds what was received', () => {
	const { requests } = bench.sandbox.ledger();
	const { body, headers, sign } = requests.at(-1)!;
	const partner = new URLSearchParams({ s: SECRETS.partnerKey }).toString().slice(2);
	proveSearch(`${JSON.stringify(headers)} ${body} ${sign} ${partner}`, sign!);
});
