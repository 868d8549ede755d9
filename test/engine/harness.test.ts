import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialType, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { listSearch, poll, readBinary, runFlow } from './harness';
import { runNode, type RunNodeOptions, stopEngine, testCredential } from './harness';
import { HttpProbe } from './nodes/HttpProbe.node';
import { Parrot } from './nodes/Parrot.node';

const parrot = new Parrot();
const run = async (more: Partial<RunNodeOptions> = {}) =>
	await runNode({ node: parrot, parameters: {}, items: [{}], ...more });
const thrice = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const texts = ({ items }: { items: Array<{ json: { text?: unknown } }> }) =>
	items.map(({ json }) => json.text);

afterAll(stopEngine);

describe('parameters', () => {
	it('resolves expressions per item and completes them with the defaults of the node', async () => {
		const done = await run({
			parameters: { text: '={{ $json.word }}{{ $itemIndex }}', options: { loud: true } },
			items: [{ word: 'a' }, { word: 'b' }],
		});
		expect(done.status).toBe('success');
		expect(texts(done)).toEqual(['A0', 'B1']);
		expect(done.items[0]?.json).toMatchObject({ mode: 'manual', executionId: done.executionId });

		expect(texts(await run())).toEqual(['hello']);
	});

	it('refuses to start a workflow whose required parameter is empty, as n8n does', async () => {
		await expect(run({ parameters: { text: '' } })).rejects.toThrow('The workflow has issues');
	});

	it('gives the node the time zone of the workflow', async () => {
		const parameters = { text: '={{ $now.zoneName }}' };
		const done = await run({ parameters, timezone: 'Asia/Shanghai' });
		expect(done.items[0]?.json).toMatchObject({ text: 'Asia/Shanghai', timezone: 'Asia/Shanghai' });
	});
});

describe('failures', () => {
	it('gives the error as thrown and, in the run data, as n8n records it', async () => {
		const done = await run({ items: [{}, { fails: true }] });
		expect(done.status).toBe('error');
		expect(done.items).toEqual([]);
		expect(done.error).toBeInstanceOf(NodeOperationError);
		expect((done.error as NodeOperationError).context.itemIndex).toBe(1);
		expect(done.runs).toHaveLength(1);
		expect(done.runs[0]?.error?.message).toBe('Item 1 fails');
		expect(done.runs[0]?.error).not.toBeInstanceOf(Error);
	});

	it('keeps the context of the node through Retry On Fail', async () => {
		const done = await run({ parameters: { failUntilTry: 3 }, ...thrice });
		expect(done.items[0]?.json.tries).toBe(3);
		expect(done.error).toBeUndefined();
		expect(done.runs).toHaveLength(1);
	});

	it('runs the node again when Retry On Fail meets an error item in first place', async () => {
		const items = [{ fails: true }, {}];
		const done = await run({ items, onError: 'continueRegularOutput', ...thrice });
		expect(done.items[0]?.json).toEqual({ error: 'Item 0 fails' });
		expect(done.items[1]?.json.tries).toBe(3);
	});

	it('takes a failed execution up again as "Retry" in the list of executions does', async () => {
		const parameters = { failUntilTry: 2 };
		const failed = await run({ parameters, items: [{ kept: true }] });
		expect(failed.error).toBeInstanceOf(NodeApiError);

		const retried = await run({ parameters, items: [], previous: failed });
		expect(retried.error).toBeUndefined();
		expect(retried.executionId).not.toBe(failed.executionId);
		expect(retried.items.map(({ json }) => json)).toMatchObject([
			{ tries: 2, mode: 'retry', executionId: retried.executionId },
		]);
		expect(retried.runs).toHaveLength(1);
		expect(retried.data.resultData.error).toBeUndefined();
	});
});

