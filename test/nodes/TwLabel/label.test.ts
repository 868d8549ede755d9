/** A label becomes a file of the right type and name, wherever TW's answer says it is. */
import type { INodeParameters } from 'n8n-workflow';
import { readBinary } from '../../engine/harness';
import { complaint, having, LABEL, outputOf, paths, requestsTo, until } from '../../observed';
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
		movedPaths: {},
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

/** TW's answer, whatever it holds. */
const answers = (data: unknown) =>
	bench.sandbox.fault({ kind: 'rawBody', path: LABEL, body: JSON.stringify({ code: 200, data }) });
const labelled = (text: string) => Buffer.from(`%PDF-1.4 ${text.padEnd(99)}`).toString('base64');

describe('many documents', () => {
	const addresses = (count: number) =>
		Array.from({ length: count }, (_, i) => `${bench.sandbox.labelUrl}/labels/order/${i}.pdf`);

	it('of 250 all are fetched', async () => {
		bench.sandbox.fault({ kind: 'rawBody', path: '/labels/', body: '%PDF-1.4 one of many' });
		answers(addresses(250));
		const run = await label();
		expect(outputOf(run)).toEqual([{ no: 'ORD/7 ä', documents: 250 }]);
		expect(Object.keys(run.items[0]!.binary!)).toHaveLength(250);
	});

	it.each([251, 1_000, 100_000])('of %i none is fetched, and it says so', async (count) => {
		answers(addresses(count));
		const { message, description } = complaint(await label());
		expect(message).toContain(
			`TW names ${count} documents for order ORD/7 ä, and 250 are the most`,
		);
		expect(description).toContain("'Get URL'");
		expect(bench.sandbox.ledger().labelDownloads).toEqual([]);
	});

	it('documents in the answer itself count as well', async () => {
		answers([...addresses(200), ...Array.from({ length: 51 }, (_, i) => labelled(`${i}`))]);
		expect(complaint(await label()).message).toContain('TW names 251 documents');
	});

	it('one that is named more than once is one', async () => {
		const [address = ''] = addresses(1);
		bench.sandbox.fault({ kind: 'rawBody', path: '/labels/', body: '%PDF-1.4 one' });
		answers(Array.from({ length: 1_000 }, (_, i) => address.padEnd(address.length + (i % 3))));
		expect(outputOf(await label())).toEqual([{ no: 'ORD/7 ä', documents: 1 }]);
	});

	it('Get URL lists them all', async () => {
		answers(addresses(1_000));
		const run = await label({ operation: 'getUrl' });
		expect(outputOf(run)[0]?.['urls']).toHaveLength(1_000);
	});
});

it('takes no part of a file for a label', async () => {
	bench.sandbox.fault({ kind: 'status', path: '/labels/', status: 206, body: '%PDF-1.4 a part' });
	const run = await label();
	expect(complaint(run).message).toContain('sent no whole file (HTTP 206)');
	expect(run.items).toEqual([]);
});

