/** What TD answers, and what is made of it: its codes are its own, and only 200 over HTTP 2xx is a success. */
import type { IDataObject } from 'n8n-workflow';
import type { FaultRule } from '../../../sandbox';
import type { Settings } from '../../../sandbox/settings';
import { complaint, EVENT, outputOf, requestsTo } from '../../observed';
import { useBench } from '../../support';
import { goodEvents } from '../../unit/properties/good';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ tdAnswerForm: 'documented', tdParameterForm: 'path' });
});

const report = async (
	event: string,
	body: IDataObject = goodEvents[event] as IDataObject,
	options = {},
) =>
	await bench.run(
		'tdOrderEvent',
		{ operation: event, specifyBody: 'json', bodyJson: '={{ $json.body }}', options },
		[{ body }],
	);
const answer = (body: unknown, more: Partial<FaultRule & { kind: 'rawBody' }> = {}) =>
	bench.sandbox.fault({ kind: 'rawBody', path: EVENT, body: JSON.stringify(body), ...more });
const sends = () => requestsTo(bench.sandbox, EVENT).length;

describe.each(['event-at-least-once', 'event-at-most-once'])('%s', (delivery) => {
	const options = { delivery };

	it.each([
		-1, 0, 100, 201, 204, 206, 302, 304, 400, 404, 408, 500, 502, 503, 1001, 5000, 8999, 9999,
	])("code %i is TD's refusal, sent once, and what TD said is said", async (code) => {
		answer({ code, message: 'channel not opened', sequence_id: 'S-1' });
		const { message, description } = complaint(await report('order_ship', undefined, options));
		expect(message).toContain(
			`TD did not take the event, code ${code}, which TD does not document`,
		);
		expect(message).toContain(': channel not opened (order_ship of order');
		expect(description).toContain('sequence_id S-1');
		expect(sends()).toBe(1);
	});

	it('a code as text is the same code', async () => {
		answer({ code: '1001', message: 'no' }, { times: 1 });
		expect(complaint(await report('order_ship', undefined, options)).message).toContain(
			'code 1001',
		);
		answer({ code: '200' });
		expect(outputOf(await report('order_ship'))[0]).toMatchObject({ code: 200 });
	});

	it.each([null, '', 'OK', 200.5, '0200', true, [200], { code: 200 }])(
		'code %j is none: whether TD took the event is unknown',
		async (code) => {
			answer({ code, message: 'success' });
			const { message } = complaint(await report('order_ship', undefined, options));
			expect(message).toContain('It is unknown whether TD took the event');
			expect(message).toContain("'code' is no whole number");
			expect(sends()).toBe(1);
		},
	);
});

it.each([
	[401, 'TD refuses the credential: no such partner'],
	[403, 'TD refuses the credential: no such partner'],
])('code %i speaks of the credential', async (code, words) => {
	answer({ code, message: 'no such partner' });
	expect(complaint(await report('order_ship')).message).toContain(words);
	expect(sends()).toBe(1);
});

it('code 429 asks for a pause', async () => {
	answer({ code: 429, message: 'slow down' }, { times: 2 });
	expect(outputOf(await report('order_ship'))[0]).toMatchObject({ code: 200 });
	expect(sends()).toBe(3);
});

describe('over a failing HTTP status', () => {
	it.each([
		[400, { code: 9001, message: 'order_id empty' }, "'Order ID' empty (9001): order_id empty"],
		[500, { code: 9002, message: 'channel check error' }, "'Channel' check error (9002)"],
		[
			400,
			{ code: 1001, message: 'not opened' },
			'code 1001, which TD does not document: not opened',
		],
		[401, { code: 1001, message: 'bad key' }, 'TD refuses the credential: bad key'],
		[400, { code: 200, message: 'fine' }, "TD refuses 'order event': fine"],
		[404, { message: 'no route' }, "TD does not know what 'order event' asks for: no route"],
		[422, { message: { channel: 'wrong' } }, `TD refuses 'order event': {"channel":"wrong"}`],
	])('%i with %j', async (status, body, words) => {
		answer(body, { status });
		expect(complaint(await report('order_ship')).message).toContain(words);
		expect(sends()).toBe(1);
	});

	it.each([
		[503, { code: 1001, message: 'busy' }],
		[429, { code: 9200, message: 'System error' }],
		[502, { message: 'busy' }],
	])('%i with %j is sent again', async (status, body) => {
		answer(body, { status, times: 1 });
		expect(outputOf(await report('order_ship'))[0]).toMatchObject({ code: 200 });
		expect(sends()).toBe(2);
	});
});

