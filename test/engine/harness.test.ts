import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialType, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import {
	listSearch,
	poll,
	readBinary,
	runFlow,
	runNode,
	stopEngine,
	testCredential,
} from './harness';
import { HttpProbe } from './nodes/HttpProbe.node';
import { Parrot } from './nodes/Parrot.node';

const parrot = new Parrot();
const texts = (run: { items: Array<{ json: { text?: unknown } }> }) =>
	run.items.map(({ json }) => json.text);

afterAll(stopEngine);

describe('parameters', () => {
	it('resolves expressions per item and completes them with the defaults of the node', async () => {
		const run = await runNode({
			node: parrot,
			parameters: { text: '={{ $json.word }}{{ $itemIndex }}', options: { loud: true } },
			items: [{ word: 'a' }, { word: 'b' }],
		});
		expect(run.status).toBe('success');
		expect(texts(run)).toEqual(['A0', 'B1']);
		expect(run.items[0]?.json).toMatchObject({ mode: 'manual', executionId: run.executionId });

		const defaults = await runNode({ node: parrot, parameters: {}, items: [{}] });
		expect(texts(defaults)).toEqual(['hello']);
	});

	it('refuses to start a workflow whose required parameter is empty, as n8n does', async () => {
		await expect(runNode({ node: parrot, parameters: { text: '' }, items: [{}] })).rejects.toThrow(
			'The workflow has issues',
		);
	});

	it('gives the node the time zone of the workflow', async () => {
		const run = await runNode({
			node: parrot,
			parameters: { text: '={{ $now.zoneName }}' },
			items: [{}],
			timezone: 'Asia/Shanghai',
		});
		expect(run.items[0]?.json).toMatchObject({ text: 'Asia/Shanghai', timezone: 'Asia/Shanghai' });
	});
});

describe('failures', () => {
	it('gives the error as thrown and, in the run data, as n8n records it', async () => {
		const run = await runNode({ node: parrot, parameters: {}, items: [{}, { fails: true }] });
		expect(run.status).toBe('error');
		expect(run.items).toEqual([]);
		expect(run.error).toBeInstanceOf(NodeOperationError);
		expect((run.error as NodeOperationError).context.itemIndex).toBe(1);
		expect(run.runs).toHaveLength(1);
		expect(run.runs[0]?.error?.message).toBe('Item 1 fails');
		expect(run.runs[0]?.error).not.toBeInstanceOf(Error);
	});

	it('keeps the context of the node through Retry On Fail', async () => {
		const run = await runNode({
			node: parrot,
			parameters: { failUntilTry: 3 },
			items: [{}],
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		});
		expect(run.items[0]?.json.tries).toBe(3);
		expect(run.error).toBeUndefined();
		expect(run.runs).toHaveLength(1);
	});

	it('runs the node again when Retry On Fail meets an error item in first place', async () => {
		const run = await runNode({
			node: parrot,
			parameters: {},
			items: [{ fails: true }, {}],
			onError: 'continueRegularOutput',
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		});
		expect(run.items[0]?.json).toEqual({ error: 'Item 0 fails' });
		expect(run.items[1]?.json.tries).toBe(3);
	});

	it('takes a failed execution up again as "Retry" in the list of executions does', async () => {
		const options = { node: parrot, parameters: { failUntilTry: 2 }, items: [{ kept: true }] };
		const failed = await runNode(options);
		expect(failed.error).toBeInstanceOf(NodeApiError);

		const retried = await runNode({ ...options, items: [], previous: failed });
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
		const run = await runNode({ node: parrot, parameters: {}, items: [{}, {}] });
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('sends failed items to the error branch, merged with their input', async () => {
		const run = await runNode({
			node: parrot,
			parameters: {},
			items: [{ word: 'a' }, { word: 'b', fails: true }],
			onError: 'continueErrorOutput',
		});
		expect(run.status).toBe('success');
		expect(run.outputs).toHaveLength(2);
		expect(texts(run)).toEqual(['hello']);
		expect(run.outputs[1]?.map(({ json }) => json)).toEqual([
			{ word: 'b', fails: true, error: 'Item 1 fails' },
		]);
	});

	it('runs several nodes and traces an item back through them', async () => {
		const run = await runFlow({
			nodes: [
				{ name: 'First', node: parrot, parameters: { text: '={{ $json.word }}' } },
				{
					name: 'Second',
					node: parrot,
					parameters: {
						text: "={{ $('First').item.json.text }} of {{ $('Start').item.json.word }}",
					},
				},
			],
			items: [{ word: 'a' }, { word: 'b' }],
		});
		expect(texts(run)).toEqual(['a of a', 'b of b']);
		expect(run.data.resultData.runData.First).toHaveLength(1);
	});

	it('tells whose error it was when the same node stands twice in the flow', async () => {
		const run = await runFlow({
			nodes: [
				{ name: 'First', node: parrot, parameters: {} },
				{ name: 'Second', node: parrot, parameters: {} },
			],
			items: [{ fails: true }],
			watch: 'First',
		});
		expect((run.error as NodeOperationError).node.name).toBe('First');
		expect(run.data.resultData.runData.Second).toBeUndefined();
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
		const run = await runNode({
			node: patient,
			parameters: {},
			items: [{}],
			cancelAfter: started.signal,
		});
		expect(seen).toEqual(['aborted before: false', 'aborted after: true']);
		expect(run).toMatchObject({ status: 'canceled', items: [], runs: [] });
		expect(run.log).toContainEqual({
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
			const signature = createHash('md5')
				.update(credentials.token as string)
				.digest('hex');
			const headers = { ...request.headers, 'x-user': credentials.user, 'x-sign': signature };
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
	beforeEach(() => {
		received = [];
	});
	afterAll(() => {
		server.close();
	});

	const probe = async (
		url: string,
		more: { type?: ICredentialType; fileIn?: 'default' | 'filesystem' } = {},
	) => {
		const type = more.type ?? probeApi;
		return await runNode({
			node: new HttpProbe(type.name),
			parameters: { url: `${origin}${url}`, file: more.fileIn !== undefined },
			items: [{}],
			credentials: { [type.name]: { token: 'abc' } },
			credentialTypes: [type],
			...(more.fileIn && { binaryMode: more.fileIn }),
		});
	};

	it("signs n8n's own requests with the credential's authenticate function", async () => {
		const run = await probe('/');
		expect(run.items[0]?.json).toEqual({ answer: { ok: true } });
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
		const run = await probe('/401');
		expect(run.error).toBeInstanceOf(NodeApiError);
		expect(received).toHaveLength(2);
	});

	it.each([
		['default' as const, undefined],
		['filesystem' as const, /^filesystem-v2:/],
	])('reads a file back that n8n keeps in %s mode', async (fileIn, id) => {
		const run = await probe('/file', { fileIn });
		const item = run.items[0]!;
		if (id) expect(item.binary?.data?.id).toMatch(id);
		else expect(item.binary?.data?.id).toBeUndefined();
		expect((await readBinary(item)).toString()).toBe('file content');
	});

	it('stops a node whose credential is missing', async () => {
		const run = await runNode({
			node: new HttpProbe('probeApi'),
			parameters: { url: origin },
			items: [{}],
		});
		expect(run.error?.message).toMatch(/does not have any credentials set/);
		expect(received).toEqual([]);
	});

	it('calls the function that a node names in testedBy', async () => {
		const tested: INodeType = {
			description: {
				...parrot.description,
				credentials: [{ name: 'probeApi', testedBy: 'probeApiTest' }],
			},
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
		const found = await listSearch(parrot, 'words', {
			parameters: { language: 'English' },
			filter: 'good',
		});
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
