/** A label becomes a file of the right type and name, wherever TW's answer says it is. */
import type { INodeParameters } from 'n8n-workflow';
import { TwLabel } from '../../../nodes/TwLabel/TwLabel.node';
import { readBinary } from '../../engine/harness';
import { complaint, having, LABEL, outputOf, requestsTo, until } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({
		labelShape: 'url',
		labelFormat: 'pdf',
		labelBytes: 0,
		labelRedirectTo: '',
		failuresAsHttp200: false,
	});
	const boxes = { item: [{ number: 2, weight: 5, length: 20, width: 20, height: 20 }] };
	const create = createParameters({ waitForCompletion: false, boxes });
	await bench.run('twOrder', create, [{ no: 'ORD/7 ä' }]);
});

const download: INodeParameters = { operation: 'download', no: '={{ $json.no }}' };
const item = { no: 'ORD/7 ä' };
const label = async (parameters: INodeParameters = {}, more = {}) =>
	await bench.run('twLabel', { ...download, ...parameters }, [item], more);

const pdf = { mimeType: 'application/pdf', fileExtension: 'pdf', fileName: 'ORD_7_ä.pdf' };

describe.each(['url', 'list', 'member', 'base64', 'dataUrl'] as const)(
	'an answer of the form %s',
	(labelShape) => {
		it('is one file, named after the order', async () => {
			bench.sandbox.set({ labelShape });
			const run = await label();
			expect(outputOf(run)).toEqual([{ no: 'ORD/7 ä', documents: 1 }]);
			expect(run.items[0]?.binary).toEqual({ data: having(pdf) });
			expect((await readBinary(run.items[0]!)).subarray(0, 5).toString()).toBe('%PDF-');
			expect(run.items[0]?.pairedItem).toEqual({ item: 0 });
		});
	},
);

it('one file for each box, if TW gives them apart', async () => {
	bench.sandbox.set({ labelShape: 'perBox' });
	const run = await label({ binaryProperty: 'label' });
	expect(outputOf(run)).toEqual([{ no: 'ORD/7 ä', documents: 2 }]);
	expect(run.items[0]?.binary).toEqual({
		label: having(pdf),
		label_2: having({ ...pdf, fileName: 'ORD_7_ä_2.pdf' }),
	});
	const [first, second] = await Promise.all(
		['label', 'label_2'].map(async (name) => await readBinary(run.items[0]!, name)),
	);
	expect(first!.equals(second!)).toBe(false);
});

describe.each([
	['pdf', 'application/pdf', '%PDF'],
	['zpl', 'application/zpl', '^XA'],
	['png', 'image/png', '\x89PNG'],
] as const)('a label in %s', (labelFormat, mimeType, start) => {
	it.each(['url', 'base64'] as const)(
		'is known by its content, given as %s',
		async (labelShape) => {
			bench.sandbox.set({ labelFormat, labelShape });
			const run = await label();
			if (run.error) throw run.error;
			expect(run.items[0]?.binary?.['data']).toMatchObject({
				mimeType,
				fileName: `ORD_7_ä.${labelFormat}`,
			});
			expect((await readBinary(run.items[0]!)).toString('latin1').startsWith(start)).toBe(true);
		},
	);
});

it("sends none of our headers to the label's host", async () => {
	await label();
	const { labelDownloads } = bench.sandbox.ledger();
	expect(labelDownloads).toHaveLength(1);
	const [{ headers }] = labelDownloads as [(typeof labelDownloads)[0]];
	expect(Object.keys(headers)).not.toEqual(
		expect.arrayContaining([expect.stringMatching(/^(key|t|username|sign|authorization|cookie)$/)]),
	);
	expect(JSON.stringify(headers)).not.toMatch(/sandbox-api|TW0001/);
});

it('keeps a large label whole, in memory and on disk', async () => {
	const labelBytes = 3 * 1024 * 1024;
	bench.sandbox.set({ labelBytes });
	for (const binaryMode of ['default', 'filesystem'] as const) {
		const run = await label({}, { binaryMode });
		if (run.error) throw run.error;
		expect((await readBinary(run.items[0]!)).length).toBe(labelBytes);
	}
});

it.each(['url', 'base64'] as const)(
	'refuses a label larger than the limit, as %s',
	async (labelShape) => {
		bench.sandbox.set({ labelBytes: 2 * 1024 * 1024, labelShape });
		const run = await label({ options: { maxSize: 0.0005 } });
		expect(complaint(run).message).toContain('The label is larger than 0.0005 MB');
		expect(complaint(run).description).toContain("'Maximum Size'");
	},
);