describe('beside code 200, what nobody needs spoils nothing', () => {
	it.each<[Settings['tdAnswerForm'], object]>([
		['numbers', { message: 0, sequence_id: '1648777165770866' }],
		['nulls', {}],
		['objects', { message: { text: '' } }],
		['codeOnly', {}],
	])('%s', async (tdAnswerForm, said) => {
		bench.sandbox.set({ tdAnswerForm });
		const [item] = outputOf(await report('order_ship'));
		expect(item).toMatchObject({ code: 200, outcome: 'reported', ...said });
		expect(sends()).toBe(1);
	});

	it('and what is remembered of it neither', async () => {
		bench.sandbox.set({ tdAnswerForm: 'objects' });
		const run = async () =>
			await bench.run(
				'tdOrderEvent',
				{
					operation: 'order_ship',
					specifyBody: 'json',
					bodyJson: '={{ $json.body }}',
					reportOnce: 'files',
				},
				[{ body: goodEvents['order_ship'] }],
			);
		expect(outputOf(await run())[0]).toMatchObject({ code: 200 });
		expect(outputOf(await run())[0]).toMatchObject({ code: 200, reported_before: true });
		expect(sends()).toBe(1);
	});
});

it.each<[Settings['tdAnswerForm'], string]>([
	['numbers', 'a parameter length or size exceeds 1024 (9003): 0 ('],
	['nulls', 'a parameter length or size exceeds 1024 (9003) ('],
	[
		'objects',
		`'Session ID' length or size exceeds 1024 (9003): {"text":"session_id length or size exceeds 1024"} (`,
	],
	['codeOnly', 'a parameter length or size exceeds 1024 (9003) ('],
])('a refusal whose words are %s is a refusal, with its words', async (tdAnswerForm, words) => {
	bench.sandbox.set({ tdAnswerForm });
	const body = { ...goodEvents['order_ship'], session_id: 's'.repeat(1_025) };
	expect(complaint(await report('order_ship', body as IDataObject)).message).toContain(words);
	expect(sends()).toBe(1);
});

describe("the field that TD's words name", () => {
	const spoilt = (path: string) => {
		// One more than TD takes of any text
		const body = structuredClone(goodEvents['order_payment']) as IDataObject;
		const steps = path.split(/[.[\]]+/);
		const owner = steps.slice(0, -1).reduce((part, step) => part[step] as IDataObject, body);
		owner[steps.at(-1)!] = 'x'.repeat(1_025);
		return body;
	};

	it.each<[Settings['tdParameterForm'], string, string]>([
		['path', 'payment.coupons[0].coupon_name', "'Coupon Name' of Coupon 1"],
		['dotted', 'payment.coupons.0.coupon_name', "'Coupon Name' of Coupon 1"],
		['member', 'coupon_name', "'Coupon Name'"],
	])('as its %s: %s', async (tdParameterForm, raw, label) => {
		bench.sandbox.set({ tdParameterForm });
		const { message } = complaint(
			await report('order_payment', spoilt('payment.coupons[0].coupon_name')),
		);
		expect(message).toContain(
			`TD did not take the event, ${label} length or size exceeds 1024 (9003): ${raw} length`,
		);
	});

	it.each([
		['payment.coupons[0].begin_time empty', "'Begin Time' of Coupon 1 empty"],
		['payment.coupons[1] empty', "'Coupon 2' empty"],
		['coupons[0].begin_time empty', "'Begin Time' empty"],
		['payment/coupons/0/begin_time empty', "'Begin Time' of Coupon 1 empty"],
		['Parameter payment.card.holder_name.first_name empty', "'First Name' of Holder Name of Card"],
		["'channel' empty.", "'Channel' empty"],
		['ext.ext_book_id empty', "'Extended Fields' empty"],
		['payment.unheard_of empty', "'Payment' empty"],
		['unheard_of.member empty', 'a parameter empty'],
		['', 'a parameter empty'],
	])('%s', async (message, words) => {
		answer({ code: 9001, message });
		const said = complaint(await report('order_payment')).message;
		expect(said).toContain(words);
		expect(said).toContain(message);
	});
});

it.each([
	[
		{ code: 422, message: 'invalid', errors: { order_id: ['is too long'] } },
		'invalid: order_id: is too long',
	],
	[{ code: 9001, msg: 'order_id is odd' }, 'order_id is odd'],
	// A system error is no refusal
	[
		{ code: 9200, message: 'oops' },
		'unknown whether TD took the event: TD answers System error (9200)',
	],
])('what TD says beside or instead of its message arrives: %j', async (body, words) => {
	answer(body);
	expect(complaint(await report('order_ship')).message).toContain(words);
});
