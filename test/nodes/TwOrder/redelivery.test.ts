/**
 * A shop sends a webhook again when it was not answered in time; each delivery is an execution of its
 * own. The register makes one order of them all, and without it the vendor has as many as deliveries.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TABLE } from '../../../lib/register/schema';
import { PLACES, usePlace } from '../../lib/register/places';
import { emptied, onTables } from '../../lib/register/tables';
import {
	CHECK,
	complaint,
	FORECAST,
	INFO,
	outputOf,
	paths,
	requestsTo,
	until,
} from '../../observed';
import { createParameters, useBench } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ orderInfoDelayMs: 0, acceptSameNo: true });
});

const NEVER = 3_600_000;
const webhook = { no: 'SHOP-1' };
const orders = () => bench.sandbox.ledger().orders.length;

const runAt = async (
	more: INodeParameters,
	credentials: Record<string, IDataObject> = {},
	items = [webhook],
) =>
	await bench.run('twOrder', createParameters({ waitForCompletion: false, ...more }), items, {
		credentials: { ...bench.credentials, ...credentials },
	});
const heavier: INodeParameters = {
	boxes: { item: [{ number: 1, weight: 9, length: 20, width: 20, height: 20 }] },
};

describe.each(PLACES)('remembered in %s', (remember) => {
	const place = usePlace(remember);
	beforeEach(async () => await emptied(place.register()));

	const run = async (more: INodeParameters = {}, items?: Array<typeof webhook>) =>
		await runAt({ remember, ...more }, place.credentials(), items);
	const deliver = async (more: INodeParameters = {}) => outputOf(await run(more))[0];
	/** For other operations on what was sent. */
	const atPlace = () => ({ credentials: { ...bench.credentials, ...place.credentials() } });

	it('three deliveries one after the other make one', async () => {
		for (let delivery = 0; delivery < 3; delivery++) await deliver();
		expect(orders()).toBe(1);
	});

	it('ten deliveries at the same moment make one', async () => {
		await Promise.all(Array.from({ length: 10 }, async () => await deliver()));
		expect(orders()).toBe(1);
	});

	it('three deliveries before TW shows the order make one', async () => {
		bench.sandbox.set({ orderInfoDelayMs: NEVER });
		const options = { checkExisting: true };
		for (let delivery = 0; delivery < 3; delivery++) await deliver({ options });
		expect(orders()).toBe(1);
	});

	it('each delivery outputs the one order, and asks TW only whether it still holds', async () => {
		const first = await deliver();
		const both = await Promise.all([deliver(), deliver()]);
		expect(both).toEqual([1, 2].map(() => ({ ...first, existing: true })));
		const looks = [CHECK, INFO, CHECK, INFO].sort();
		expect(paths(bench.sandbox).sort()).toEqual([...looks, FORECAST].sort());
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
				/^It is unknown whether TW created order SHOP-1: execution \d+ sent it at \S+ and got no clear answer/,
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

		it.each([
			['accepted', undefined],
			['lost', { kind: 'resetAfterAccept' as const }],
		])('three Send Again at one moment, after one that was %s: one goes', async (_how, fault) => {
			bench.sandbox.set({ orderInfoDelayMs: fault ? NEVER : 0 });
			if (fault) bench.sandbox.fault({ ...fault, path: FORECAST, times: 1 });
			await run({ options: { timeout: 2 } });
			expect(orders()).toBe(1);
			bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 300, when: 'after' });
			const again = { options: { ifSentBefore: 'send-again' } };
			const three = await Promise.all([1, 2, 3].map(async () => await deliver(again)));
			expect(three.map((one) => one?.['no'])).toEqual(['SHOP-1', 'SHOP-1', 'SHOP-1']);
			expect(orders()).toBe(2);
			// Wanted once more afterwards, it goes once more
			await deliver(again);
			expect(orders()).toBe(3);
		});

		it('of three Send Again with different contents at one moment, one goes and two say so', async () => {
			await deliver();
			bench.sandbox.fault({ kind: 'delay', path: FORECAST, ms: 300, when: 'after' });
			const three = await Promise.all(
				[3, 4, 5].map(async (weight) => {
					const boxes = { item: [{ number: 1, weight, length: 20, width: 20, height: 20 }] };
					return await run({ boxes, options: { ifSentBefore: 'send-again' } });
				}),
			);
			expect(orders()).toBe(2);
			const faults = three.filter(({ error }) => error !== undefined).map(complaint);
			expect(faults.map(({ message }) => message)).toEqual([
				expect.stringContaining('with other contents'),
				expect.stringContaining('with other contents'),
			]);
		});
	});

	it('an order that was refused can be sent again at once', async () => {
		bench.sandbox.fault({ kind: 'status', status: 400, path: FORECAST, times: 1 });
		expect((await run()).error).toBeDefined();
		expect(await deliver(heavier)).toMatchObject({ outcome: 'accepted' });
	});

	it('a deleted order can be made anew under its number', async () => {
		const remove = { operation: 'delete', remember, no: '={{ $json.no }}' };
		await deliver();
		await bench.run('twOrder', remove, [webhook], atPlace());
		expect(await deliver(heavier)).toMatchObject({ outcome: 'accepted' });
		expect(orders()).toBe(2);
	});

	describe('Buy Cheapest', () => {
		const buy = async (channels: string[]) => {
			const parameters = createParameters({
				operation: 'buyCheapest',
				waitForCompletion: false,
				remember,
				channels,
			});
			delete parameters['product'];
			return outputOf(await bench.run('twOrder', parameters, [webhook], atPlace()))[0];
		};

		it('at the same moment buys once', async () => {
			await Promise.all([1, 2, 3].map(async () => await buy(['UA', 'UW'])));
			expect(orders()).toBe(1);
		});

		it('names the channel that was bought, not the cheapest of now', async () => {
			const first = await buy(['UW']);
			const second = await buy(['FH']);
			expect(first).toMatchObject({ channel: 'UW', left_out: [] });
			const { request_id } = first!;
			expect(second).toMatchObject({ existing: true, channel: 'UW', request_id });
			// Of prices that were not asked for now
			expect(second).not.toHaveProperty('quoted_price');
			expect(second).not.toHaveProperty('left_out');
			expect(bench.sandbox.ledger().orders.map(({ product }) => product)).toEqual(['UW']);
		});
	});

	it('the same order twice in one delivery is sent once', async () => {
		const output = outputOf(await run({}, [webhook, webhook, webhook]));
		expect(output).toHaveLength(3);
		expect(requestsTo(bench.sandbox, FORECAST)).toHaveLength(1);
		expect(orders()).toBe(1);
	});

	describe('an entry', () => {
		const set = async (changes: string) =>
			await onTables(place.register(), `update ${TABLE} set ${changes}`);

		it('of which nothing usable was kept is asked for at TW, and not sent', async () => {
			await deliver();
			for (const answer of ['{}', '{"requestId":7}', '[]', 'null']) {
				await set(`answer = '${answer}'`);
				expect(await deliver()).toMatchObject({ no: webhook.no, existing: true });
			}
			expect(orders()).toBe(1);
		});

		it.each(["answer = 'no JSON'", "answer = ''", 'state = 9', 'kind = -1', "token = ''"])(
			'that something else has changed is never free: %s',
			async (changes) => {
				await deliver();
				await set(changes);
				outputOf(await run());
				expect(orders()).toBe(1);
			},
		);
	});
});

it('not remembered, each delivery makes one', async () => {
	for (let delivery = 0; delivery < 3; delivery++) await runAt({ remember: 'no' });
	await Promise.all([1, 2, 3].map(async () => await runAt({ remember: 'no' })));
	expect(orders()).toBe(6);
});

describe("n8n's queue mode", () => {
	const said = async (remember: string) => {
		process.env['EXECUTIONS_MODE'] = 'queue';
		try {
			const { hints } = await runAt({ remember });
			return hints.map(({ message }) => message).join();
		} finally {
			delete process.env['EXECUTIONS_MODE'];
		}
	};

	it('is told that files are not seen by other workers, once above the output', async () => {
		expect(await said('files')).toMatch(/^Orders are remembered in this n8n's own folder/);
		expect(await said('no')).toBe('');
	});

	it('and without workers nothing is said', async () => {
		expect((await runAt({})).hints).toEqual([]);
	});
});
