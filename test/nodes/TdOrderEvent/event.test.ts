/** What an event carries: time, amounts by region, extended fields; and what TD's codes become. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { bodiesTo, complaint, EVENT, outputOf } from '../../observed';
import { useBench, withCredential } from '../../support';

const bench = useBench();
beforeEach(async () => {
	await bench.sandbox.reset();
	bench.sandbox.set({ region: 'sg', tdErrorHttpStatus: 200 });
});

const ship = (overrides: INodeParameters = {}): INodeParameters => ({
	operation: 'order_ship',
	specifyBody: 'fields',
	order_id: 'NX348566DIHD',
	session_id: 's-1',
	terminal_ip: '210.20.10.33',
	...overrides,
});

async function sentBody(parameters: INodeParameters, json: IDataObject = {}, more = {}) {
	const run = await bench.run('tdOrderEvent', parameters, [json], more);
	if (run.error) throw run.error;
	return bodiesTo(bench.sandbox, EVENT).at(-1) as IDataObject;
}

describe('event_time', () => {
	it.each([
		['keeps an offset', '2021-10-12T14:20:50.521+07:00', '2021-10-12T14:20:50.521+07:00'],
		['keeps a negative offset', '2021-10-12T14:20:50-03:30', '2021-10-12T14:20:50.000-03:30'],
		['takes UTC as it is', '2021-10-12T14:20:50.521Z', '2021-10-12T14:20:50.521+00:00'],
		['takes the zone of the workflow', '2021-10-12T14:20:50.521', '2021-10-12T14:20:50.521+08:00'],
		['takes a date in SQL form', '2021-10-12 14:20:50', '2021-10-12T14:20:50.000+08:00'],
		['takes a day as its beginning', '2021-10-12', '2021-10-12T00:00:00.000+08:00'],
		['knows the leap day', '2024-02-29T23:59:59', '2024-02-29T23:59:59.000+08:00'],
		['takes a mail date', 'Tue, 12 Oct 2021 14:20:50 +0700', '2021-10-12T14:20:50.000+07:00'],
	])('%s', async (_rule, when, expected) => {
		const parameters = ship({ event_time: '={{ $json.when }}' });
		const body = await sentBody(parameters, { when }, { timezone: 'Asia/Shanghai' });
		expect(body['event_time']).toBe(expected);
	});

	it.each([
		['epoch milliseconds', 1634023250521],
		['epoch milliseconds as text', '1634023250521'],
		['epoch seconds', 1634023250],
	])('takes %s', async (_form, when) => {
		const parameters = ship({ event_time: '={{ $json.when }}' });
		const body = await sentBody(parameters, { when }, { timezone: 'Asia/Shanghai' });
		const expected = String(when).length === 10 ? 1634023250000 : 1634023250521;
		expect(Date.parse(body['event_time'] as string)).toBe(expected);
		expect(body['event_time']).toMatch(/^\d{4}(-\d{2}){2}T(\d{2}:){2}\d{2}\.\d{3}[+-]\d{2}:\d{2}$/);
	});

	it("takes n8n's own dates", async () => {
		const here = '2021-10-12T14:20:50.521';
		const event_time = `={{ DateTime.fromISO('${here}', { zone: 'Asia/Bangkok' }) }}`;
		const body = await sentBody(ship({ event_time }));
		expect(Date.parse(body['event_time'] as string)).toBe(Date.parse(`${here}+07:00`));
	});

	it.each([
		// Berlin: 02:30 does not exist on 28 March, and exists twice on 31 October 2021.
		['an hour that the clock skips', '2021-03-28T02:30:00', '2021-03-28T03:30', '+02:00'],
		['an hour that comes twice, as its first', '2021-10-31T02:30:00', '2021-10-31T02:30', '+02:00'],
		['its second, told by the offset', '2021-10-31T02:30:00+01:00', '2021-10-31T02:30', '+01:00'],
	])('reads %s', async (_case, event_time, minute, offset) => {
		const parameters = ship({ event_time });
		const body = await sentBody(parameters, {}, { timezone: 'Europe/Berlin' });
		expect(body['event_time']).toBe(`${minute}:00.000${offset}`);
	});

	it('is the time of the run if it is left empty, in the form TD documents', async () => {
		const before = Date.now();
		const body = await sentBody(ship());
		const time = Date.parse(body['event_time'] as string);
		expect(time).toBeGreaterThanOrEqual(before);
		expect(time).toBeLessThanOrEqual(Date.now());
		expect(body['event_time']).toMatch(/T\d{2}:\d{2}:\d{2}\.\d{3}([+-]\d{2}:\d{2}|Z)$/);
	});
});

describe('amounts', () => {
	const cost = (value: INodeParameters) => ship({ logistics_cost: { value } });
	const costIn = (body: IDataObject) => (body['logistics'] as IDataObject)['cost'];
	const inRegion = (region: 'cn' | 'us' | 'sg' | 'de') => {
		bench.sandbox.set({ region });
		return withCredential(bench, 'tdApi', { region });
	};

	it.each(['us', 'sg', 'de'] as const)(
		'in %s fills USD in from the local amount',
		async (region) => {
			const parameters = cost({ currency: 'USD', amount_local: 6.8 });
			const body = await sentBody(parameters, {}, inRegion(region));
			expect(costIn(body)).toEqual({ currency: 'USD', amount_local: 6.8, amount_usd: 6.8 });
		},
	);

	it('in China fills CNY in from the local amount', async () => {
		const parameters = cost({ currency: 'CNY', amount_local: 6.8 });
		const body = await sentBody(parameters, {}, inRegion('cn'));
		expect(costIn(body)).toEqual({ currency: 'CNY', amount_local: 6.8, amount_cny: 6.8 });
	});

	it('keeps an amount that is given', async () => {
		const value = { currency: 'USD', amount_local: 68, amount_usd: 10, amount_cny: 68 };
		expect(costIn(await sentBody(cost(value), {}, inRegion('sg')))).toEqual(value);
		expect(costIn(await sentBody(cost(value), {}, inRegion('cn')))).toEqual(value);
	});

	it('keeps an amount of zero', async () => {
		const value = { currency: 'EUR', amount_local: 0, amount_usd: 0 };
		expect(costIn(await sentBody(cost(value), {}, inRegion('sg')))).toEqual(value);
	});

	it('follows the region even if the address is another', async () => {
		// The sandbox's address is an override in every test here; the region decides all the same.
		bench.sandbox.set({ region: 'sg' });
		const china = withCredential(bench, 'tdApi', { region: 'cn' });
		const parameters = cost({ currency: 'USD', amount_local: 1, amount_usd: 1 });
		const run = await bench.run('tdOrderEvent', parameters, [{}], china);
		expect(complaint(run).message).toContain("'Amount (CNY)' of Shipping Cost is empty");
	});

	it('applies to amounts in JSON too', async () => {
		const bodyJson = JSON.stringify({
			order_id: 'O-1',
			session_id: 's-1',
			terminal: { ip: '210.20.10.33' },
			logistics: { cost: { currency: 'USD', amount_local: 68 } },
		});
		const body = await sentBody({ operation: 'order_ship', specifyBody: 'json', bodyJson });
		expect(costIn(body)).toEqual({ currency: 'USD', amount_local: 68, amount_usd: 68 });
	});
});

describe('extended fields', () => {
	it('come from pairs', async () => {
		const ext = {
			item: [
				{ name: 'ext_book_id', value: 'LFOUHOFHOHFNOUH' },
				{ name: 'ext_book_num', value: '={{ $json.count }}' },
				{ name: '', value: 'no name, no field' },
			],
		};
		const body = await sentBody(ship({ additionalFields: { ext } }), { count: 10 });
		expect(body['ext']).toEqual({ ext_book_id: 'LFOUHOFHOHFNOUH', ext_book_num: 10 });
	});

	it('come from JSON, as text or as an object', async () => {
		const inText = await sentBody(ship({ additionalFields: { ext_json: '{"a": {"b": [1]}}' } }));
		expect(inText['ext']).toEqual({ a: { b: [1] } });
		const ext_json = '={{ $json.ext }}';
		const asObject = await sentBody(ship({ additionalFields: { ext_json } }), { ext: { a: 1 } });
		expect(asObject['ext']).toEqual({ a: 1 });
	});

	it('are left out when there are none', async () => {
		expect(await sentBody(ship())).not.toHaveProperty('ext');
	});

	it('are refused as text that is no JSON', async () => {
		const parameters = ship({ additionalFields: { ext_json: '{a' } });
		const run = await bench.run('tdOrderEvent', parameters, [{}]);
		expect(complaint(run).message).toContain("'Extended Fields' is not valid JSON");
	});
});

it("takes the credential's channel unless the event has its own", async () => {
	expect((await sentBody(ship()))['channel']).toBe('sandbox_web');
	const own = await sentBody(ship({ additionalFields: { channel: 'app' } }));
	expect(own['channel']).toBe('app');
});

it('leaves out what is left empty, the account above all', async () => {
	expect(await sentBody(ship())).toEqual({
		order_id: 'NX348566DIHD',
		logistics: {},
		channel: 'sandbox_web',
		session_id: 's-1',
		event_time: expect.any(String) as unknown,
		event_type: 'order_ship',
		terminal: { ip: '210.20.10.33' },
	});
});

it('sends a long black box unharmed', async () => {
	const black_box = 'b'.repeat(5_000);
	const parameters = ship({ terminal_black_box: '={{ $json.black_box }}' });
	const body = await sentBody(parameters, { black_box });
	expect(body['terminal']).toEqual({ black_box, ip: '210.20.10.33' });
});

describe.each([200, 400] as const)("TD's codes over HTTP %i", (tdErrorHttpStatus) => {
	beforeEach(() => bench.sandbox.set({ tdErrorHttpStatus }));

	const answer = (code: number, message: string) =>
		bench.sandbox.fault({
			kind: 'rawBody',
			path: EVENT,
			status: tdErrorHttpStatus,
			body: JSON.stringify({ code, message, sequence_id: 'SEQ-1' }),
		});

	it.each([
		[9001, 'order_id empty', "'Order ID' empty"],
		[9002, 'logistics.cost.currency check error', "'Currency' of Shipping Cost check error"],
		[9003, 'session_id length or size exceeds 1024', "'Session ID' length or size exceeds 1024"],
		[9004, 'Either black_box or ip exists', 'Either black_box or ip exists'],
		[9202, 'Illegal Content-Type', 'Illegal Content-Type'],
	])('%i names the field as the editor does, and the sequence_id', async (code, message, words) => {
		answer(code, message);
		const run = await bench.run('tdOrderEvent', ship(), [{}]);
		const said = complaint(run);
		expect(said.message).toContain(words);
		expect(said.message).toContain(`(${code})`);
		expect(said.message).toContain('NX348566DIHD');
		expect(said.description).toContain('sequence_id SEQ-1');
		expect(bodiesTo(bench.sandbox, EVENT)).toHaveLength(1);
	});

	it('9004 says what to give', async () => {
		answer(9004, 'Either black_box or ip exists');
		const run = await bench.run('tdOrderEvent', ship(), [{}]);
		expect(complaint(run).description).toContain(
			"assumed that TD asks for at least one of the two: give 'Black Box' or 'IP'",
		);
	});

	it('a code that TD does not document', async () => {
		answer(9999, 'strange');
		const run = await bench.run('tdOrderEvent', ship(), [{}]);
		expect(complaint(run).message).toContain('code 9999, which TD does not document');
	});

	it('with Continue on Fail they stand in the output for programs', async () => {
		answer(9001, 'order_id empty');
		const run = await bench.run('tdOrderEvent', ship(), [{}], { onError: 'continueRegularOutput' });
		expect(outputOf(run)[0]).toMatchObject({
			details: {
				...{ kind: 'refused', code: 9001, message: 'order_id empty' },
				...{ sequence_id: 'SEQ-1', httpStatus: tdErrorHttpStatus },
			},
		});
	});
});

it('is refused by TD itself where only TD can know', async () => {
	const session_id = 's'.repeat(1_025);
	const run = await bench.run('tdOrderEvent', ship({ session_id }), [{}]);
	expect(complaint(run).message).toContain("'Session ID' length or size exceeds 1024");
	expect(bench.sandbox.ledger().events).toEqual([]);
});