describe('the name of a file', () => {
	const nameFor = async (no: string, position = 0) => {
		answers([labelled('1'), labelled('2')]);
		const run = await bench.run('twLabel', download, [{ no }]);
		if (run.error) throw run.error;
		return run.items[0]!.binary![position === 0 ? 'data' : 'data_2']!.fileName!;
	};

	it.each([
		['a path', '../../etc/passwd', '_.._.._etc_passwd.pdf'],
		['a path of Windows', 'C:\\Temp\\x', 'C_Temp_x.pdf'],
		['what no file name may hold', 'A<>:"|?*B', 'A_B.pdf'],
		['a hidden file', '.htaccess', '_.htaccess.pdf'],
		['nothing but dots', '..', '_...pdf'],
		['a device', 'CON', '_CON.pdf'],
		['a device in small letters', 'nul', '_nul.pdf'],
		['a device with an extension', 'com1.txt', '_com1.txt.pdf'],
		['a device with a superscript', 'LPT²', '_LPT².pdf'],
		['what only begins like a device', 'CONTAINER-7', 'CONTAINER-7.pdf'],
		['marks above letters', 'a\u0308\u0323', 'a\u0308\u0323.pdf'],
		['emoji', 'ORD-👍🏽-7', 'ORD-_-7.pdf'],
	])('is safe for %s', async (_what, no, name) => {
		expect(await nameFor(no)).toBe(name);
	});

	const cut = (no: string) => [no.slice(0, 20), no] as const;
	it.each([
		cut('A'.repeat(5_000)),
		cut('订'.repeat(300)),
		cut('👍'.repeat(300)),
		cut('𠀀'.repeat(300)),
		cut(`a${'\u0301'.repeat(3_000)}`),
		cut('é'.repeat(199)),
		cut('.'.repeat(300)),
	])('is cut where it is too long: %s…', async (_beginning, no) => {
		const names = [await nameFor(no), await nameFor(no, 1), await nameFor(`${no}B`)];
		expect(new Set(names).size).toBe(3);
		for (const name of names) {
			expect(name.length).toBeLessThanOrEqual(200);
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
			expect(name).toMatch(/^[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}._-]*\.pdf$/u);
			expect(name).not.toMatch(/\p{Cs}/u);
		}
		expect(names[1]).toMatch(/_2\.pdf$/);
	});

	it('is whole at 200 characters', async () => {
		const no = 'A'.repeat(196);
		expect(await nameFor(no)).toBe(`${no}.pdf`);
		expect(await nameFor(`${no}A`)).toHaveLength(200);
	});
});

describe('reading an answer', () => {
	it.each([
		['blanks', (n: number) => ' '.repeat(n)],
		['blanks within', (n: number) => `A${' '.repeat(n)}!`],
		['line breaks within', (n: number) => `A${'\r\n'.repeat(n)}!`],
		['signs of base64', (n: number) => `${'A'.repeat(n)}!`],
		['ends of base64', (n: number) => `${'='.repeat(n)}!`],
		['beginnings of data URLs', (n: number) => 'data:;base64;'.repeat(n)],
		['blanks in a data URL', (n: number) => `data:;base64,A${' '.repeat(n)}!`],
	])('takes no more than its share of time, of many %s', async (_what, text) => {
		const timeFor = async (n: number) => {
			answers([text(n)]);
			const begin = performance.now();
			const run = await label();
			const time = performance.now() - begin;
			expect(complaint(run).message).toMatch(/TW (gives no label for|does not have an) order/);
			await bench.sandbox.reset();
			return time;
		};
		// The first answer of a kind takes longer
		await timeFor(1);
		// Tried again, since a machine may be busy
		let ratio = Infinity;
		for (let tries = 0; tries < 3 && ratio >= 8; tries++)
			ratio = (await timeFor(100_000)) / (await timeFor(25_000));
		expect(ratio).toBeLessThan(8);
	});

	it('finds base64 in lines', async () => {
		answers([labelled('x').replace(/.{20}/g, '$&\r\n'), ` ${labelled('y')}\n`]);
		expect(outputOf(await label())).toEqual([{ no: 'ORD/7 ä', documents: 2 }]);
	});
});

