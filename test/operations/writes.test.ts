/** Delete and the bag's actions: how far they have come, what is sent once, what stays unknown. */
import type { INodeParameters } from 'n8n-workflow';
import type { FaultRule } from '../../sandbox';
import type { EngineRun } from '../engine/harness';
import { complaint, INFO, outputOf, requestsTo } from '../observed';
import { callTw, forecast } from '../sandbox/client';
import { useBench } from '../support';

const DELETE = '/api/v2/orderDelete';
const BAG = '/api/v2/bag';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ removalStepMs: 0 });
	await forecast(bench.sandbox, 'D-1');
});

const remove: INodeParameters = { operation: 'delete', no: '={{ $json.no }}' };
const create: INodeParameters = { operation: 'create', bag_no: 'B-1', nos: 'D-1' };
const item = { no: 'D-1' };

const removed = async () => outputOf(await bench.run('twOrder', remove, [item]));
const makeBag = async () =>
	await callTw(bench.sandbox, 'bagCreate', { bag_no: 'B-1', nos: ['D-1'] });
const bagActions = () => bench.sandbox.ledger().bags.map(({ action }) => action);
/** What TW may well answer if its look-up of bags is at another path than we assume. */
const noSuchPath: FaultRule = {
	...{ kind: 'rawBody', path: `${BAG}Info`, status: 404 },
	body: '{"code":404,"message":"not found"}',
};

describe('how far a deletion has come', () => {
	it('is requested while TW has only noted it', async () => {
		bench.sandbox.set({ removalStepMs: 3_600_000 });
		const noted = { no: 'D-1', removing_at: expect.any(String) as unknown };
		expect(await removed()).toEqual([
			{
				...{ outcome: 'accepted', deleted: false, removal: 'requested', response: noted },
				...{ ...noted, time_zone: 'Asia/Shanghai' },
			},
		]);
		expect(bench.sandbox.ledger().deletions).toHaveLength(1);
	});

	it.each([
		['removed', {}],
		['confirmed by carrier', { real_removed_at: '2025-09-19 23:00:00' }],
	])('is %s by the time stamps', async (removal, more) => {
		const removed_at = '2025-09-18 23:00:00';
		const data = { no: 'D-1', removing_at: '2025-09-17 23:00:00', removed_at, ...more };
		bench.sandbox.fault({ kind: 'rawBody', path: INFO, body: JSON.stringify({ data }) });
		expect(await removed()).toEqual([
			expect.objectContaining({ ...data, outcome: 'deleted', deleted: true, removal }),
		]);
	});

	it.each([
		['no longer shows the order', { kind: 'rawBody', path: INFO, body: '{"data":[]}' }],
		['could not be read', { kind: 'status', path: INFO, status: 400 }],
	] as const)('is left open if TW %s: the deletion stands', async (words, fault) => {
		bench.sandbox.fault(fault);
		const remark = expect.stringContaining(words) as unknown;
		expect(await removed()).toEqual([
			expect.objectContaining({ deleted: false, removal: 'requested', remark }),
		]);
		expect(bench.sandbox.ledger().deletions).toHaveLength(1);
	});
});

it.each<[string, INodeParameters, () => string[]]>([
	['twOrder', remove, () => bench.sandbox.ledger().deletions.map(({ no }) => no)],
	['twBag', create, () => bench.sandbox.ledger().bags.map(({ bagNo }) => bagNo)],
])(
	'the same write of %s for two items is sent once, and both get the result',
	async (node, parameters, done) => {
		const run = await bench.run(node as 'twOrder' | 'twBag', parameters, [item, item]);
		const [first, second] = outputOf(run);
		expect(second).toEqual(first);
		expect(done()).toHaveLength(1);
	},
);

it('the same bag with other orders is refused, naming both items', async () => {
	const items = [{ nos: 'D-1' }, { nos: 'D-2' }];
	const run = await bench.run('twBag', { ...create, nos: '={{ $json.nos }}' }, items);
	expect(complaint(run).message).toBe(
		"'Bag Number' B-1 is also used by item 1, with different contents [Item 0]",
	);
	expect(bench.sandbox.ledger().bags).toEqual([]);
});

describe('an answer that is lost after TW acted', () => {
	it('is recovered for a deletion that TW shows', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: DELETE });
		expect(await removed()).toEqual([
			expect.objectContaining({ no: 'D-1', deleted: true, recovered: true }),
		]);
		expect(requestsTo(bench.sandbox, DELETE)).toHaveLength(1);
	});

	it('is recovered for a new bag that TW shows', async () => {
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: `${BAG}Create` });
		const made = await bench.run('twBag', create, [{}]);
		expect(outputOf(made)).toEqual([
			{ outcome: 'created', bag_no: 'B-1', nos: ['D-1'], recovered: true },
		]);
		expect(bagActions()).toEqual(['create']);
	});

	it('is unknown for a review, of which TW shows no trace, and it is not sent again', async () => {
		await makeBag();
		bench.sandbox.fault({ kind: 'resetAfterAccept', path: `${BAG}Review` });
		const review = { operation: 'review', bag_no: 'B-1' };
		const again = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const run = await bench.run('twBag', review, [{}], again);
		expect(complaint(run).message).toContain("It is unknown whether TW carried out 'Review bag'");
		expect(complaint(run).description).toContain('It was not sent again');
		expect(requestsTo(bench.sandbox, `${BAG}Review`)).toHaveLength(1);
	});
});

