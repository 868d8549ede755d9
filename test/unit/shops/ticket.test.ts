/** What a shop's order becomes at TW: the ticket, the reason why there is none, or what is asked for. */
import { compareAmounts, sum } from '../../../lib/base/money';
import type { ShopOrder } from '../../../lib/shops/order';
import { codesNeeding } from '../../../lib/shops/needs';
import { REASONS } from '../../../lib/shops/ticket/reasons';
import { buyCheapest } from '../../../nodes/TwOrder/operations/buyCheapest';
import {
	cap,
	giftCard,
	home,
	neutralEvent as event,
	neutralSummary,
	neutralTicket,
	shirt,
} from './neutral';
import { shopReader, type Told } from './reading';

type Json = Record<string, unknown>;

const inUsd = shopReader();
const read = (changes: Json = {}, choices: Json = {}, more: Json = {}) =>
	inUsd({ shopOrder: event(changes, more), ...choices });
/** What the order has in it, where nothing else is special about it. */
const of = (...articles: Json[]) => ({ articles });
/** Some shirts, all of them to be shipped. */
const shirts = (quantity: number, own: Json = {}): Json => ({
	...shirt,
	quantity,
	to_ship: quantity,
	...own,
});

function ticketOf(told: Told): Json & { boxes: Json[] } {
	if (!('ticket' in told)) throw new Error(`No ticket: ${JSON.stringify(told)}`);
	return told.ticket as Json & { boxes: Json[] };
}
function complaintOf(told: Told): string {
	if (!('fault' in told)) throw new Error(`No complaint: ${JSON.stringify(told)}`);
	const { message, advice, field } = told.fault;
	return `${message} | ${field} | ${advice}`;
}
/** Boxes at a glance: `2 x 0.25 worth 20`. */
const boxesOf = (told: Told) =>
	ticketOf(told).boxes.map(
		({ number, weight, declaredValue }) =>
			`${String(number)} x ${String(weight)} worth ${String(declaredValue)}`,
	);

it('is a whole ticket, with what the nodes behind need beside it', () => {
	expect(read()).toEqual({ ticket: neutralTicket, beside: { shop: neutralSummary() } });
});

