/** A credential is for its own address: whatever n8n's helpers name an address by, keys go nowhere else. */
import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeType,
	IRequestOptions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { TdApi } from '../../credentials/TdApi.credentials';
import { TwApi } from '../../credentials/TwApi.credentials';
import { type EngineRun, runNode } from '../engine/harness';
import { BILL, complaint, EVENT, outputOf, paths } from '../observed';
import { useBench } from '../support';
import { foreignAddresses, ownAddresses, startStranger, type Stranger } from './strangers';

const bench = useBench();
let stranger: Stranger;
beforeAll(async () => void (stranger = await startStranger()));
afterAll(async () => await stranger.close());
beforeEach(async () => {
	await bench.sandbox.reset();
	// What is asked does not matter here, but where, and with which keys
	bench.sandbox.fault({ kind: 'rawBody', body: '{"code":200,"message":"OK"}' });
});

type CredentialName = 'twApi' | 'tdApi';
type Send = (node: IExecuteFunctions, credential: CredentialName) => Promise<unknown>;

const credentialsAndPaths = [
	['twApi', BILL],
	['tdApi', EVENT],
] as const;
const homeOf = (path: string) => new URL(bench.sandbox.url + path);

/** A node that sends what a test wants with n8n's helpers, as the HTTP Request node and others do. */
async function sent(credential: CredentialName, send: Send): Promise<EngineRun> {
	const node: INodeType = {
		description: {
			displayName: 'Sender',
			name: 'sender',
			group: ['transform'],
			version: 1,
			description: 'Sends a request with a credential',
			defaults: { name: 'Sender' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: credential, required: true }],
			properties: [],
		},
		async execute() {
			return [[{ json: { answer: JSON.stringify(await send(this, credential)) } }]];
		},
	};
	return await runNode({
		node,
		parameters: {},
		items: [{}],
		credentials: { [credential]: bench.credentials[credential] },
		credentialTypes: [new TwApi(), new TdApi()],
	});
}

const signedBy =
	(helper: 'httpRequestWithAuthentication' | 'requestWithAuthentication') =>
	(request: object): Send =>
	async (node, credential): Promise<unknown> =>
		await node.helpers[helper].call(node, credential, {
			method: 'POST',
			body: '{}',
			...request,
		} as IHttpRequestOptions & IRequestOptions);

const newer = signedBy('httpRequestWithAuthentication');
/** The one of the HTTP Request node. */
const older = signedBy('requestWithAuthentication');

/** The one of the HTTP Request node's pagination: the address changes from page to page. */
const paged =
	(own: string, next: string): Send =>
	async (node, credential) => {
		const pages = await node.helpers.requestWithAuthenticationPaginated.call(
			node,
			{ method: 'POST', body: '{}', uri: own },
			0,
			{
				continue: '={{ $pageCount < 2 }}',
				request: {
					url: `={{ $pageCount === 0 ? ${JSON.stringify(own)} : ${JSON.stringify(next)} }}`,
				},
				requestInterval: 0,
			},
			credential,
		);
		return pages.length;
	};

/** How n8n and its nodes name an address. */
const forms: Array<[title: string, send: (url: string, home: URL) => Send]> = [
	['url', (url) => newer({ url })],
	['url beside a base', (url, { origin }) => newer({ url, baseURL: origin })],
	['the base', (url) => newer({ url: '/api', baseURL: url })],
	['the base alone', (url) => newer({ baseURL: url })],
	['uri', (url) => older({ uri: url })],
	['url of the older helper', (url) => older({ url })],
	['uri beside a base', (url, { origin }) => older({ uri: url, baseURL: origin })],
	['uri as an object', (url) => older({ uri: URL.canParse(url) ? new URL(url) : { href: url } })],
	['url beside an own uri', (url, { href }) => older({ uri: href, url })],
	['uri beside an own url', (url, { href }) => older({ uri: url, url: href })],
	['baseUrl beside an own uri', (url, { href }) => older({ uri: href, baseUrl: url })],
	['the next page', (url, { href }) => paged(href, url)],
];

/** Nothing was sent, and the person is told so; n8n itself refuses what is no address for its pages. */
function expectKept(run: EngineRun, arrivedBefore: number): void {
	expect(run.status).toBe('error');
	expect(`${run.error?.message} ${run.runs[0]?.error?.message}`).toMatch(
		/was not signed and not sent|is not a valid URL/,
	);
	expect(stranger.count()).toBe(arrivedBefore);
}

