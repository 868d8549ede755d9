/** An address that a vendor's answer names is not trusted. */
import { lookup as systemLookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type LookupFunction, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Deadline } from '../../../lib/base/deadline';
import { BadAnswerFault, TimedOutFault, UnreachableFault } from '../../../lib/base/errors';
import { download, type DownloadOptions } from '../../../lib/http/download';
import { closePools } from '../../../lib/http/exchange';
import { type Sandbox, startSandbox } from '../../../sandbox';

let sandbox: Sandbox;
/** The same, under a name instead of an address. */
let named: string;
beforeAll(async () => {
	sandbox = await startSandbox({ https: true });
	named = `https://labels.example:${new URL(sandbox.labelUrl).port}`;
});
afterAll(async () => {
	await closePools();
	await sandbox.close();
});
beforeEach(async () => {
	sandbox.reset();
	await closePools();
});

/** A name server that knows every name, under this address. */
const dns =
	(address: string): LookupFunction =>
	(_hostname, options, callback) => {
		if (options.all) callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
		else callback(null, address, address.includes(':') ? 6 : 4);
	};
const policyWith = (lookup: LookupFunction) => ({ lookup, refuses: async () => undefined });

const open = async (url: string, options: Partial<DownloadOptions> = {}) =>
	await download(url, {
		what: 'label',
		deadline: Deadline.in(5_000),
		maxBytes: 1024,
		ignoreSslIssues: true,
		innerAllowed: false,
		...options,
	});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const INNER = "leads into the n8n host's own network";

describe('where TW is a public host', () => {
	it.each([
		['http://labels.example.com/1.pdf', 'does not begin with https://'],
		['http://127.0.0.1/1.pdf', 'does not begin with https://'],
		['ftp://labels.example.com/1.pdf', 'does not begin with https://'],
		['file:///etc/passwd', 'does not begin with https://'],
		['https://user:secret@labels.example.com/1.pdf', 'holds a user name or password'],
		['https://127.0.0.1/1.pdf', INNER],
		['https://localhost/1.pdf', INNER],
		['https://10.1.2.3/1.pdf', INNER],
		['https://172.16.0.1/1.pdf', INNER],
		['https://192.168.1.1/1.pdf', INNER],
		['https://169.254.169.254/latest/meta-data', INNER],
		['https://100.64.0.1/1.pdf', INNER],
		['https://0.0.0.0/1.pdf', INNER],
		['https://2130706433/1.pdf', INNER],
		['https://0x7f.1/1.pdf', INNER],
		['https://[::1]/1.pdf', INNER],
		['https://[fd00::1]/1.pdf', INNER],
		['https://[fe80::1]/1.pdf', INNER],
		['https://[::ffff:127.0.0.1]/1.pdf', INNER],
		['https://[64:ff9b::7f00:1]/1.pdf', INNER],
		['no address', 'is not a URL'],
	])('refuses %s', async (url, problem) => {
		const refusal = await open(url).catch((error: unknown) => error);
		expect(refusal).toBeInstanceOf(BadAnswerFault);
		expect((refusal as Error).message).toContain(`The label's address ${problem}`);
		expect((refusal as Error).message).not.toContain('secret');
	});

	it.each(['127.0.0.1', '10.0.0.1', '::1'])(
		'refuses a name that leads to %s, before connecting',
		async (address) => {
			const policy = policyWith(dns(address));
			await expect(open(`${named}/1.pdf`, { policy })).rejects.toThrow(INNER);
			expect(sandbox.ledger().connections.label).toBe(0);
		},
	);

	it('refuses a name with one inner address among others', async () => {
		const both: LookupFunction = (_hostname, _options, callback) =>
			callback(null, [
				{ address: '8.8.8.8', family: 4 },
				{ address: '127.0.0.1', family: 4 },
			]);
		const policy = policyWith(both);
		await expect(open(`${named}/1.pdf`, { policy })).rejects.toThrow(INNER);
		expect(sandbox.ledger().connections.label).toBe(0);
	});
});

