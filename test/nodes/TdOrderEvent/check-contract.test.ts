/** Check Contract of TD: how TD answers is named rightly, no event is reported, and the report tells of nobody. */
import type { IDataObject } from 'n8n-workflow';
import type { FaultRule } from '../../../sandbox';
import { misfitsOf } from '../../../scripts/misfits';
import { readBinary } from '../../engine/harness';
import { CanaryScan, SECRETS } from '../../faults/canaries';
import { bodiesTo, EVENT, outputOf } from '../../observed';
import { useBench } from '../../support';

const bench = useBench({ credentials: { td: { partnerKey: SECRETS.partnerKey } } });
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ dateOffsetSeconds: 0, tdErrorHttpStatus: 200 });
});

async function check(timeout = 60): Promise<IDataObject> {
	const parameters = { operation: 'checkContract', options: { timeout } };
	const run = await bench.run('tdOrderEvent', parameters, [{}]);
	const items = outputOf(run) as IDataObject[];
	expect(items).toHaveLength(1);
	expect(misfitsOf('tdOrderEvent', 'checkContract', items)).toEqual([]);
	const report = (await readBinary(run.items[0]!, 'data')).toString('utf8');
	expect(items[0]!['report']).toBe(report);
	// Whatever is found, what was sent is no event
	for (const body of bodiesTo(bench.sandbox, EVENT)) expect(body).toEqual({});
	expect(bench.sandbox.ledger().counts.events).toBe(0);
	return items[0]!;
}

const fault = (rule: FaultRule) => bench.sandbox.fault(rule);
const raw = (body: unknown, status = 200) =>
	fault({ kind: 'rawBody', path: EVENT, status, body: JSON.stringify(body) });
const says = (code: number, message: string) => raw({ code, message, sequence_id: 'S-1' });

it.each([200, 400] as const)('a TD as it is documented, refusing with HTTP %i', async (status) => {
	bench.sandbox.set({ tdErrorHttpStatus: status });
	expect(await check()).toMatchObject({
		result: 'as expected',
		path: '/order/v3',
		region: 'Singapore',
		http_status: status,
		code: 9001,
		unknown_members: [],
		missing_members: [],
		advice: '',
	});
});

it.each<[string, () => void, IDataObject]>([
	['HTML', () => fault({ kind: 'html' }), { result: 'not TD' }],
	['another path', () => raw({ error: 'no such path' }, 404), { result: 'not found' }],
	['no right', () => raw({ code: 403, message: 'forbidden' }, 403), { result: 'key refused' }],
	['a code of its own', () => says(9999, 'strange'), { result: 'refused', code: 9999 }],
	[
		'renamed members',
		() => raw({ code: 9001, msg: 'session_id empty', sequenceId: 'S-1' }),
		{
			result: 'other members',
			unknown_members: ['msg', 'sequenceId'],
			missing_members: ['message', 'sequence_id'],
		},
	],
	['success', () => says(200, 'OK'), { result: 'taken', code: 200 }],
	['a fault of its own', () => fault({ kind: 'status', status: 503 }), { result: 'not now' }],
	[
		'nobody',
		() => fault({ kind: 'hangBeforeAccept' }),
		{
			result: 'no answer',
			finding: 'No answer came. The reason: there was none in time.',
		},
	],
])('%s is named', async (_what, arrange, found) => {
	arrange();
	expect(await check(2)).toMatchObject(found);
});

it('a wrong clock is told', async () => {
	bench.sandbox.set({ dateOffsetSeconds: 600 });
	const { clock_difference_seconds, report } = await check();
	expect(Math.abs((clock_difference_seconds as number) + 600)).toBeLessThan(60);
	expect(report).toMatch(/The clock of this n8n is \d+ s behind TD's/);
});

it('the report tells of nobody, whatever TD repeats', async () => {
	bench.sandbox.fault({ kind: 'echo', path: EVENT });
	const { report } = await check();
	const scan = new CanaryScan();
	scan.addText('report', report as string);
	expect(scan.result()).toEqual([]);
	for (const word of ['127.0.0.1', bench.sandbox.td.partnerCode])
		expect(report).not.toContain(word);
	scan.addText('received', JSON.stringify(bench.sandbox.ledger().requests.at(-1)));
	expect(scan.result()).not.toEqual([]);
});
