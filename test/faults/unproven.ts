/**
 * Answers that show no success, and answers that are about something else, made by fast-check. In their bodies
 * NAME stands for the number that was asked for.
 */
import fc from 'fast-check';
import type { FaultRule } from '../../sandbox';

export const NAME = 'NAME';
/** In whatever an answer tells of another order; it must not come out. */
export const FOREIGN = '1ZFOREIGN';

/** What is asked for: an order of its number, a deed with a number, an event, or whether a key is right. */
export type Asked = 'order' | 'order deed' | 'bag deed' | 'event' | 'key';

export interface Unproven {
	/** In a few words, to be counted by. */
	sort: string;
	rule: Extract<FaultRule, { kind: 'rawBody' }>;
}

/** None of them is the number 200, or its digits alone; 404 shows that a key is right. */
const codes = fc.constantFrom<unknown>(
	...[null, 201, 204, 206, 302, 0, 1, -1, -200, 20, 199, 2000, 500, 1001, 9001, 200.5, 1e21],
	...['200 ', ' 200', '200.0', '2e2', '200\u0000', '２００', '0xc8', 'OK', 'success', ''],
	...[true, false, [200], { code: 200 }, {}, []],
);
const words = fc.constantFrom('OK', 'success', 'not allowed', '', '成功');
const errors = fc.constantFrom<unknown>('no', ['no'], [{ field: 'boxes', message: 'no' }], {
	order: ['no'],
});

/** A ticket as TW takes it. */
const TAKEN = { request_id: 'R-1', no: NAME, errors: [], status: 1 };
/** Other numbers, that look alike. */
const others = fc.constantFrom('name', `${NAME}0`, `0${NAME}`, 'NAM', ` ${NAME}`, 'OTHER');

/** What is right beside the code 200. */
const GOOD: Readonly<Record<Asked, object>> = {
	order: { data: [TAKEN] },
	'order deed': { data: { no: NAME } },
	'bag deed': { data: { bag_no: NAME } },
	event: { sequence_id: 'S' },
	key: { data: { current_page: 1, last_page: 1, per_page: '1', total: 0, data: [] } },
};

const bareId = fc.constantFrom<unknown>(
	...[{ request_id: 'trace-1' }, [{ request_id: 'trace-1' }], { trace: { request_id: 'trace-1' } }],
	...[
		{ order: { request_id: 7 } },
		JSON.parse('{"__proto__":{"request_id":"trace-1","status":10}}'),
	],
);
const refusedTicket = errors.map((said): unknown => [{ ...TAKEN, errors: said }]);
const otherTicket = others.map((no): unknown => [{ ...TAKEN, no }]);
const anything = fc.constantFrom<unknown>(
	...[null, [], {}, '', 'OK', true, 200, [NAME], [[[[[[]]]]]], { [NAME]: 1 }],
	...[[{ no: NAME }], [{ no: NAME, request_id: '' }], [{ no: NAME, request_id: null }]],
	...[[{ no: NAME, request_id: {} }], [{ no: NAME, request_id: [] }], { no: NAME, status: 10 }],
	...[
		{ constructor: { request_id: 'R', no: 'OTHER' } },
		{ toString: 1, hasOwnProperty: 1, length: 1 },
	],
);
/** Data that names no ticket as taken. */
const emptyHanded = fc.oneof(anything, bareId, refusedTicket, otherTicket);

const no200 = (asked: Asked): fc.Arbitrary<object> =>
	fc.record(
		{
			code: codes,
			message: words,
			// What is right but for the code is an acceptance of an order
			data: asked === 'order' ? emptyHanded : fc.oneof(emptyHanded, fc.constant(dataOf(asked))),
			success: fc.boolean(),
			status: fc.constantFrom<unknown>('success', 200, 'error'),
			sequence_id: fc.constant('S'),
			errors,
		},
		{ requiredKeys: [] },
	);

const dataOf = (asked: Asked): unknown => (GOOD[asked] as { data?: unknown }).data ?? null;

const with200 = (more: fc.Arbitrary<object>) =>
	more.map((members): object => ({ code: 200, message: 'OK', ...members }));

/** The code 200 beside what is not about this number, or says what is wrong with it. */
const NOT_ABOUT_IT: Readonly<Record<Asked, fc.Arbitrary<object> | undefined>> = {
	order: fc.oneof(
		...[anything, bareId, refusedTicket, otherTicket].map((data) => fc.record({ data })),
		fc.constant({}),
		errors.map((said) => ({ ...GOOD.order, errors: said })),
	),
	'order deed': fc.oneof(
		others.map((no) => ({ data: { no } })),
		errors.map((said) => ({ ...GOOD['order deed'], errors: said })),
		errors.map((said) => ({ data: { no: NAME, errors: said } })),
	),
	'bag deed': fc.oneof(
		others.map((bag_no) => ({ data: { bag_no } })),
		errors.map((said) => ({ ...GOOD['bag deed'], errors: said })),
		errors.map((said) => ({ data: { bag_no: NAME, errors: said } })),
	),
	event: undefined,
	key: undefined,
};