describe('behind a proxy', () => {
	let proxy: Server;
	/** The hosts that it was asked for. */
	let tunnels: Array<string | undefined>;
	beforeAll(async () => {
		// Every host name leads to the sandbox, as a proxy in front of the internet would have it.
		proxy = createServer().on('connect', ({ url }, client: Socket) => {
			tunnels.push(url);
			const { port } = new URL(sandbox.labelUrl);
			const upstream = connect(Number(port), '127.0.0.1', () => {
				client.write('HTTP/1.1 200 OK\r\n\r\n');
				upstream.pipe(client).pipe(upstream);
			});
			for (const socket of [client, upstream]) socket.on('error', () => client.destroy());
		});
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	});
	afterAll(async () => {
		await closePools();
		await new Promise((resolve) => proxy.close(resolve));
	});
	beforeEach(() => {
		tunnels = [];
		process.env['https_proxy'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	});
	afterEach(() => {
		delete process.env['https_proxy'];
		delete process.env['no_proxy'];
	});

	const serve = (path: string) => sandbox.fault({ kind: 'rawBody', path, body: '%PDF-1.4 label' });

	/** What the test's name server says of these names; every other is public. */
	const INNER_NAMES: Record<string, string> = {
		'loopback.example': '127.0.0.1',
		'loopback6.example': '::1',
		'private.example': '10.1.2.3',
		'metadata.example': '169.254.169.254',
		'azure.example': '168.63.129.16',
		'mapped.example': '::ffff:127.0.0.1',
		'nat64.example': '64:ff9b::a00:1',
		'unique.example': 'fd00::1',
		'localhost.localdomain': '127.0.0.1',
	};
	const names = policyWith((hostname, options, callback) =>
		dns(INNER_NAMES[hostname] ?? '8.8.8.8')(hostname, options, callback),
	);

	it.each(Object.keys(INNER_NAMES))('the name %s is judged, and no tunnel opened', async (name) => {
		serve('/1.pdf');
		await expect(open(`https://${name}/1.pdf`, { policy: names })).rejects.toThrow(INNER);
		expect(tunnels).toEqual([]);
	});

	it.each(Object.keys(INNER_NAMES))('a redirect to the name %s is not followed', async (name) => {
		sandbox.fault({ kind: 'redirect', path: '/1.pdf', location: `https://${name}/2.pdf` });
		serve('/2.pdf');
		const fetching = open('https://labels.example/1.pdf', { policy: names });
		await expect(fetching).rejects.toThrow(INNER);
		expect(tunnels).toEqual(['labels.example:443']);
	});

	it.each([
		'https://localhost./1.pdf',
		'https://labels.localhost./1.pdf',
		'https://127.0.0.1./1.pdf',
	])('a dot at the end hides nothing: %s', async (address) => {
		await expect(open(address, { policy: policyWith(dns('8.8.8.8')) })).rejects.toThrow(INNER);
		expect(tunnels).toEqual([]);
	});

	it('one inner address among public ones is enough', async () => {
		const both: LookupFunction = (_hostname, _options, callback) =>
			callback(null, [
				{ address: '8.8.8.8', family: 4 },
				{ address: '10.0.0.1', family: 4 },
			]);
		const fetching = open('https://labels.example/1.pdf', { policy: policyWith(both) });
		await expect(fetching).rejects.toThrow(INNER);
		expect(tunnels).toEqual([]);
	});

	describe.each(['ENOTFOUND', 'EAI_AGAIN'])('a name that only the proxy knows (%s)', (code) => {
		const policy = policyWith((_hostname, _options, callback) =>
			callback(Object.assign(new Error('not known here'), { code }), '', 0),
		);

		it('is left to the proxy, and to the certificate', async () => {
			const fetching = open('https://labels.example/1.pdf', { policy, ignoreSslIssues: false });
			await expect(fetching).rejects.toThrow('its TLS certificate cannot be verified');
			expect(tunnels).toEqual(['labels.example:443']);
			expect(sandbox.ledger().requests).toEqual([]);
		});

		it('is refused where no certificate is asked for', async () => {
			serve('/1.pdf');
			const refusal = await open('https://labels.example/1.pdf', { policy }).catch(
				(error: unknown) => error as BadAnswerFault,
			);
			expect(refusal).toBeInstanceOf(BadAnswerFault);
			expect((refusal as BadAnswerFault).message).toContain('is known to the proxy alone');
			expect((refusal as BadAnswerFault).advice).toContain("'Ignore SSL Issues'");
			expect(tunnels).toEqual([]);
		});
	});

	it('a name server that refuses for a reason of its own is obeyed', async () => {
		serve('/1.pdf');
		const policy = policyWith((_hostname, _options, callback) =>
			callback(new Error('the policy forbids it'), '', 0),
		);
		await expect(open('https://labels.example/1.pdf', { policy })).rejects.toBeInstanceOf(
			UnreachableFault,
		);
		expect(tunnels).toEqual([]);
	});

	it('a name server that never answers is not waited for beyond the deadline', async () => {
		const policy = policyWith(() => undefined);
		const late = open('https://labels.example/1.pdf', { policy, deadline: Deadline.in(200) });
		await expect(late).rejects.toBeInstanceOf(TimedOutFault);
		expect(tunnels).toEqual([]);
	});

	it('a name that goes past the proxy is guarded where it connects', async () => {
		process.env['no_proxy'] = 'example';
		const fetching = open('https://loopback.example/1.pdf', { policy: names });
		await expect(fetching).rejects.toThrow(INNER);
		expect(tunnels).toEqual([]);
	});

	it('where TW is inside, its names may be so as well', async () => {
		serve('/1.pdf');
		const inside = { policy: names, innerAllowed: true };
		const { content } = await open('https://private.example/1.pdf', inside);
		expect(await text(content)).toBe('%PDF-1.4 label');
		expect(tunnels).toEqual(['private.example:443']);
	});

	it.each([
		['https://127.0.0.1/1.pdf', INNER],
		['https://169.254.169.254/latest/meta-data', INNER],
		['https://[::1]/1.pdf', INNER],
		['http://labels.example/1.pdf', 'does not begin with https://'],
		['http://127.0.0.1/1.pdf', 'does not begin with https://'],
		['https://user:secret@labels.example/1.pdf', 'holds a user name or password'],
	])('a redirect to %s is not followed', async (location, problem) => {
		sandbox.fault({ kind: 'redirect', path: '/1.pdf', location });
		await expect(open('https://labels.example/1.pdf', { policy: names })).rejects.toThrow(
			`The label's address ${problem}`,
		);
		expect(sandbox.ledger().requests.map(({ path }) => path)).toEqual(['/1.pdf']);
	});

	it('a redirect to another public host is followed', async () => {
		const location = 'https://other.example/2.pdf';
		sandbox.fault({ kind: 'redirect', path: '/1.pdf', location });
		sandbox.fault({ kind: 'rawBody', path: '/2.pdf', body: '%PDF-1.4 moved' });
		const { content } = await open('https://labels.example/1.pdf', { policy: names });
		expect(await text(content)).toBe('%PDF-1.4 moved');
		expect(sandbox.ledger().requests.map(({ headers }) => headers['host'])).toEqual([
			'labels.example',
			'other.example',
		]);
	});
});

describe('where TW is inside as well', () => {
	const inside = { innerAllowed: true };

	it('fetches, and limits what it fetches', async () => {
		sandbox.fault({ kind: 'rawBody', path: '/1.pdf', body: '%PDF-1.4 small' });
		const { head, content } = await open(`${sandbox.labelUrl}/1.pdf`, inside);
		expect(head.subarray(0, 4).toString()).toBe('%PDF');
		expect(await text(content)).toBe('%PDF-1.4 small');
	});

	it.each([200, 203])('takes the file of an answer with status %i', async (status) => {
		sandbox.fault({ kind: 'status', path: '/1.pdf', status, body: '%PDF-1.4 whole' });
		const { content } = await open(`${sandbox.labelUrl}/1.pdf`, inside);
		expect(await text(content)).toBe('%PDF-1.4 whole');
	});

	it.each([201, 202, 204, 205, 206, 207, 208, 226, 299])(
		'takes nothing of an answer with status %i: it has no whole file',
		async (status) => {
			// Node.js writes no body with 204
			const body = status === 204 ? '' : '%PDF-1.4 a part of it';
			sandbox.fault({ kind: 'status', path: '/1.pdf', status, body });
			const refusal = open(`${sandbox.labelUrl}/1.pdf`, inside);
			await expect(refusal).rejects.toBeInstanceOf(BadAnswerFault);
			await expect(refusal).rejects.toThrow(`sent no whole file (HTTP ${status})`);
			expect(sandbox.ledger().requests).toHaveLength(1);
		},
	);

	it('sends no address that is longer than a web server reads', async () => {
		const long = (length: number) => `${sandbox.labelUrl}/`.padEnd(length, 'a');
		await expect(open(long(8_193), inside)).rejects.toThrow('is longer than 8192 characters');
		expect(sandbox.ledger().requests).toEqual([]);
		await expect(open(long(8_192), inside)).rejects.toThrow('does not know');
		expect(sandbox.ledger().requests).toHaveLength(1);
	});

	it('takes a file that comes byte by byte', async () => {
		const file = `%PDF-1.4 ${'drop by drop '.repeat(500)}`;
		const dripping = createServer((_request, response) => {
			for (const byte of file) response.write(byte);
			response.end();
		});
		await new Promise<void>((resolve) => dripping.listen(0, '127.0.0.1', resolve));
		const { port } = dripping.address() as AddressInfo;
		try {
			const { head, content } = await open(`http://127.0.0.1:${port}/1.pdf`, {
				...inside,
				maxBytes: 10_000,
			});
			expect(head.toString()).toBe(file.slice(0, 1024));
			expect(await text(content)).toBe(file);
		} finally {
			dripping.closeAllConnections();
			dripping.close();
		}
	});

	it('stops a body that does not end', async () => {
		sandbox.fault({ kind: 'oversize', path: '/1.pdf' });
		const { content } = await open(`${sandbox.labelUrl}/1.pdf`, { ...inside, maxBytes: 200_000 });
		await expect(text(content)).rejects.toThrow('The label is larger than 0.19 MB');
	});

	it('stops waiting at its deadline', async () => {
		sandbox.fault({ kind: 'hangBeforeAccept', path: '/1.pdf' });
		const late = open(`${sandbox.labelUrl}/1.pdf`, { ...inside, deadline: Deadline.in(200) });
		await expect(late).rejects.toBeInstanceOf(TimedOutFault);
	});

	it.each([
		['before the answer begins', ''],
		['within the answer', '%PDF-1.4 and no more of it'],
	])('stops waiting %s, though garbage is collected meanwhile', async (_where, sent) => {
		const slow = createServer((_request, response) => sent && response.write(sent));
		await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
		const { port } = slow.address() as AddressInfo;
		const deadline = Deadline.in(500);
		const fetching = open(`http://127.0.0.1:${port}/1.pdf`, { ...inside, deadline });
		const late = fetching.then(async ({ content }) => await text(content));
		const collecting = setInterval(collectGarbage, 20);
		try {
			await expect(late).rejects.toBeInstanceOf(TimedOutFault);
		} finally {
			clearInterval(collecting);
			slow.closeAllConnections();
			slow.close();
		}
	});

	it('verifies certificates unless told not to', async () => {
		const verifying = open(`${sandbox.labelUrl}/1.pdf`, { ...inside, ignoreSslIssues: false });
		await expect(verifying).rejects.toBeInstanceOf(UnreachableFault);
		await expect(verifying).rejects.toThrow('its TLS certificate cannot be verified');
		expect(sandbox.ledger().requests).toEqual([]);
	});
});

it("asks the host's policy about every address", async () => {
	const asked: string[] = [];
	const policy = {
		lookup: systemLookup as LookupFunction,
		refuses: async (url: URL) => {
			asked.push(url.pathname);
			return url.pathname === '/2.pdf' ? 'blocked by the administrator' : undefined;
		},
	};
	sandbox.fault({ kind: 'redirect', path: '/1.pdf', location: '/2.pdf' });
	await expect(open(`${sandbox.labelUrl}/1.pdf`, { innerAllowed: true, policy })).rejects.toThrow(
		'is not allowed by this n8n host (blocked by the administrator)',
	);
	expect(asked).toEqual(['/1.pdf', '/2.pdf']);
	expect(sandbox.ledger().requests).toHaveLength(1);
});
