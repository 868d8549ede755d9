/** What our own code throws: n8n's log has its stack and causes, secrets masked; the user's message has neither. */
import type { IDataObject, INodeType } from 'n8n-workflow';
import { inspect } from 'node:util';
import { ShopWebhookApi } from '../../../credentials/ShopWebhookApi.credentials';
import { TwApi } from '../../../credentials/TwApi.credentials';
import { asFault, UnknownOutcomeFault } from '../../../lib/base/errors';
import type { AnyOperation } from '../../../lib/operation/operation';
import { toEditorError } from '../../../lib/run/node-errors';
import { closeRegisters, registerFile, sqliteRegister } from '../../../lib/run/registers';
import { runOperations } from '../../../lib/run/run';
import { unknownOrder } from '../../../lib/tw/orders/order';
import type { TwClient } from '../../../lib/tw/wire/client';
import { get } from '../../../nodes/TwBalance/operations/get';
import { twNode } from '../../../nodes/shared/tw';
import { TwTrigger } from '../../../nodes/TwTrigger/TwTrigger.node';
import { loadOptions, poll, runNode, type RunNodeOptions } from '../../engine/harness';
import { type LogLine, logLines } from '../../engine/host';
import { complaint, outputOf } from '../../observed';
import { QUICK } from '../../pace';
import { createParameters, nodes, useBench } from '../../support';
import { deliver, openTrigger, shopifyOrder } from '../../nodes/ShopTrigger/shop';

const KEY = 'CANARY-key"quoted"';
/** A part of what the trigger's defect says by itself. */
const TOKEN = 'number 1';
const bench = useBench({ credentials: { tw: { apiKey: KEY, apiToken: TOKEN } } });

/** As a slip of ours would: the account's key and the item's data lie within reach of what is thrown. */
function slip({ account }: TwClient): TypeError {
	const cause = new RangeError(`no room for ${account.apiKey}`, { cause: { address: '5 Rue X' } });
	const error = new TypeError(`${JSON.stringify(account.apiKey)} is not a function`, { cause });
	return Object.assign(error, { item: { address: '5 Rue X' } });
}

/** A node with one operation, which fails like this. */
function failing(
	perform: NonNullable<AnyOperation<TwClient>['perform']>,
	kind: 'read' | 'write' = 'read',
) {
	const { description, Base } = twNode([
		{ ...get, kind, perform, performEach: undefined } as AnyOperation<TwClient>,
	]);
	const { name, displayName, group, defaults, credentials } = nodes.twBalance.description;
	const own = { name, displayName, group, defaults, credentials, description: '' };
	const { execute } = new Base(QUICK);
	return { description: { ...description, ...own }, execute } as INodeType;
}

const run = async (node: INodeType, more: Partial<RunNodeOptions> = {}) =>
	await runNode({
		node,
		parameters: { operation: 'get' },
		items: [{}],
		credentials: bench.credentials,
		credentialTypes: [new TwApi()],
		...more,
	});

const errorsIn = (lines: readonly LogLine[]) => lines.filter(({ level }) => level === 'error');

/** The one line on the defect, which tells nothing that is secret. */
function defectIn(lines: readonly LogLine[], secret = 'CANARY'): string {
	const errors = errorsIn(lines);
	expect(errors).toHaveLength(1);
	expect(inspect(errors, { depth: 10 })).not.toMatch(new RegExp(`${secret}|Rue X`));
	return errors[0]!.message;
}

function expectNoTrace(error: unknown): void {
	const text = inspect(error, { depth: 10, showHidden: true });
	expect(text).not.toMatch(/CANARY|Rue X|no room|defects\.test/);
	expect((error as Error).cause).toBeUndefined();
}

describe('an operation that throws what is no fault', () => {
	it('is logged with its stack and its causes', async () => {
		const { error, log } = await run(
			failing(async ({ client }) => {
				throw slip(client);
			}),
		);
		const line = defectIn(log);
		expect(line).toMatch(/TypeError: "\[hidden\]" is not a function\n\s+at .*defects\.test/);
		expect(line).toMatch(
			/Caused by: RangeError: no room for \[hidden\]\n\s+at slip .*defects\.test/,
		);
		expect(line).toContain('TW Balance');
		expectNoTrace(error);
		expect(error?.message).toBe(
			'This node met a case it is not made for: "[hidden]" is not a function [Item 0]',
		);
	});

	it('is logged once for all items that share it, also where the run goes on', async () => {
		const error = new TypeError('a');
		const node = failing(async (_call, inputs) => inputs.map(() => asFault(error)));
		const items = [{}, {}, {}];
		const first = await run(node, { items, onError: 'continueRegularOutput' });
		expect(outputOf(first).map(({ details }) => (details as IDataObject)['kind'])).toEqual(
			items.map(() => 'defect'),
		);
		expect(defectIn(first.log)).toContain('TypeError: a');
	});

	it('is logged where it leaves the outcome of a write unknown', async () => {
		const node = failing(
			async ({ client }) => [unknownOrder('N1', asFault(slip(client)), 'Nobody knows.')],
			'write',
		);
		const { error, log } = await run(node);
		expect(complaint({ error, items: [] } as never).message).toContain('unknown');
		expect(defectIn(log)).toContain('Caused by: RangeError: no room for [hidden]');
		expectNoTrace(error);
	});

	it('is logged if it is no error at all', async () => {
		const node = failing(async ({ client }) => {
			// eslint-disable-next-line @typescript-eslint/only-throw-error -- that is what is tried here
			throw `only ${client.account.apiKey}`;
		});
		expect(defectIn((await run(node)).log)).toContain('Error: only [hidden]');
	});

	it('nothing is logged of a fault that was foreseen', async () => {
		const node = failing(async () => [new UnknownOutcomeFault('It is open', 'Look it up.')]);
		expect(errorsIn((await run(node)).log)).toEqual([]);
	});
});