describe('a document that others write in another way', () => {
	/** Both signs that differ in base64url are in it. */
	const document = `%PDF-1.4 ${'~~~???'.repeat(20)}`;
	const base64 = (text: string, alphabet: BufferEncoding) => Buffer.from(text).toString(alphabet);
	const BOM = '\ufeff';
	const fetched = async () => {
		const run = await label();
		if (run.error) throw run.error;
		expect(run.items[0]?.binary).toEqual({ data: having(pdf) });
		return (await readBinary(run.items[0]!)).toString();
	};

	it.each([
		['base64url', base64(document, 'base64url')],
		['base64url in lines', base64(document, 'base64url').replace(/.{20}/g, '$&\n')],
		['base64url with its padding', base64(`${document}!`, 'base64url') + '=='],
		['a data URL in base64url', `data:application/pdf;base64,${base64(document, 'base64url')}`],
		[
			'a data URL that is escaped',
			`data:application/pdf;base64,${encodeURIComponent(base64(`${document}!`, 'base64'))}`,
		],
	])('is read from %s', async (_how, text) => {
		expect(text).toMatch(/[_-]|%2B|%2F/);
		answers({ file: text });
		expect((await fetched()).replace('!', '')).toBe(document);
	});

	it.each([
		['a byte order mark', BOM],
		['an empty line', '\r\n'],
		['a byte order mark and many empty lines', `${BOM}${'\r\n'.repeat(400)}`],
	])('is a PDF behind %s, and stays as it is', async (_how, before) => {
		const bytes = `${before}${document}`;
		answers({ file: base64(bytes, 'base64') });
		expect(await fetched()).toBe(bytes);
		await bench.sandbox.reset();
		bench.sandbox.fault({ kind: 'rawBody', path: '/labels/', body: bytes });
		answers(`${bench.sandbox.labelUrl}/labels/order/1.pdf`);
		expect(await fetched()).toBe(bytes);
	});

	it.each([
		["Zebra's designer", 'CT~~CD,~CC^~CT~\r\n^XA^XZ'],
		["Zebra's driver", '\x10CT~~CD,~CC^~CT~\r\n^XA^XZ'],
		['a picture that is loaded first', '~DGR:LOGO.GRF,08000,010,'],
		['a comment', '^FX for the box^FS^XA^XZ'],
	])('is ZPL as %s begins it', async (_who, bytes) => {
		bench.sandbox.fault({ kind: 'rawBody', path: '/labels/', body: bytes });
		answers({ file: `${bench.sandbox.labelUrl}/labels/order/1` });
		const run = await label();
		if (run.error) throw run.error;
		expect(run.items[0]?.binary?.['data']).toMatchObject({ mimeType: 'application/zpl' });
	});

	it.each([
		[
			"BarTender's pages",
			"<xpml><page quantity='0' pitch='152.4 mm'></xpml>^XA^FO50,50^FS^XZ",
			'zpl',
		],
		['a driver that passes it through', '${^XA^FO50,50^FDMara Muster^FS^XZ}$', 'zpl'],
		['EPL', '\nN\nq812\nQ1218,24\nA50,50,0,4,1,1,N,"Mara Muster"\nP1\n', 'epl'],
		['EPL with its code page', 'I8,A,001\n\nN\nA50,50,0,4,1,1,N,"Mara Muster"\nP1\n', 'epl'],
		['TIFF of Intel', `II*\0${'\x08\0'.repeat(40)}`, 'tif'],
		['TIFF of Motorola', `MM\0*${'\0\x08'.repeat(40)}`, 'tif'],
	])('is known as %s write it', async (_who, bytes, extension) => {
		bench.sandbox.fault({ kind: 'rawBody', path: '/labels/', body: bytes });
		for (const file of [`${bench.sandbox.labelUrl}/labels/order/1`, base64(bytes, 'base64')]) {
			answers({ file });
			const run = await label();
			if (run.error) throw run.error;
			expect(run.items[0]?.binary?.['data']).toMatchObject({ fileName: `ORD_7_ä.${extension}` });
		}
	});

	it('is ZPL that stands in the answer as it is', async () => {
		answers({ label: '^XA\n^FO50,50^FDMara Muster^FS\n^XZ\n' });
		const run = await label();
		if (run.error) throw run.error;
		expect(run.items[0]?.binary?.['data']).toMatchObject({ mimeType: 'application/zpl' });
	});

	it.each([
		['words', `flow ${'of goods and more '.repeat(6)}`],
		['a digest', `flow${'9xQ_7-aZ'.repeat(8)}`],
	])('is not %s that happen to begin like ZPL', async (_what, text) => {
		answers({ note: text });
		expect(complaint(await label()).message).toContain('TW gives no label');
	});

	it('is not a hash whose digits happen to begin like ZPL', async () => {
		const hash = 'DF4A9C1D2E4B5A6978081726354453627F3A9C1D2E4B5A69780817263544536A';
		answers({ sha256: hash });
		expect(complaint(await label()).message).toContain('TW gives no label');
	});

	it.each(['<html>%PDF', `${' '.repeat(2_000)}%PDF`, `${BOM}${BOM}%PDF`])(
		'is none where it begins with other things: %s',
		async (bytes) => {
			bench.sandbox.fault({ kind: 'rawBody', path: '/labels/', body: bytes });
			expect(complaint(await label()).message).toContain('is neither PDF, ZPL, EPL nor a picture');
		},
	);
});

