/** What outlasts an execution of a vendor's answer: ids and codes, and nothing that names a person. */
import type { INodeParameters } from 'n8n-workflow';
import { existsSync, readFileSync } from 'node:fs';
import { PLACES, usePlace } from '../lib/register/places';
import { storedIn } from '../lib/register/tables';
import { EVENT, FORECAST } from '../observed';
import { toAddress } from '../operations/order';
import { createParameters, type nodes, useBench } from '../support';
import { registerFile } from '../../lib/run/registers';

const bench = useBench();
beforeEach(() => bench.sandbox.set({ orderInfoDelayMs: 0 }));
afterEach(() => bench.sandbox.clearFaults());

/** A vendor may repeat them in any member. */
const street = '9 Mill Lane';
const email = 'mara@example.com';
const person = { street, email, consignee: { name: 'Lindqvist', address: street }, mails: [email] };
const PERSON = /Mill.?Lane|mara|example\.com|Lindqvist/i;
const BAG = '/api/v2/bagCreate';

const order = createParameters({
	waitForCompletion: false,
	...toAddress,
	consignee_address: street,
	consignee_name: 'Mara Lindqvist',
});
const bag: INodeParameters = { operation: 'create', bag_no: '={{ $json.no }}', nos: 'O-1' };
const event = (options: INodeParameters = {}): INodeParameters => ({
	operation: 'order_cancel',
	specifyBody: 'fields',
	order_id: '={{ $json.no }}',
	session_id: 's-1',
	terminal_ip: '210.20.10.33',
	options: { extraFields: JSON.stringify({ receiver: person }), ...options },
});
const once = { delivery: 'event-at-most-once' };

/** What is done, what the vendor answers, and what is known of it then. */
const ANSWERS: Array<
	[string, keyof typeof nodes, INodeParameters, string, number, object, object | undefined]
> = [
	[
		'TW takes an order',
		...(['twOrder', order, FORECAST, 200] as const),
		{
			...{ code: 200, message: email },
			data: {
				...person,
				no: 'N',
				request_id: 'R-1',
				status: 1,
				errors: [],
				note: `${street} is odd`,
			},
		},
		{ state: 'accepted', answer: { requestId: 'R-1', status: 1, product: 'UA' } },
	],
	[
		'TW refuses an order',
		...(['twOrder', order, FORECAST, 400] as const),
		{ ...person, code: 400, message: `${street} is unknown`, data: null },
		{ state: 'failed', answer: { reason: 'refused, HTTP 400, code 400' } },
	],
	[
		'TW refuses an order by a code of its own',
		...(['twOrder', order, FORECAST, 400] as const),
		{ ...person, code: email, message: `${email} is unknown` },
		{ state: 'failed', answer: { reason: 'refused, HTTP 400' } },
	],
	[
		'TW refuses a ticket',
		...(['twOrder', order, FORECAST, 200] as const),
		{ code: 200, message: 'ok', data: { no: 'N', ...person, errors: [`${street}: ${email}`] } },
		{ state: 'failed' },
	],
	[
		'TW breaks down over an order',
		...(['twOrder', order, FORECAST, 500] as const),
		{ ...person, code: 500, message: `could not save ${street}` },
		{ state: 'unknown' },
	],
	[
		'TW takes a bag',
		...(['twBag', bag, BAG, 200] as const),
		{ code: 200, message: email, data: person },
		{ state: 'accepted' },
	],
	[
		'TW refuses a bag',
		...(['twBag', bag, BAG, 400] as const),
		{ ...person, code: 400, message: `${street} is unknown` },
		{ state: 'failed', answer: { reason: 'refused, HTTP 400, code 400' } },
	],
	[
		'TD takes an event',
		...(['tdOrderEvent', event(), EVENT, 200] as const),
		{ ...person, code: 200, message: email, sequence_id: 'S-1' },
		{ state: 'accepted', answer: { code: 200, sequence_id: 'S-1' } },
	],
	[
		'TD refuses an event',
		...(['tdOrderEvent', event(), EVENT, 200] as const),
		{ ...person, code: 9002, message: `${street} check error`, sequence_id: 'S-1' },
		undefined,
	],
	[
		'TD breaks down over an event',
		...(['tdOrderEvent', event(once), EVENT, 500] as const),
		{ ...person, code: 500, message: `could not save ${street}` },
		{ state: 'unknown' },
	],
];

describe.each(PLACES)('remembered in %s', (name) => {
	const place = usePlace(name);
	/** Everything that lies there, also what SQLite has not cleared away yet. */
	const everything = async () => {
		const files = ['', '-wal'].map((part) => registerFile(process.env) + part).filter(existsSync);
		const stored = JSON.stringify(await storedIn(place.register()));
		return [stored, ...files.map((file) => readFileSync(file, 'latin1'))].join();
	};

	it.each(ANSWERS)('%s', async (title, node, parameters, path, status, answer, known) => {
		const no = `${title} ${name}`.replaceAll(' ', '-').slice(-30);
		const body = JSON.stringify(answer).replace('"no":"N"', `"no":"${no}"`);
		bench.sandbox.fault({ kind: 'rawBody', path, status, body });
		const where = { ...parameters, [node === 'tdOrderEvent' ? 'reportOnce' : 'remember']: name };
		const credentials = { ...bench.credentials, ...place.credentials() };
		await bench.run(node, where, [{ no }], { credentials });
		const entries = (await storedIn(place.register())) as Array<{ name: string; key: string }>;
		const entry = entries.find((one) => one.name.endsWith(no));
		const found = entry && (await place.register().find(entry.key));
		if (known) expect(found).toMatchObject(known);
		else expect(found).toBeUndefined();
		const all = await everything();
		expect(all).toContain(known ? no : '');
		expect(PERSON.exec(all)).toBeNull();
	});
});