describe('not shipped, and nobody waits for it', () => {
	const woo = { shop: 'woocommerce' };
	const cases: Array<[code: string, because: string, changes: Json, more?: Json]> = [
		['draft', 'it is a draft', { state: 'draft' }],
		['test', 'it is a test order', { test: true }],
		['test', 'it is a test order', { test: true, state: 'cancelled' }],
		['cancelled', 'it was cancelled', { state: 'cancelled' }],
		['cancelled', 'it was cancelled', { cancelled_at: '2026-01-02T03:04:05Z' }],
		['cancelled', 'it was cancelled', {}, { event: 'order_cancelled' }],
		['refunded', 'it was refunded in full', { state: 'refunded' }],
		['payment_failed', 'its payment failed', { state: 'failed' }],
		['payment_failed', 'its payment failed', { state: 'pending' }, { event: 'payment_failed' }],
		['disputed', 'its payment is disputed', { dispute: { status: 'needs_response' } }],
		['disputed', 'its payment is disputed', { dispute: { is_inquiry: true } }],
		['disputed', 'its payment is disputed', {}, { event: 'order_disputed' }],
		['unpaid', 'it is not paid yet', { state: 'pending' }],
		['unpaid', 'the payment is only authorised', { state: 'authorized' }],
		['unpaid', 'it is paid only in part', { state: 'partially_paid' }],
		['unpaid', 'the shop does not say that it is paid', { state: 'unknown' }],
		['pickup', 'the customer collects it', { pickup: true }],
		['digital', 'nothing in it needs shipping', { articles: [giftCard] }],
		['nothing_left', 'nothing in it is left', { articles: [{ ...shirt, to_ship: 0 }] }],
		['nothing_left', 'nothing in it is left', { articles: [{ ...shirt, to_ship: 0 }, giftCard] }],
		['digital', 'nothing in it needs shipping', { articles: [], ship_to: null }, woo],
		['fulfilled_elsewhere', 'another service ships', of({ ...shirt, fulfilled_by: 'amazon' })],
		[
			'no_order',
			'this event does not say what is in it',
			{ number: null, articles: [], ship_to: null, state: 'unknown' },
			{ event: 'order_refunded' },
		],
	];

	const rows = cases.map(
		([code, because, changes, more = {}]) => [code, because, changes, more] as const,
	);
	it.each(rows)('%s: %s (%j, %j)', (code, because, changes, more) => {
		const told = read(changes, { orderNumberPrefix: 'S1-' }, more);
		expect(told).toEqual({
			skipped: {
				outcome: 'skipped',
				...(code === 'no_order' ? {} : { no: 'S1-1001' }),
				reason: expect.stringContaining(because) as unknown,
				reason_code: code,
				shop: expect.objectContaining({ email: 'ada@example.com' }) as unknown,
			},
		});
		const { reason } = (told as { skipped: { reason: string } }).skipped;
		expect(reason).toMatch(/^(Order 1001|The order with the ID \d+) is not shipped: [^.]+\.$/);

		const failing = complaintOf(read(changes, { ifNotShipped: 'fail' }, more));
		expect(failing).toContain(because);
		expect(failing).toContain('Skip. Nothing was sent for this item.');
	});

	it('are all the reasons of that kind', () => {
		const codes = [...new Set(cases.map(([code]) => code)), 'nothing_happened'];
		expect(codes.sort()).toEqual(codesNeeding(REASONS, 'nobody'));
	});

	it.each(['pending', 'authorized', 'partially_paid', 'unknown'])(
		'unless unpaid orders are wanted: %s',
		(state) => {
			expect(ticketOf(read({ state }, { shipUnpaid: true })).no).toBe('1001');
		},
	);

	it.each([{ state: 'failed' }, { state: 'cancelled' }, { state: 'refunded' }, { test: true }])(
		'even where unpaid orders are wanted: %j',
		(changes) => expect(read(changes, { shipUnpaid: true })).toHaveProperty('skipped'),
	);

	it('is no reason: a dispute that was won, a refund in part', () => {
		expect(read({ dispute: { status: 'won' } })).toHaveProperty('ticket');
		expect(read({ state: 'partially_refunded' })).toHaveProperty('ticket');
	});
});

describe('what is declared and weighed is what goes', () => {
	const untold = { ...cap, needs_shipping: null };
	it.each<[what: string, articles: Json[], box: string]>([
		['all of it', [shirt, cap], '1 x 0.62 worth 55.5'],
		['what was not refunded or shipped', [{ ...shirt, to_ship: 1 }, cap], '1 x 0.37 worth 35.5'],
		['not what needs no shipping', [shirt, giftCard], '1 x 0.5 worth 40'],
		[
			'exact, where it can not be divided',
			[shirts(3, { to_ship: 2, value: '10.00' })],
			'1 x 0.5 worth 6.67',
		],
		['half a cent up', [{ ...shirt, value: '0.03', to_ship: 1 }], '1 x 0.25 worth 0.02'],
		[
			'thirds that make a whole',
			['1', '2', '3'].map((id) => shirts(3, { id, to_ship: 1, value: '10.00' })),
			'1 x 0.75 worth 10',
		],
		['free articles', [{ ...shirt, value: '0.00' }, cap], '1 x 0.62 worth 15.5'],
		['never more than was ordered', [{ ...shirt, to_ship: 5 }], '1 x 0.5 worth 40'],
		['a part of a piece', [shirts(2.5)], '1 x 0.625 worth 40'],
		['what the shop does not say needs no shipping', [untold], '1 x 0.12 worth 15.5'],
	])('%s', (_what, articles, box) => {
		expect(boxesOf(read({ articles }))).toEqual([box]);
	});
});

