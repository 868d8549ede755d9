/** Keys and signatures are in no error, output, execution record or log line, even if a vendor repeats them. */
import type { INodeParameters } from 'n8n-workflow';
import { inspect } from 'node:util';
import { TdApi } from '../../credentials/TdApi.credentials';
import { TwApi } from '../../credentials/TwApi.credentials';
import { TdOrderEvent } from '../../nodes/TdOrderEvent/TdOrderEvent.node';
import { TwOrder } from '../../nodes/TwOrder/TwOrder.node';
import type { FaultRule } from '../../sandbox';
import { type EngineRun, testCredential } from '../engine/harness';
import { logLines } from '../engine/host';
import { BILL, EVENT, INFO } from '../observed';
import { searchedForms, writtenForms } from '../secret-forms';
import { createParameters, useBench, withCredential } from '../support';

const SECRETS = {
	apiToken: 'CANARY-token "with" quotes/ä',
	apiKey: 'CANARY-key"quoted"&=+',
	partnerKey: 'CANARY partner/key+%&ü',
};

const bench = useBench({
	credentials: {
		tw: { apiToken: SECRETS.apiToken, apiKey: SECRETS.apiKey },
		td: { partnerKey: SECRETS.partnerKey },
	},
});
beforeEach(() => bench.sandbox.reset());

/** Every form a secret can have in a text. */
function forms(): string[] {
	const { requests } = bench.sandbox.ledger();
	const signs = requests.flatMap(({ sign }) => (sign ? [sign] : []));
	const secrets = [...Object.values(SECRETS), ...new Set(signs)].flatMap(searchedForms);
	return ['CANARY', ...secrets];
}

/** All that is left of a run, as text: as people and programs may come to see it. */
function tracesOf(run: EngineRun, logStart: number): string {
	const seen = [run.error, run.runs, run.data, run.outputs, run.hints, logLines.slice(logStart)];
	return seen.map((one) => `${inspect(one, { depth: 10 })}\n${JSON.stringify(one)}`).join('\n');
}

function expectNoSecret(text: string): void {
	expect(text.length).toBeGreaterThan(100);
	for (const form of forms()) expect(text.includes(form) ? form : 'clean').toBe('clean');
}

const options = { timeout: 2 };
const create = createParameters({ waitForCompletion: true, options });
const ship: INodeParameters = {
	operation: 'order_ship',
	specifyBody: 'fields',
	order_id: 'O-1',
	session_id: 's-1',
	terminal_ip: '210.20.10.33',
	options: { ...options, delivery: 'event-at-most-once' },
};
const operations = [
	['TW Order Create', 'twOrder', create],
	['TW Order Get', 'twOrder', { operation: 'get', no: 'ORD-1', simplify: false, options }],
	['TW Order Get Status', 'twOrder', { operation: 'getStatus', request_id: 'r', options }],
	['TW Label Download', 'twLabel', { operation: 'download', no: 'ORD-1', options }],
	['TD Ship', 'tdOrderEvent', ship],
] as const;

const faults: FaultRule[] = [
	{ kind: 'echo', status: 400 },
	{ kind: 'echo', status: 401 },
	{ kind: 'echo', status: 404 },
	{ kind: 'echo', status: 200 },
	{ kind: 'echo', status: 503, times: 4 },
	{ kind: 'echo', as: 'base64' },
	{ kind: 'echo', as: 'hex' },
	{ kind: 'echo', as: 'url' },
	{ kind: 'echo', as: 'html' },
	{ kind: 'redirect', location: 'https://example.com/' },
	{ kind: 'html' },
	{ kind: 'resetBeforeAccept', times: 3 },
];

describe.each(faults)('%j', (fault) => {
	it.each(operations)('%s', async (_name, node, parameters) => {
		bench.sandbox.fault(fault);
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const logStart = logLines.length;
			const run = await bench.run(node, parameters, [{ no: 'ORD-1' }], { onError });
			expectNoSecret(tracesOf(run, logStart));
			expect(bench.sandbox.ledger().requests.length).toBeGreaterThan(0);
		}
	});
});