describe('an address that is no label', () => {
	const page = () => `${bench.sandbox.labelUrl}/track/1`;
	const file = (name = 1) => `${bench.sandbox.labelUrl}/labels/order/${name}.pdf`;
	const fetched = () => paths(bench.sandbox).filter((path) => /^\/(labels|track)\//.test(path));
	beforeEach(() => {
		bench.sandbox.fault({ kind: 'rawBody', path: '/labels/', body: '%PDF-1.4 one' });
	});

	it.each([
		'tracking_url',
		'trackingUrl',
		'TrackLink',
		'carrier_tracking_page',
		'tracking',
		'logo',
		'callback_url',
		'callback_v2',
		'website',
		'track17_url',
		'url17Track',
		'logo_2x',
	])('is not fetched, by the name %s, and not listed', async (name) => {
		for (const value of [page(), [page()], `data:image/png;base64,${'iVBORw0KGgo'.repeat(9)}`]) {
			answers({ [name]: value, label_url: file() });
			expect(outputOf(await label())).toEqual([{ no: 'ORD/7 ä', documents: 1 }]);
			answers({ [name]: value, label_url: file() });
			const listed = outputOf(await label({ operation: 'getUrl' }));
			expect(listed).toMatchObject([{ urls: [file()], inline: 0 }]);
		}
		expect(fetched()).toEqual(Array(3).fill('/labels/order/1.pdf'));
	});

	it.each(['tracking_label_url', 'labelLogo', '1ZTRACK0001', 'url', 'path', 'invoice', '面单'])(
		'does not have the name %s',
		async (name) => {
			answers({ [name]: file(), tracking: { label: file(2) } });
			expect(outputOf(await label())).toEqual([{ no: 'ORD/7 ä', documents: 2 }]);
		},
	);

	it.each(['trackings', 'trackingNumbers', 'tracking_list'])(
		'is not what parcels in a list called %s have',
		async (name) => {
			answers({ [name]: [{ tracking_number: '1', label_url: file(), tracking_url: page() }] });
			expect(outputOf(await label())).toEqual([{ no: 'ORD/7 ä', documents: 1 }]);
		},
	);

	it.each(['tracker', 'tracking', 'trackers'])(
		'is the page of a carrier in a record called %s',
		async (name) => {
			const tracker = { id: 'trk_1', tracking_code: '1', public_url: page() };
			const value = name === 'trackers' ? [tracker] : tracker;
			answers({ [name]: value, postage_label: { label_url: file() } });
			expect(outputOf(await label())).toEqual([{ no: 'ORD/7 ä', documents: 1 }]);
			expect(fetched()).toEqual(['/labels/order/1.pdf']);
		},
	);

	it('is found as deep as UPS and FedEx answer', async () => {
		const document = { encodedLabel: file() };
		answers({ output: { transactionShipments: [{ pieces: [{ packageDocuments: [document] }] }] } });
		expect(outputOf(await label())).toEqual([{ no: 'ORD/7 ä', documents: 1 }]);
	});

	it('alone is no label yet', async () => {
		answers({ tracking_url: page() });
		expect(complaint(await label()).message).toContain('TW gives no label for order ORD/7 ä yet');
		expect(fetched()).toEqual([]);
	});
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
	expect(complaint(failed).message).toContain('is neither PDF, ZPL, EPL nor a picture');
	// The sandbox notes a status once the transfer has ended, and this one ends only with the client.
	await until(() => bench.sandbox.ledger().requests.at(-1)?.status !== null);
});

it('refuses a file that is no label', async () => {
	bench.sandbox.fault({ kind: 'html', path: '/labels/' });
	expect(complaint(await label()).message).toContain('is neither PDF, ZPL, EPL nor a picture');
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
	expect(description).toContain('The label may follow');
});

describe('the assumed path', () => {
	it.each([false, true])(
		'is told as such when TW does not know it, also as HTTP 200: %s',
		async (failuresAsHttp200) => {
			bench.sandbox.set({ failuresAsHttp200 });
			bench.sandbox.set({ movedPaths: { [LABEL]: '/api/v3/labelUrl' } });
			const { message, description } = complaint(await label());
			expect(message).toContain('TW gives no label for order ORD/7 ä yet, though it is completed');
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
});