describe('weights', () => {
	it.each([
		['g', 620],
		['kg', 0.62],
		['oz', 21.87],
		['lb', 1.367],
	])('in %s: %d', (weightUnit, weight) => {
		expect(ticketOf(read({}, { weightUnit })).boxes[0]!['weight']).toBe(weight);
	});

	const each = { override: { weightPerArticle: 0.4 } };
	it.each<[string, Json, Json, number]>([
		['of the smallest thing', of({ ...cap, grams: 0.001 }), {}, 0.001],
		['with the empty box', {}, { tareWeight: 0.2 }, 0.82],
		['that floating point gets wrong', of({ ...cap, grams: 100 }), { tareWeight: 0.2 }, 0.3],
		['of each box, as the user says', {}, { override: { weightPerBox: 5 }, tareWeight: 1 }, 5],
		['of articles that tell none', of({ ...shirt, grams: null }, cap), each, 0.92],
		['of articles that were never weighed', of({ ...shirt, grams: 0 }), each, 0.8],
	])('%s', (_what, changes, choices, weight) => {
		expect(ticketOf(read(changes, choices)).boxes[0]!['weight']).toBe(weight);
	});

	it.each([null, 0])('that are %j are asked for', (grams) => {
		expect(complaintOf(read(of(shirt, { ...cap, grams })))).toBe(
			"'Cap' in order 1001 has no weight: Shopify gives none | Weight per Article | Enter its weight in the shop if the shop sends weights, or give 'Weight per Article' or 'Weight per Box' under 'Override'. Nothing was sent for this item.",
		);
	});
});

describe('packing', () => {
	const each = { packing: 'each', tareWeight: 0.1 };
	const given = (...boxes: Json[]): Json => ({
		packing: 'given',
		weightUnit: '',
		boxLength: '',
		boxes_by: 'fields',
		boxes: {
			item: boxes.map((box) => ({ number: 1, weight: 2, length: 9, width: 9, height: 9, ...box })),
		},
	});

	const inAll = (declaredValue: number) => ({ override: { declaredValue } });
	it.each<[what: string, changes: Json, choices: Json, ...boxes: string[]]>([
		[
			'one box per piece, identical ones together',
			{},
			each,
			...['2 x 0.35 worth 20', '1 x 0.22 worth 15.5'],
		],
		[
			'cents that can not be divided',
			of(shirts(3, { value: '10.00' })),
			each,
			...['1 x 0.35 worth 3.34', '2 x 0.35 worth 3.33'],
		],
		[
			'different articles in identical boxes',
			of(shirt, { ...cap, grams: 250, value: '20.00' }),
			each,
			'3 x 0.35 worth 20',
		],
		[
			'the same weight for each box',
			{},
			{ ...each, override: { weightPerBox: 3 } },
			...['2 x 3 worth 20', '1 x 3 worth 15.5'],
		],
		[
			'a value for all, divided',
			{},
			{ ...each, ...inAll(10) },
			...['1 x 0.35 worth 3.34', '1 x 0.35 worth 3.33', '1 x 0.22 worth 3.33'],
		],
		['a value for all, in one box', {}, inAll(10), '1 x 0.62 worth 10'],
		['boxes of the user', {}, given({}), '1 x 2 worth 55.5'],
		[
			'several of them',
			{},
			given({ number: 2 }, { weight: 7 }),
			...['2 x 2 worth 18.5', '1 x 7 worth 18.5'],
		],
		[
			'with values of the user',
			{},
			given({ declaredValue: 5 }, {}),
			'1 x 2 worth 5',
			'1 x 2 worth 0',
		],
		[
			'with a value for all',
			{},
			{ ...given({}, {}), ...inAll(0.03) },
			...['1 x 2 worth 0.02', '1 x 2 worth 0.01'],
		],
	])('%s', (_what, changes, choices, ...boxes) => {
		expect(boxesOf(read(changes, choices))).toEqual(boxes);
	});

	it('takes boxes as JSON too', () => {
		const boxes = [
			{ number: 1, weight: 2, length: 1, width: 1, height: 1, referenceNumbers: ['A'] },
		];
		const told = read({}, { packing: 'given', boxes_by: 'json', boxes_json: boxes });
		expect(ticketOf(told).boxes).toEqual([{ ...boxes[0], declaredValue: 55.5 }]);
	});

	it.each([
		[{ packing: 'given', boxes_by: 'fields' }, "'Boxes' must have at least one box"],
		[{ ...given({}), boxes: { item: [{ number: 1 }] } }, "'Weight' of Box 1 is empty"],
		[{ weightUnit: '' }, "'Weight Unit' is empty"],
		[{ weightUnit: 'stone' }, "'Weight Unit' must be one of g, kg, oz, lb"],
		[{ boxLength: '' }, "'Box Length' is empty"],
		[{ boxWidth: 0 }, "'Box Width' must be greater than 0"],
		[{ boxHeight: 'tall' }, "'Box Height' must be a number"],
		[{ tareWeight: -1 }, "'Empty Box Weight' must be at least 0"],
		[{ product: '' }, "'Channel' is empty"],
		[{ shopOrder: '' }, "'Shop Order' is empty"],
		[{ override: { weightPerBox: 0 } }, "'Weight per Box' must be greater than 0"],
	] as Array<[Json, string]>)('names the field in %j', (choices, complaint) => {
		expect(complaintOf(read({}, choices))).toContain(complaint);
	});

	it('has no box for a part of a piece', () => {
		expect(complaintOf(read(of(shirts(2.5)), each))).toContain(
			"'Shirt' in order 1001 has a quantity of 2.5, which is no number of boxes | Packing | Set 'Packing' to One Box.",
		);
	});
});

