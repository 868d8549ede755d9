/**
 * A shop sends a webhook again when it was not answered in time; each delivery is an execution of its
 * own. The register makes one order of them all, and without it the vendor has as many as deliveries.
 */
import type { INodeParameters } from 'n8n-workflow';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerFolder } from '../../../lib/register/file-register';
import { complaint, FORECAST, INFO, outputOf, paths, requestsTo, until } from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(() => {
	bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, acceptSameNo: true });
});

const NEVER = 3_600_000;
const webhook = { no: 'SHOP-1' };
const orders = () => bench.sandbox.ledger().orders.length;

const run = async (more: INodeParameters = {}, items = [webhook]) =>
	await bench.run('twOrder', createParameters({ waitForCompletion: false, ...more }), items);
const deliver = async (more: INodeParameters = {}) => outputOf(await run(more))[0];
const heavier: INodeParameters = {
	boxes: { item: [{ number: 1, weight: 9, length: 20, width: 20, height: 20 }] },
};

describe.each([
	['remembered on this n8n', 'files', 1],
	['not remembered', 'no', 3],
] as const)('%s, three deliveries', (_title, remember, made) => {
	it(`one after the other make ${made}`, async () => {
		for (let delivery = 0; delivery < 3; delivery++) await deliver({ remember });
		expect(orders()).toBe(made);
	});

	it(`at the same moment make ${made}`, async () => {
		await Promise.all([1, 2, 3].map(async () => await deliver({ remember })));
		expect(orders()).toBe(made);
	});

	it(`before TW shows the order make ${made}`, async () => {
		bench.sandbox.set({ orderInfoDelayMs: NEVER });
		const options = { checkExisting: true };
		for (let delivery = 0; delivery < 3; delivery++) await deliver({ remember, options });
		expect(orders()).toBe(made);
	});
});

it('each delivery outputs the one order, and asks TW for nothing', async () => {
	const first = await deliver();
	const both = await Promise.all([deliver(), deliver()]);
	expect(both).toEqual([1, 2].map(() => ({ ...first, existing: true })));
	expect(paths(bench.sandbox)).toEqual([FORECAST]);
});

it('whoever comes while the first is at work waits for it, and outputs its order', async () => {
	bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 400, when: 'before' });
	const [one, other] = await Promise.all([deliver(), deliver()]);
	expect([one?.['existing'], other?.['existing']].sort()).toEqual([true, undefined].sort());
	expect(other?.['request_id']).toBe(one?.['request_id']);
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(1);
});

it('whoever waits in vain says so, and sends nothing', async () => {
	bench.sandbox.fault({ kind: 'hangAfterAccept', path: FORECAST, times: 1 });
	bench.sandbox.set({ orderInfoDelayMs: NEVER });
	const first = run({ options: { timeout: 4 } });
	await until(() => requestsTo(bench.sandbox, FORECAST).length > 0);
	const { message, description } = complaint(await run({ options: { timeout: 2 } }));
	expect(message).toMatch(/^Order SHOP-1 is being sent by execution \d+ .*has not ended within/);
	expect(description).toContain('It was not sent a second time');
	expect(complaint(await first).message).toContain('It is unknown');
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(1);
});

describe('the answer was lost in one execution; the next', () => {
	beforeEach(async () => {
		bench.sandbox.set({ orderInfoDelayMs: NEVER });
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: FORECAST, times: 1 });
		expect(complaint(await run()).message).toContain('It is unknown');
	});

	it('sends nothing while TW does not show the order, and names the execution that sent it', async () => {
		const { message, description } = complaint(await run());
		expect(message).toMatch(
			/^It is unknown whether TW created order SHOP-1: execution \d+ sent it at \S+ and got no answer/,
		);
		expect(description).toContain("'If Sent Before' set to Send Again");
		expect(orders()).toBe(1);
	});

	it('outputs it once TW shows it, and remembers that', async () => {
		bench.sandbox.set({ orderInfoDelayMs: 0 });
		expect(await deliver()).toMatchObject({ no: 'SHOP-1', recovered: true });
		expect(await deliver()).toMatchObject({ no: 'SHOP-1', existing: true });
		expect(orders()).toBe(1);
	});

	it('sends it if that is what the user wants', async () => {
		const again = await deliver({ options: { ifSentBefore: 'send-again' } });
		expect(again).toMatchObject({ outcome: 'accepted' });
		expect(orders()).toBe(2);
	});
});