describe('routing', () => {
	it('pairs each output item with its input item', async () => {
		const done = await run({ items: [{}, {}] });
		expect(done.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('sends failed items to the error branch, merged with their input', async () => {
		const items = [{ word: 'a' }, { word: 'b', fails: true }];
		const done = await run({ items, onError: 'continueErrorOutput' });
		expect(done.status).toBe('success');
		expect(done.outputs).toHaveLength(2);
		expect(texts(done)).toEqual(['hello']);
		expect(done.outputs[1]?.map(({ json }) => json)).toEqual([
			{ word: 'b', fails: true, error: 'Item 1 fails' },
		]);
	});

	it('runs several nodes and traces an item back through them', async () => {
		const text = "={{ $('First').item.json.text }} of {{ $('Start').item.json.word }}";
		const done = await runFlow({
			nodes: [
				{ name: 'First', node: parrot, parameters: { text: '={{ $json.word }}' } },
				{ name: 'Second', node: parrot, parameters: { text } },
			],
			items: [{ word: 'a' }, { word: 'b' }],
		});
		expect(texts(done)).toEqual(['a of a', 'b of b']);
		expect(done.data.resultData.runData.First).toHaveLength(1);
	});

	it('tells whose error it was when the same node stands twice in the flow', async () => {
		const nodes = ['First', 'Second'].map((name) => ({ name, node: parrot, parameters: {} }));
		const done = await runFlow({ nodes, items: [{ fails: true }], watch: 'First' });
		expect((done.error as NodeOperationError).node.name).toBe('First');
		expect(done.data.resultData.runData.Second).toBeUndefined();
	});
});

describe('cancelling', () => {
	it('aborts the signal of the node, lets it finish and stores none of its output', async () => {
		const started = new AbortController();
		const seen: string[] = [];
		const patient: INodeType = {
			description: { ...parrot.description, name: 'patient', defaults: { name: 'Patient' } },
			async execute(this: IExecuteFunctions) {
				const signal = this.getExecutionCancelSignal();
				seen.push(`aborted before: ${signal?.aborted}`);
				const aborted = new Promise((resolve) => signal?.addEventListener('abort', resolve));
				started.abort();
				await aborted;
				seen.push(`aborted after: ${signal?.aborted}`);
				this.logger.warn('Sent before the cancellation', { no: 'TW1' });
				return [[{ json: { sent: true } }]];
			},
		};
		const done = await run({ node: patient, cancelAfter: started.signal });
		expect(seen).toEqual(['aborted before: false', 'aborted after: true']);
		expect(done).toMatchObject({ status: 'canceled', items: [], runs: [] });
		expect(done.log).toContainEqual({
			level: 'warn',
			message: 'Sent before the cancellation',
			metadata: { no: 'TW1' },
		});
	});
});

describe('credentials', () => {
	const probeApi: ICredentialType = {
		name: 'probeApi',
		displayName: 'Probe API',
		properties: [
			{ displayName: 'User', name: 'user', type: 'string', default: 'anonymous' },
			{ displayName: 'Token', name: 'token', type: 'string', default: '' },
		],
		authenticate: async (credentials, request) => {
			const sign = createHash('md5')
				.update(credentials.token as string)
				.digest('hex');
			const headers = { ...request.headers, 'x-user': credentials.user, 'x-sign': sign };
			return await Promise.resolve({ ...request, headers });
		},
	};
	const genericApi: ICredentialType = {
		...probeApi,
		name: 'genericApi',
		authenticate: {
			type: 'generic',
			properties: { headers: { 'x-user': '=user {{ $credentials.user }}' } },
		},
	};

	let server: Server;
	let origin: string;
	let received: IncomingHttpHeaders[];

	beforeAll(async () => {
		server = createServer((request, response) => {
			received.push(request.headers);
			response.statusCode = request.url === '/401' ? 401 : 200;
			response.end(request.url === '/file' ? 'file content' : '{"ok":true}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	beforeEach(() => void (received = []));
	afterAll(() => void server.close());

	const probe = async (
		url: string,
		more: { type?: ICredentialType; fileIn?: 'default' | 'filesystem' } = {},
	) => {
		const type = more.type ?? probeApi;
		return await run({
			node: new HttpProbe(type.name),
			parameters: { url: `${origin}${url}`, file: more.fileIn !== undefined },
			credentials: { [type.name]: { token: 'abc' } },
			credentialTypes: [type],
			...(more.fileIn && { binaryMode: more.fileIn }),
		});
	};

	it("signs n8n's own requests with the credential's authenticate function", async () => {
		const done = await probe('/');
		expect(done.items[0]?.json).toEqual({ answer: { ok: true } });
		expect(received[0]).toMatchObject({
			'x-user': 'anonymous',
			'x-sign': '900150983cd24fb0d6963f7d28e17f72',
		});
	});

	it('resolves the expressions of a generic authenticate object', async () => {
		await probe('/', { type: genericApi });
		expect(received[0]).toMatchObject({ 'x-user': 'user anonymous' });
	});

	it("shows that n8n's own helper sends a second time on HTTP 401", async () => {
		const done = await probe('/401');
		expect(done.error).toBeInstanceOf(NodeApiError);
		expect(received).toHaveLength(2);
	});

	it.each([
		['default' as const, undefined],
		['filesystem' as const, /^filesystem-v2:/],
	])('reads a file back that n8n keeps in %s mode', async (fileIn, id) => {
		const done = await probe('/file', { fileIn });
		const item = done.items[0]!;
		if (id) expect(item.binary?.data?.id).toMatch(id);
		else expect(item.binary?.data?.id).toBeUndefined();
		expect((await readBinary(item)).toString()).toBe('file content');
	});

	it('stops a node whose credential is missing', async () => {
		const done = await run({ node: new HttpProbe('probeApi'), parameters: { url: origin } });
		expect(done.error?.message).toMatch(/does not have any credentials set/);
		expect(received).toEqual([]);
	});

	it('calls the function that a node names in testedBy', async () => {
		const used = { name: 'probeApi', testedBy: 'probeApiTest' };
		const tested: INodeType = {
			description: { ...parrot.description, credentials: [used] },
			methods: {
				credentialTest: {
					async probeApiTest({ data }) {
						const status = data?.user === 'anonymous' ? 'OK' : 'Error';
						return await Promise.resolve({ status, message: `Hello ${data?.user as string}` });
					},
				},
			},
		};
		await expect(testCredential(tested, 'probeApi', {}, probeApi)).resolves.toEqual({
			status: 'OK',
			message: 'Hello anonymous',
		});
		await expect(testCredential(parrot, 'probeApi', {})).rejects.toThrow('names no test function');
	});
});

describe('the editor and the scheduler', () => {
	it('opens and searches a list', async () => {
		const parameters = { language: 'English' };
		const found = await listSearch(parrot, 'words', { parameters, filter: 'good' });
		expect(found).toEqual({
			results: [{ name: 'English goodbye', value: 'English goodbye' }],
			paginationToken: 'page-2',
		});
	});

	it('polls with static data that the next poll finds', async () => {
		const first = await poll(parrot, { timezone: 'Asia/Shanghai' });
		expect(first.items?.[0]?.json).toEqual({ number: 1, timezone: 'Asia/Shanghai' });
		const second = await poll(parrot, { staticData: first.staticData });
		expect(second.staticData).toEqual({ seen: 2 });
		const third = await poll(parrot, { staticData: second.staticData });
		expect(third).toEqual({ items: null, staticData: { seen: 2 } });
		const manual = await poll(parrot, { staticData: first.staticData, mode: 'manual' });
		expect(manual).toEqual({ items: [{ json: { sample: true } }], staticData: { seen: 1 } });
	});
});