describe('currencies', () => {
	const inCny = shopReader({ currency: 'CNY' });

	it('other than the account asks for a rate', () => {
		expect(complaintOf(inCny({ shopOrder: event() }))).toBe(
			"The goods of order 1001 are priced in USD, and your TW account is kept in CNY | Declared Value Rate | TW takes the declared value in the currency of the account. Give 'Declared Value Rate' or 'Declared Value' under 'Override'; if the account has another currency, correct 'Account Currency' in the credential. Nothing was sent for this item.",
		);
		expect(complaintOf(read({ currency: null }))).toContain('in an unknown currency');
		expect(complaintOf(shopReader({ currency: '' })({ shopOrder: event() }))).toContain(
			'a currency that the credential does not name',
		);
	});

	it.each<[string, typeof inCny, Json, Json, number]>([
		['with a rate', inCny, { currency: 'USD' }, { declaredValueRate: 7.1234 }, 395.35],
		['with a rate below a millionth', inUsd, { currency: 'IRR' }, { declaredValueRate: 2.4e-7 }, 0],
		['with a value', inCny, { currency: 'USD' }, { declaredValue: 400 }, 400],
		[
			'where the goods are free',
			inCny,
			{ articles: [{ ...cap, value: '0' }] },
			{ countryCode: 'CN' },
			0,
		],
		['a rate is left alone where there is one currency', inUsd, {}, { declaredValueRate: 7 }, 55.5],
		['small letters are the same currency', inUsd, { currency: 'usd' }, {}, 55.5],
	])('%s', (_what, reader, changes, override, declared) => {
		const told = reader({ shopOrder: event(changes), override });
		expect(ticketOf(told).boxes[0]!['declaredValue']).toBe(declared);
	});

	it('without a smaller unit are rounded to whole ones', () => {
		const yen = shopReader({ currency: 'JPY' });
		const order = event({ currency: 'JPY', ...of(shirts(3, { value: '1000' })) });
		const told = yen({ shopOrder: order, packing: 'each' });
		expect(boxesOf(told)).toEqual(['1 x 0.25 worth 334', '2 x 0.25 worth 333']);
	});
});