it('the same number with other contents is refused before sending, naming the execution', async () => {
	await deliver();
	const { message } = complaint(await run(heavier));
	expect(message).toMatch(
		/^Order SHOP-1 was already sent by execution \d+ \(\S+\) with other contents/,
	);
	expect(orders()).toBe(1);
});

describe('If Sent Before', () => {
	it('Fail says who sent it', async () => {
		await deliver();
		const failed = complaint(await run({ options: { ifSentBefore: 'fail' } }));
		expect(failed.message).toMatch(/^Order SHOP-1 was already sent by execution \d+/);
		expect(orders()).toBe(1);
	});

	it('Send Again sends, also other contents', async () => {
		await deliver();
		await deliver({ ...heavier, options: { ifSentBefore: 'send-again' } });
		expect(orders()).toBe(2);
	});
});

it('an order that was refused can be sent again at once', async () => {
	bench.sandbox.fault({ kind: 'status', status: 400, path: FORECAST, times: 1 });
	expect((await run()).error).toBeDefined();
	expect(await deliver(heavier)).toMatchObject({ outcome: 'accepted' });
});

it('a deleted order can be made anew under its number', async () => {
	const remove = { operation: 'delete', no: '={{ $json.no }}' };
	await deliver();
	await bench.run('twOrder', remove, [webhook]);
	expect(await deliver(heavier)).toMatchObject({ outcome: 'accepted' });
	expect(orders()).toBe(2);
});

describe('Buy Cheapest', () => {
	const buy = async (channels: string[]) => {
		const parameters = createParameters({
			operation: 'buyCheapest',
			waitForCompletion: false,
			channels,
		});
		delete parameters['product'];
		return outputOf(await bench.run('twOrder', parameters, [webhook]))[0];
	};

	it('at the same moment buys once', async () => {
		await Promise.all([1, 2, 3].map(async () => await buy(['UA', 'UW'])));
		expect(orders()).toBe(1);
	});

	it('names the channel that was bought, not the cheapest of now', async () => {
		const first = await buy(['UW']);
		expect(await buy(['FH'])).toEqual({
			...first,
			existing: true,
			channel: 'UW',
			quoted_price: undefined,
		});
		expect(bench.sandbox.ledger().orders.map(({ product }) => product)).toEqual(['UW']);
	});
});

describe("n8n's queue mode", () => {
	const said = async (remember: string) => {
		process.env['EXECUTIONS_MODE'] = 'queue';
		try {
			const { hints } = await run({ remember });
			return hints.map(({ message }) => message).join();
		} finally {
			delete process.env['EXECUTIONS_MODE'];
		}
	};

	it('is told that files are not seen by other workers, once above the output', async () => {
		expect(await said('files')).toMatch(/^Orders are remembered in files of this n8n process/);
		expect(await said('no')).toBe('');
	});

	it('and without workers nothing is said', async () => {
		expect((await run()).hints).toEqual([]);
	});
});

it('the same order twice in one delivery is sent once', async () => {
	const output = outputOf(await run({}, [webhook, webhook, webhook]));
	expect(output).toHaveLength(3);
	expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(1);
	expect(orders()).toBe(1);
});

describe('a file of the register', () => {
	const folder = registerFolder(process.env);
	const spoil = (text: string) => {
		const [name] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
			/[0-9a-f]{40}$/.test(path),
		);
		writeFileSync(join(folder, name!), text);
	};

	it.each(['', '{"kind":"order","acc', 'no JSON\n', '{"kind":"order"}\n', '\u0000\u0000\n'])(
		'that is torn or strange is never free: %j',
		async (text) => {
			bench.sandbox.set({ orderInfoDelayMs: NEVER });
			await deliver();
			spoil(text);
			expect(complaint(await run()).message).toContain('It is unknown whether TW created');
			bench.sandbox.set({ orderInfoDelayMs: 0 });
			expect(await deliver()).toMatchObject({ recovered: true });
			expect(paths(bench.sandbox).filter((path) => path === INFO).length).toBeGreaterThan(0);
			expect(orders()).toBe(1);
		},
	);
});