it('hangs up on an endless file that is no label', async () => {
	bench.sandbox.fault({ kind: 'oversize', path: '/labels/' });
	const failed = await label({ options: { maxSize: 1 } });
	expect(complaint(failed).message).toContain('is neither PDF, ZPL nor a picture');
	// The sandbox notes a status once the transfer has ended, and this one ends only with the client.
	await until(() => bench.sandbox.ledger().requests.at(-1)?.status !== null);
});

it('refuses a file that is no label', async () => {
	bench.sandbox.fault({ kind: 'html', path: '/labels/' });
	expect(complaint(await label()).message).toContain('is neither PDF, ZPL nor a picture');
});

it('refuses an empty file', async () => {
	bench.sandbox.fault({ kind: 'empty', path: '/labels/' });
	expect(complaint(await label()).message).toContain('The label is an empty file');
});

it('refuses a label that breaks off', async () => {
	bench.sandbox.fault({ kind: 'resetMidBody', path: '/labels/' });
	const run = await label();
	expect(complaint(run).message).toContain('broke');
	expect(run.items).toEqual([]);
});

it('follows a redirect of the label host', async () => {
	bench.sandbox.fault({
		kind: 'redirect',
		path: '/labels/',
		location: '/labels/elsewhere.pdf',
		times: 1,
	});
	bench.sandbox.fault({
		kind: 'rawBody',
		path: '/labels/elsewhere',
		body: '%PDF-1.4 elsewhere',
		contentType: 'application/octet-stream',
	});
	const run = await label();
	if (run.error) throw run.error;
	expect((await readBinary(run.items[0]!)).toString()).toBe('%PDF-1.4 elsewhere');
});

it('ends a circle of redirects', async () => {
	bench.sandbox.fault({ kind: 'redirect', path: '/labels/', location: '/labels/again' });
	expect(complaint(await label()).message).toContain('redirected too often');
});

it('says that an order has no label yet', async () => {
	bench.sandbox.fault({ kind: 'rawBody', path: LABEL, body: '{"code":200,"data":[]}' });
	const { message, description } = complaint(await label());
	expect(message).toContain('TW gives no label for order ORD/7 ä yet');
	expect(description).toContain("'Wait for Completion'");
});

describe('the assumed path', () => {
	it.each([false, true])(
		'is told as such when TW does not know it, also as HTTP 200: %s',
		async (failuresAsHttp200) => {
			bench.sandbox.set({ failuresAsHttp200 });
			const run = await bench.run('twLabel', download, [{ no: 'NONE' }]);
			const { message, description } = complaint(run);
			expect(message).toContain("TW does not know what 'Download the label' asks for");
			expect(description).toContain('the path /api/v2/orderLabel is an assumption');
			expect(description).toContain("'Path Overrides' in the TW API credential");
		},
	);

	it('can be replaced in the credential', async () => {
		const override = [{ endpoint: 'orderLabel', path: '/api/v3/labelUrl' }];
		const twApi = { ...bench.credentials.twApi, pathOverrides: { override } };
		bench.sandbox.fault({
			kind: 'rawBody',
			path: '/api/v3/labelUrl',
			body: JSON.stringify({ data: Buffer.from(`%PDF-1.4 ${'x'.repeat(99)}`).toString('base64') }),
		});
		const run = await label({}, { credentials: { ...bench.credentials, twApi } });
		if (run.error) throw run.error;
		expect(requestsTo(bench.sandbox, '/api/v3/labelUrl')).toHaveLength(1);
		expect(requestsTo(bench.sandbox, LABEL)).toEqual([]);
	});

	it.each(['api/v2/label', '/api/v2/label?x=1', 'https://example.com/label'])(
		'can not be replaced by %s',
		async (path) => {
			const override = [{ endpoint: 'orderLabel', path }];
			const twApi = { ...bench.credentials.twApi, pathOverrides: { override } };
			const run = await label({}, { credentials: { ...bench.credentials, twApi } });
			expect(complaint(run).message).toContain("'Path Overrides' of the TW API credential");
			expect(requestsTo(bench.sandbox, LABEL)).toEqual([]);
		},
	);

	it('is told in the panel before anything is run', () => {
		const { properties } = new TwLabel().description;
		const notice = properties.find(({ type }) => type === 'notice');
		expect(notice?.displayName).toContain('/api/v2/orderLabel');
		expect(notice?.displayName).toContain('assumed');
	});
});