describe('what is not told is asked for', () => {
	const GIVE_VALUE = "Give 'Declared Value' under 'Override'";
	const SHIP_ALL = "turn on 'Ship All if Unknown' under 'Override'";
	it.each<[string, Json, message: string, advice: string]>([
		[
			'how many are left',
			of({ ...shirt, to_ship: null }),
			"It is not known how much of 'Shirt' in order 1001 is still to be shipped: WooCommerce does not say",
			SHIP_ALL,
		],
		[
			'what it is worth',
			of({ ...shirt, value: null }),
			"It is not known what 'Shirt' in order 1001 is worth",
			GIVE_VALUE,
		],
		[
			'what is left of a payment that was refunded in part',
			{ articles: [], state: 'partially_refunded' },
			'It is not known what in order 1001 is still to be shipped',
			SHIP_ALL,
		],
		[
			'how many were ordered',
			of({ ...shirt, quantity: 0 }),
			"It is not known what 'Shirt' in order 1001 is worth",
			GIVE_VALUE,
		],
		[
			'what it is worth, below nothing',
			of({ ...shirt, value: '-1.00' }),
			"It is not known what 'Shirt' in order 1001 is worth",
			"'Declared Value'",
		],
		[
			'the postcode',
			{ ship_to: { ...home, postcode: null } },
			"'Postcode' is missing in the shipping address of order 1001",
			"give 'Postcode' under 'Override', which every order then gets; for a country without postcodes ask TW what it takes",
		],
		[
			'several members of the address',
			{ ship_to: { ...home, city: ' ', country: null } },
			"'City', 'Country Code' are missing in the shipping address of order 1001",
			"give 'City' under 'Override' and 'Country Code' under 'Override', which every order then gets.",
		],
		...[null, { country: 'US', name: 'Ada Example' }].map(
			(place): [string, Json, string, string] => [
				'the address',
				{ ship_to: place },
				'Order 1001 is not shipped: it has no shipping address',
				"make this parcel with 'Create' and 'Using Fields Below'",
			],
		),
		[
			'the articles',
			of(),
			'It is not known which articles are in order 1001',
			"Set 'Packing' to Boxes Below",
		],
		[
			'the number',
			{ number: ' # ' },
			'The order with the ID 820982911946154508 has no number',
			"'Order Number'",
		],
	])('%s', (_what, changes, message, advice) => {
		const said = complaintOf(read(changes, {}, { shop: 'woocommerce' }));
		expect(said).toContain(message);
		expect(said).toContain(advice);
		expect(said).toMatch(/Nothing was sent for this item\.$/);
	});

	it('names articles by what they have', () => {
		const nameless = { ...shirt, name: null, value: null };
		expect(complaintOf(read(of(nameless)))).toContain("'SHIRT-M'");
		expect(complaintOf(read(of({ ...nameless, sku: null })))).toContain("'article 1'");
	});

	it('is taken where it is given', () => {
		const nothing = { articles: [], ship_to: null, number: null };
		const override = { no: 'X-1', declaredValue: 9, weightPerBox: 2, ...addressOverride };
		expect(ticketOf(read(nothing, { override }))).toMatchObject({
			no: 'X-1',
			consignee: { name: 'Bo Other', postcode: '00000' },
			boxes: [{ weight: 2, declaredValue: 9 }],
		});
		const left = read(of({ ...shirt, to_ship: null }), { override: { shipAll: true } });
		expect(boxesOf(left)).toEqual(['1 x 0.5 worth 40']);
	});
});

const addressOverride = {
	name: 'Bo Other',
	companyName: 'Other Ltd',
	address: '2 Other Road',
	address2: 'Floor 2',
	city: 'Elsewhere',
	stateProvince: 'CA',
	postcode: '00000',
	countryCode: 'CA',
	phone: '1-555-0177',
};