it('a defect while the client is made is logged without its words', async () => {
	const connect = () => {
		throw new TypeError(`no ${KEY}`);
	};
	const profile = { vendor: 'TW', credential: 'twApi', operations: [get], connect } as const;
	const execute: INodeType['execute'] = async function () {
		return await runOperations(this, profile);
	};
	const { error, log } = await run({ ...failing(async () => []), execute });
	expect(defectIn(log)).toMatch(/TypeError\n\s+at .*defects\.test/);
	expect(error?.message).toContain('This node met a case it is not made for');
	expect(error?.cause).toBeUndefined();
});

it('a defect while old entries are forgotten is logged without its words, and holds nothing up', async () => {
	const register = sqliteRegister(registerFile(process.env));
	register.sweepIfDue = async () => {
		throw new TypeError(`no ${KEY}`);
	};
	const created = await bench.run('twOrder', createParameters({ waitForCompletion: false }), [
		{ no: 'ORD-1' },
	]);
	await closeRegisters();
	expect(outputOf(created)).toHaveLength(1);
	expect(defectIn(created.log)).toMatch(/TypeError\n\s+at .*defects\.test/);
});

it('a trigger that throws what is no fault is logged with its stack', async () => {
	const start = logLines.length;
	const polled = poll(new TwTrigger(QUICK), {
		parameters: { event: 'orderFinal', orders: 'ORD-1' },
		credentials: bench.credentials,
		credentialTypes: [new TwApi()],
		staticData: { watches: { orderFinal: { done: 1 } } },
	});
	const error = await polled.catch((thrown: unknown) => thrown);
	const line = defectIn(logLines.slice(start), TOKEN);
	expect(line).toMatch(/TypeError: \[hidden\] is not iterable[^\n]*\n\s+at [\s\S]*orderFinal/);
	expect((error as Error).message).toContain('is not made for');
});

it('a webhook that throws what is no fault is logged with its stack', async () => {
	const secret = 'events.includes';
	const trigger = await openTrigger(
		{ shop: 'shopify', events: 7, remember: 'no' },
		{ credentials: { shopWebhookApi: { secret } }, credentialTypes: [new ShopWebhookApi()] },
	);
	const start = logLines.length;
	const { status, text } = await deliver(trigger, 'shopify', shopifyOrder(), { secret });
	await trigger.close();
	const lines = errorsIn(logLines.slice(start));
	expect(status).toBe(500);
	expect(text).not.toContain('is not a function');
	expect(lines.map(({ message }) => message)).toEqual([
		expect.stringContaining('no delivery can be taken'),
		expect.stringMatching(/TypeError: \[hidden\] is not a function\n\s+at .*admission/),
	]);
	expect(inspect(lines)).not.toContain(secret);
});

describe("an editor's list that throws what is no fault", () => {
	/** @param redact as far as a client is there */
	const load = async (redact?: (text: string) => string) => {
		const start = logLines.length;
		const loadFailing: NonNullable<NonNullable<INodeType['methods']>['loadOptions']>[string] =
			async function () {
				throw toEditorError(this, new TypeError(`no ${KEY}`), redact);
			};
		const { description } = nodes.twBalance;
		const node: INodeType = { description, methods: { loadOptions: { loadFailing } } };
		const error = await loadOptions(node, 'loadFailing', { parameters: {} }).catch(
			(thrown: unknown) => thrown,
		);
		expect((error as Error).message).toBe(`This node met a case it is not made for: no ${KEY}`);
		expect((error as Error).cause).toBeUndefined();
		return defectIn(logLines.slice(start));
	};

	it('is logged with its stack', async () => {
		const line = await load((text) => text.replaceAll(KEY, '[hidden]'));
		expect(line).toMatch(/TypeError: no \[hidden\]\n\s+at .*defects\.test/);
	});

	it('is logged without its words where nobody knows the secrets yet', async () => {
		expect(await load()).toMatch(/TypeError\n\s+at .*defects\.test/);
	});
});