describe("what TW's look-up of bags can tell, whose path and answer are assumed", () => {
	const dissolve: INodeParameters = { operation: 'delete', bag_no: 'B-1' };
	const unknown = (run: EngineRun, finding: string) => {
		expect(complaint(run).message).toContain('It is unknown whether TW carried out');
		expect(complaint(run).description).toContain(finding);
	};

	it.each([
		['was dissolved', 'resetAfterAccept', ['delete']],
		['was not dissolved, and the path is another one', 'resetBeforeAccept', []],
	] as const)(
		'"not found" says nothing of a bag to delete: it %s',
		async (_case, kind, dissolved) => {
			await makeBag();
			bench.sandbox.fault({ kind, path: `${BAG}Delete` });
			bench.sandbox.fault(noSuchPath);
			unknown(await bench.run('twBag', dissolve, [{}]), 'TW answers that it does not find bag B-1');
			expect(requestsTo(bench.sandbox, `${BAG}Delete`)).toHaveLength(1);
			expect(bagActions()).toEqual(['create', ...dissolved]);
		},
	);

	it('a bag that is still shown was not deleted so far, which is no promise for later', async () => {
		await makeBag();
		bench.sandbox.fault({ kind: 'resetBeforeAccept', path: `${BAG}Delete` });
		unknown(await bench.run('twBag', dissolve, [{}]), 'TW still shows bag B-1.');
		expect(requestsTo(bench.sandbox, `${BAG}Delete`)).toHaveLength(1);
	});

	it('a bag that is still shown after a 503 is deleted by a second send', async () => {
		await makeBag();
		bench.sandbox.fault({ kind: 'status', status: 503, path: `${BAG}Delete`, times: 1 });
		expect(outputOf(await bench.run('twBag', dissolve, [{}]))).toEqual([
			expect.objectContaining({ bag_no: 'B-1', deleted: true }),
		]);
		expect(requestsTo(bench.sandbox, `${BAG}Delete`)).toHaveLength(2);
	});

	it('"not found" after a 503 never leads to a second bag', async () => {
		const processed = { path: `${BAG}Create`, processed: true, times: 1 };
		bench.sandbox.fault({ kind: 'status', status: 503, ...processed });
		bench.sandbox.fault(noSuchPath);
		unknown(await bench.run('twBag', create, [{}]), 'TW answers that it does not find bag B-1');
		expect(requestsTo(bench.sandbox, `${BAG}Create`)).toHaveLength(1);
		expect(bagActions()).toEqual(['create']);
	});

	it.each(['null', '[]', '{"id":7}', '{"bag_no":"B-2"}'])(
		'an answer that does not name the bag says nothing of it: %s',
		async (data) => {
			bench.sandbox.fault({ kind: 'resetBeforeAccept', path: `${BAG}Create` });
			const body = `{"code":200,"message":"OK","data":${data}}`;
			bench.sandbox.fault({ kind: 'rawBody', path: `${BAG}Info`, body });
			unknown(await bench.run('twBag', create, [{}]), "TW's answer does not name bag B-1");
			expect(bagActions()).toEqual([]);
		},
	);
});

it('a deletion that TW refuses because it has done it before is done, in its own words', async () => {
	await bench.run('twOrder', remove, [item]);
	const [again] = outputOf(await bench.run('twOrder', remove, [item]));
	expect(again).toMatchObject({ outcome: 'deleted', recovered: true });
	expect(again!['remark']).toContain('deletion was requested before');
	expect(bench.sandbox.ledger().deletions).toHaveLength(1);
});

it('a deletion that TW refuses for another reason has failed', async () => {
	const body = '{"code":400,"message":"the carrier has it","data":null}';
	bench.sandbox.fault({ kind: 'rawBody', path: DELETE, status: 400, body });
	const { message, description } = complaint(await bench.run('twOrder', remove, [item]));
	expect(message).toContain('the carrier has it');
	expect(description).toContain("look up order D-1 with 'Get'");
});

it('a bag that was not even sent, since TW could not be asked first, is not remembered as sent', async () => {
	await bench.sandbox.reset();
	bench.sandbox.fault({ kind: 'status', status: 401, path: `${BAG}Info`, times: 1 });
	const remembered = { ...create, remember: 'files' };
	const run = await bench.run('twBag', remembered, [{}], { mode: 'retry' });
	expect(complaint(run).message).toContain('was not sent, because the look-up before it');
	const dry = { ...remembered, options: { dryRun: true } };
	const [shown] = outputOf(await bench.run('twBag', dry, [{}]));
	expect(shown!['register']).toMatchObject({
		says: expect.stringContaining('was not sent before') as unknown,
	});
});