describe('the address', () => {
	it('has the company where there is no name, and the phone of the customer', () => {
		const bare = { ...home, name: null, phone: null, line2: null, region: null };
		expect(ticketOf(read({ ship_to: bare })).consignee).toEqual({
			...neutralTicket.consignee,
			...{ name: 'Example Inc.', address2: '', stateProvince: '', phone: '1-555-0199' },
		});
	});

	it.each(Object.entries(addressOverride))('takes %s from the user', (member, value) => {
		const { consignee } = ticketOf(read({}, { override: { [member]: value } }));
		const own = ticketOf(read()).consignee as Json;
		expect(consignee).toEqual({ ...own, [member]: value });
	});

	it('is a warehouse, or an address, not both', () => {
		const override = { warehouse: 'MSP1' };
		expect(ticketOf(read({ ship_to: null }, { override })).consignee).toBe('MSP1');
		expect(complaintOf(read({}, { override: { ...override, city: 'X' } }))).toContain(
			"'Warehouse Code' and 'City' under 'Override' are both given",
		);
	});
});

describe('the rest of the ticket', () => {
	it.each([
		[{ number: '#1001' }, {}, '1001'],
		[{ number: ' #D12 ' }, {}, 'D12'],
		[{ number: '1001' }, { orderNumberPrefix: 'SHOP1-' }, 'SHOP1-1001'],
		[{ number: '1001' }, { orderNumberPrefix: 'SHOP1-', override: { no: 'MINE' } }, 'MINE'],
	] as Array<[Json, Json, string]>)('has the number of %j with %j', (changes, choices, no) => {
		expect(ticketOf(read(changes, choices))['no']).toBe(no);
	});

	it('takes what no shop knows from the user', () => {
		const override = {
			freightClass: '70',
			isSignatureService: true,
			signatureType: 'INDIRECT',
			is_insurance: true,
			note: 'fragile',
		};
		expect(ticketOf(read({}, { override }))).toMatchObject({ ...override, isSignatureService: 1 });
	});

	it('takes the members that are added as JSON', () => {
		const options = { extraFields: '{"note":"n","mine":1}' };
		expect(ticketOf(read({}, { options }))).toMatchObject({ note: 'n', mine: 1 });
	});

	it('has no channel where channels are compared', () => {
		const read = shopReader({}, buyCheapest);
		expect(ticketOf(read({ shopOrder: event() }))).not.toHaveProperty('product');
	});
});

describe('the order comes', () => {
	it('as text, or alone, or beside what other nodes have added', () => {
		expect(inUsd({ shopOrder: JSON.stringify(event()) })).toEqual(read());
		expect(ticketOf(inUsd({ shopOrder: { ...event(), added: true } }))).toEqual(ticketOf(read()));
		const alone = { ...(event()['order'] as ShopOrder), test: true };
		expect(inUsd({ shopOrder: alone })).toMatchObject({
			skipped: { reason_code: 'test', shop: { name: null, event: null, order_number: '1001' } },
		});
	});

	it.each([[{ hello: 'world' }], [{}], ['[]'], ['{'], [7], [{ event: 'order_paid', order: 7 }]])(
		'not as %j',
		(shopOrder) => {
			expect(complaintOf(inUsd({ shopOrder }))).toMatch(
				/^'Shop Order' (is no order that can be read|must be an object|is not valid JSON)/,
			);
		},
	);
});

it('declares what the goods are worth to the cent, however they are packed', () => {
	for (let pieces = 1; pieces <= 40; pieces++) {
		for (const value of ['0.01', '9.99', '10.00', '100.07']) {
			const { boxes } = ticketOf(read(of(shirts(pieces, { value })), { packing: 'each' }));
			expect(boxes.reduce((all, { number }) => all + (number as number), 0)).toBe(pieces);
			const declared = boxes.flatMap(({ number, declaredValue }) =>
				Array.from({ length: number as number }, () => declaredValue),
			);
			expect([pieces, compareAmounts(sum(declared)!, value)]).toEqual([pieces, 0]);
		}
	}
});