/** Text that holds 200 without saying it as TW and TD do. */
const noEnvelope = fc.constantFrom(
	...['', ' ', 'null', 'true', '200', '"OK"', '[]', '[200]', '{}', 'OK', 'code=200&message=OK'],
	...['<!DOCTYPE html><h1>200 OK</h1>', '<?xml version="1.0"?><code>200</code>', '\u0000'],
	...[
		'[{"code":200,"message":"OK","data":[]}]',
		'{"code":200',
		'{"code":200,"data":[',
		'{code:200}',
	],
	...["{'code':200}", '{"code":200,}', 'cb({"code":200,"data":[]})', '{"code":200}{"code":200}'],
	...['{"Code":200,"data":[]}', '{"code ":200,"data":[]}', '{"CODE":200}', '{"errno":0,"data":[]}'],
	...[
		'{"data":{"code":200}}',
		'{"result":{"code":200,"message":"OK"}}',
		'{"body":"{\\"code\\":200}"}',
	],
	...['{"__proto__":{"code":200},"data":[]}', '{"constructor":{"code":200},"data":{}}'],
	...['{"data":{"__proto__":{"code":200,"request_id":"R"}}}', '{"status":200,"success":true}'],
);

const below400 = fc.constantFrom(200, 200, 200, 200, 200, 201, 202, 203, 204, 206, 299, 301, 302);
const from400 = fc.constantFrom(
	...[400, 401, 402, 403, 405, 409, 410, 418, 422, 428, 451, 500, 501, 502, 504, 508, 599],
);
const type = fc.constantFrom(
	...['application/json', 'application/json', 'application/json; charset=utf-8'],
	...['text/html', 'text/plain', ''],
);

/** An answer that shows no success of what is asked, as a fault of the sandbox. */
export function unproven(asked: Asked): fc.Arbitrary<Unproven> {
	const made = (sort: string, status: fc.Arbitrary<number>, body: fc.Arbitrary<string>) =>
		fc
			.record({ status, body, contentType: type })
			.map((rule): Unproven => ({ sort, rule: { kind: 'rawBody', ...rule } }));
	const text = (body: fc.Arbitrary<object>) => body.map((each) => JSON.stringify(each));
	const good = JSON.stringify({ code: 200, message: 'OK', ...GOOD[asked] });
	const asGood = fc.oneof(
		fc.constant({ code: 200, message: 'OK', ...GOOD[asked] }),
		codes.map((code) => ({ code, message: 'no', ...GOOD[asked] })),
		no200(asked),
	);
	const notAboutIt = NOT_ABOUT_IT[asked];
	return fc.oneof(
		made('no code 200', below400, text(no200(asked))),
		made('no code 200', fc.constant(200), text(no200(asked))),
		made('HTTP 400 or more', from400, text(asGood)),
		made('no envelope', fc.oneof(below400, from400), noEnvelope),
		made(
			'cut',
			below400,
			fc.nat(good.length - 2).map((end) => good.slice(0, end)),
		),
		...(notAboutIt
			? [made('code 200, not about it', fc.constant(200), text(with200(notAboutIt)))]
			: []),
	);
}

// Of another order -------------------------------------------------------------------------------------

/** Another number than the one that was asked for. */
export interface Other {
	sort: string;
	/** Undefined: it is left out. */
	of: (name: string) => unknown;
}

const alike: Other[] = [
	{ sort: 'longer', of: (name) => `${name}0` },
	{ sort: 'prefix', of: (name) => name.slice(0, -1) },
	{ sort: 'with a prefix', of: (name) => `0${name}` },
	{ sort: 'lower case', of: (name) => name.toLowerCase() },
	{ sort: 'one letter in the other case', of: (name) => name.replace('Z', 'z') },
	...[' ', '\n', '\t', '\u00a0', '\u200b', '\u0000', '\ufeff'].flatMap((blank): Other[] => [
		{ sort: 'white space', of: (name) => `${name}${blank}` },
		{ sort: 'white space', of: (name) => `${blank}${name}` },
	]),
	{ sort: 'other letters', of: (name) => name.replace('Z', 'Ｚ') },
	{ sort: 'a combining mark', of: (name) => `${name}\u0301` },
	{ sort: 'a number', of: (name) => Number(/\d+/.exec(name)) },
	{ sort: 'an unsafe number', of: () => 1e21 },
	{ sort: 'another order', of: () => 'ORD-1' },
	{ sort: 'in a list', of: (name) => [name] },
	{ sort: 'in an object', of: (name) => ({ no: name }) },
	{ sort: 'empty', of: () => '' },
	{ sort: 'true', of: () => true },
];
const noNumber: Other[] = [
	{ sort: 'null', of: () => null },
	{ sort: 'missing', of: () => undefined },
];

/** @param isNeeded what is asked for by a request_id may leave out the number */
export const otherNumber = (isNeeded: boolean): fc.Arbitrary<Other> =>
	fc.constantFrom(...alike, ...(isNeeded ? noNumber : []));

/** Everything that TW tells of another order; removed where a removal is looked for. */
export function foreignOrder(no: unknown, isRemoved: boolean): object {
	const time = isRemoved ? '2025-01-02 03:04:05' : null;
	return {
		...{ no, bag_no: no, request_id: 'R-FOREIGN', errors: [], status: 10 },
		...{ tracking_number: FOREIGN, practical_boxes_number: 2, charge_amount: '9.99' },
		...{ removing_at: time, removed_at: time, real_removed_at: time },
		children: [{ box_sequence_number: 1, tracking_number: FOREIGN }],
	};
}