it('a repeated request is shown as far as it is no secret', async () => {
	bench.sandbox.fault({ kind: 'echo', path: EVENT });
	const run = await bench.run('tdOrderEvent', ship, [{}]);
	expect(run.error?.message).toContain('partner_key=[hidden]');
});

it('data of a successful answer is cleaned as well', async () => {
	const data = { no: 'ORD-1', note: `key ${SECRETS.apiKey}`, [SECRETS.apiToken]: 1, children: [] };
	const body = JSON.stringify({ code: 200, message: 'OK', data });
	bench.sandbox.fault({ kind: 'rawBody', path: INFO, body });
	const logStart = logLines.length;
	const get = { operation: 'get', no: 'ORD-1', simplify: false };
	const run = await bench.run('twOrder', get, [{}]);
	expect(run.items[0]?.json).toMatchObject({ no: 'ORD-1', note: 'key [hidden]', '[hidden]': 1 });
	expectNoSecret(tracesOf(run, logStart));
});

it('an accepted event whose answer repeats the request is cleaned as well', async () => {
	bench.sandbox.fault({ kind: 'echo', path: EVENT, status: 200 });
	const logStart = logLines.length;
	const run = await bench.run('tdOrderEvent', ship, [{}]);
	expect(run.error).toBeUndefined();
	expectNoSecret(tracesOf(run, logStart));
});

it.each<FaultRule>([{ kind: 'echo' }, { kind: 'echo', status: 401 }, { kind: 'html' }])(
	'the credential tests keep them too: %j',
	async (fault) => {
		bench.sandbox.fault({ ...fault, path: `${BILL}|${EVENT}` });
		const { twApi, tdApi } = bench.credentials;
		const verdicts = [
			await testCredential(new TwOrder(), 'twApi', twApi, new TwApi()),
			await testCredential(new TdOrderEvent(), 'tdApi', tdApi, new TdApi()),
		];
		expectNoSecret(JSON.stringify(verdicts));
	},
);

it('a credential that is not usable is named by field, never by value', async () => {
	const unusable = withCredential(bench, 'twApi', { apiKey: 'CANARY\nkey', apiToken: 'CANARY' });
	const logStart = logLines.length;
	const run = await bench.run('twOrder', create, [{ no: 'ORD-1' }], unusable);
	expect(run.error?.message).toContain("'API Key' of the TW API credential");
	expectNoSecret(tracesOf(run, logStart));
});

const { apiToken, apiKey, partnerKey } = SECRETS;
const knownTo = [
	[operations[1], [apiToken, apiKey]],
	[operations[4], [partnerKey]],
] as const;

describe.each(Object.keys(writtenForms('')))('%s', (form) => {
	const places: Array<[string, (said: string) => string]> = [
		[
			'a message',
			(said) => JSON.stringify({ code: 400, message: said, errors: { said }, data: null }),
		],
		[
			'data',
			(said) =>
				JSON.stringify({ code: 200, message: 'OK', data: { no: 'ORD-1', said, [said]: 1 } }),
		],
		['a web page', (said) => `<html><title>${said}</title><body>${said}</body></html>`],
		['a text', (said) => said],
	];
	it.each(places)('repeated in %s', async (_place, answer) => {
		for (const [[, node, parameters], secrets] of knownTo) {
			const said = secrets.map((secret) => writtenForms(secret)[form]).join(' | ');
			for (const status of [200, 400, 401, 503]) {
				const body = answer(said);
				bench.sandbox.clearFaults();
				bench.sandbox.fault({ kind: 'rawBody', path: `${INFO}|${EVENT}`, status, body });
				const logStart = logLines.length;
				const onError = 'continueRegularOutput';
				const run = await bench.run(node, parameters, [{ no: 'ORD-1' }], { onError });
				expectNoSecret(tracesOf(run, logStart));
			}
		}
	});
});