describe.each(credentialsAndPaths)('%s', (credential, path) => {
	describe.each(forms)('by %s', (title, form) => {
		it.each(foreignAddresses)('refuses %s', async (_title, address) => {
			const home = homeOf(path);
			const before = stranger.count();
			expectKept(await sent(credential, form(address(home, stranger), home)), before);
			// Of pages the first is the own one
			expect(paths(bench.sandbox)).toEqual(title === 'the next page' ? [path] : []);
		});
	});

	it.each<[string, Send]>([
		['no address', newer({})],
		['an empty one', newer({ url: '' })],
		['null', newer({ url: null })],
		['a path alone', newer({ url: path })],
		['no address, older helper', older({})],
		['null, older helper', older({ uri: null })],
		['an object', older({ uri: { protocol: 'http:', host: '127.0.0.1' } })],
		['a path alone, older helper', older({ uri: path })],
		['a base that is none', older({ uri: path, baseURL: 'x' })],
	])('refuses %s', async (_title, send) => {
		expectKept(await sent(credential, send), stranger.count());
		expect(paths(bench.sandbox)).toEqual([]);
	});

	it.each(ownAddresses)('signs for the own address: %s', async (_title, address) => {
		const url = address(homeOf(path));
		const sends = [newer({ url }), older({ uri: url }), older({ url, uri: url }), paged(url, url)];
		for (const send of sends) outputOf(await sent(credential, send));
		const { requests } = bench.sandbox.ledger();
		expect(requests.map((request) => request.path)).toEqual([path, path, path, path, path]);
		const isSigned = ({ sign, query }: (typeof requests)[number]) =>
			credential === 'twApi' ? sign !== null : query.includes('partner_key=');
		expect(requests.every(isSigned)).toBe(true);
	});

	it('signs for a path at the own base', async () => {
		const baseURL = bench.sandbox.url;
		for (const send of [newer({ url: path, baseURL }), older({ uri: path, baseURL })]) {
			outputOf(await sent(credential, send));
		}
		expect(paths(bench.sandbox)).toEqual([path, path]);
	});

	const ways: Array<[string, (url: string, method: string) => Send]> = [
		['newer', (url, method) => newer({ url, method })],
		['newer, told to follow', (url, method) => newer({ url, method, maxRedirects: 5 })],
		['older', (uri, method) => older({ uri, method })],
		[
			'older, told to follow',
			(uri, method) =>
				older({ uri, method, followRedirect: true, followAllRedirects: true, maxRedirects: 5 }),
		],
		['pages', (url) => paged(url, url)],
	];
	const redirects = [301, 302, 303, 307, 308].flatMap((status) =>
		['GET', 'POST'].flatMap((method) => ways.map(([way, send]) => ({ status, method, way, send }))),
	);
	it.each(redirects)('follows no $status of $method: $way', async ({ status, method, send }) => {
		const location = stranger.at('127.0.0.1');
		bench.sandbox.fault({ kind: 'redirect', status: status as 301, path, location });
		const before = stranger.count();
		await sent(credential, send(homeOf(path).href, method));
		expect(stranger.count()).toBe(before);
		expect(new Set(paths(bench.sandbox))).toEqual(new Set([path]));
	});

	const own = () => homeOf(path).href;
	it.each<[string, () => Send, string]>([
		['a foreign Host', () => older({ uri: own(), headers: { Host: 'evil.example' } }), 'Host'],
		['a second Host', () => newer({ url: own(), headers: { hOST: 'evil.example' } }), 'Host'],
		['a certificate unseen', () => older({ uri: own(), rejectUnauthorized: false }), 'Ignore SSL'],
		[
			'a certificate unseen, newer helper',
			() => newer({ url: own(), skipSslCertificateValidation: true }),
			'Ignore SSL',
		],
		[
			'a proxy that can read along',
			() => older({ uri: own(), proxy: stranger.at('127.0.0.1') }),
			'Proxy',
		],
	])('refuses %s', async (_title, send, advice) => {
		const run = await sent(credential, send());
		expectKept(run, stranger.count());
		expect(JSON.stringify([run.error, complaint(run)])).toContain(advice);
	});

	it('lets the own Host pass', async () => {
		outputOf(await sent(credential, older({ uri: own(), headers: { host: homeOf(path).host } })));
		expect(paths(bench.sandbox)).toEqual([path]);
	});
});
