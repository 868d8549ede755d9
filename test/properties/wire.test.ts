/**
 * The same inputs through n8n's engine and over HTTP: the real sandbox judges what arrives, and what
 * does not leave carries a message. Many items in one run.
 */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { bodiesTo, EVENT, FORECAST, outputOf } from '../observed';
import { useBench } from '../support';
import { anyText, filledText, spoilt } from '../unit/properties/arbitraries';
import { goodEvents, goodOrder } from '../unit/properties/good';
import { forbiddenKeys } from '../unit/properties/readers';

type Json = Record<string, unknown>;

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

const SAMPLES = 120;
const TOO_LONG = /length or size exceeds 1024/;

/** Spoilt bodies from a seed that fast-check chose; what is held against one of them names it. */
function sample(good: Json): { seed: number; bodies: Json[] } {
	const seed = fc.sample(fc.integer(), 1)[0]!;
	return { seed, bodies: fc.sample(spoilt(good), { numRuns: SAMPLES, seed }) };
}

/** Sends each body as JSON, and goes on where one is refused: an output for each. */
async function sendEach(
	node: 'tdOrderEvent' | 'twOrder',
	parameters: IDataObject,
	bodies: Json[],
): Promise<Json[]> {
	const items = bodies.map((body) => ({ body: body as IDataObject }));
	const options = { onError: 'continueRegularOutput' } as const;
	return outputOf(await bench.run(node, { ...IN_JSON[node], ...parameters }, items, options));
}

const CREATE = { operation: 'create', waitForCompletion: false };
const IN_JSON = {
	tdOrderEvent: { specifyBody: 'json', bodyJson: '={{ $json.body }}' },
	twOrder: { specifyOrder: 'json', orderJson: '={{ $json.body }}' },
};

/** Every request was taken by the vendor, but for what the vendor alone can refuse. */
function judgeWire(path: string): number {
	const requests = bench.sandbox.ledger().requests.filter((request) => request.path === path);
	for (const { body } of requests) {
		expect(forbiddenKeys(JSON.parse(body))).toEqual([]);
		expect(body).not.toContain('"__proto__":');
	}
	return requests.filter(({ accepted }) => !accepted).length;
}

describe.each(Object.entries(goodEvents))('%s', (operation, good) => {
	it('spoilt bodies are taken by TD, or named before anything is sent', async () => {
		const { seed, bodies } = sample(good);
		const output = await sendEach('tdOrderEvent', { operation }, bodies);
		expect(output).toHaveLength(bodies.length);
		const faults = output.flatMap(({ error, details }, i) => {
			if (error === undefined) return [];
			const { kind } = details as { kind: string };
			const fine =
				kind === 'validation' ? /^'[^]+?'/.test(error as string) : TOO_LONG.test(error as string);
			return [{ seed, i, error, fine }];
		});
		expect(faults.filter(({ fine }) => !fine)).toEqual([]);
		const tooLong = faults.filter(({ error }) => TOO_LONG.test(error as string));
		expect(judgeWire(EVENT)).toBe(tooLong.length);
		// Neither all nor none: the batch has put both sides to the test.
		expect(bench.sandbox.ledger().events.length).toBeGreaterThan(SAMPLES / 10);
		expect(faults.length).toBeGreaterThan(0);
	});
});

describe.each([1, 7])('orders, %i ticket(s) per request', (ticketsPerRequest) => {
	it('spoilt ones are taken by TW, or named before anything is sent', async () => {
		const { seed, bodies: drawn } = sample(goodOrder);
		// TW binds a number to one order, so each has its own unless that is what was spoilt.
		const bodies = drawn.map((body, i) =>
			body['no'] === goodOrder['no'] ? { ...body, no: `P-${i}` } : body,
		);
		const parameters = { ...CREATE, options: { ticketsPerRequest } };
		const output = await sendEach('twOrder', parameters, bodies);
		expect(output).toHaveLength(bodies.length);
		const faults = output.flatMap(({ error, details }, i) =>
			error === undefined ? [] : [{ seed, i, error, kind: (details as { kind: string }).kind }],
		);
		expect(faults.filter(({ kind }) => kind !== 'validation')).toEqual([]);
		expect(judgeWire(FORECAST)).toBe(0);
		const made = output.filter(({ outcome }) => outcome === 'accepted').length;
		expect(made).toBeGreaterThan(SAMPLES / 10);
		expect(made).toBe(bodies.length - faults.length);
		expect(faults.length).toBeGreaterThan(0);
	});
});

it('spoilt orders are quoted by TW, or named before anything is sent', async () => {
	const { seed, bodies } = sample(goodOrder);
	const parameters = { operation: 'quote', channels: ['UA', 'UW'] };
	const output = await sendEach('twOrder', parameters, bodies);
	const odd = output.flatMap(({ error, details, refused, price }): object[] => {
		if (error === undefined) return refused === undefined && price ? [] : [{ seed, refused }];
		return (details as { kind: string }).kind === 'validation' ? [] : [{ seed, error }];
	});
	expect(odd).toEqual([]);
	expect(judgeWire('/api/v2/orderTrial')).toBe(0);
	expect(output.filter(({ price }) => price).length).toBeGreaterThan(SAMPLES / 5);
});

describe('what is good arrives untouched', () => {
	const ticketsByNo = () =>
		new Map(bench.sandbox.ledger().orders.map(({ no, ticket }) => [no, ticket as Json]));
	const shortText = filledText.filter((text) => text.length < 1_000);

	it('Unicode in the free texts of an order, in fields and in JSON', async () => {
		// Blanks around a text are cut, which typed-values.test.ts shows
		const words = fc.sample(shortText, { numRuns: 100 }).map((text) => `«${text}»`);
		const ticketOf = (text: string, i: number): Json => ({
			...goodOrder,
			no: `U-${i} 数 😀`,
			note: text,
			boxes: [{ number: 1, weight: 1, length: 1, width: 1, height: 1, referenceNumbers: [text] }],
		});
		const tickets = words.map(ticketOf);
		const output = await sendEach('twOrder', CREATE, tickets);
		expect(output.filter(({ error }) => error !== undefined)).toEqual([]);
		expect(output.map(({ no }) => no)).toEqual(tickets.map(({ no }) => no));
		const byNo = ticketsByNo();
		expect(tickets.map(({ no }) => byNo.get(no as string))).toEqual(tickets);
		await bench.sandbox.reset();

		await bench.run(
			'twOrder',
			{
				...CREATE,
				specifyOrder: 'fields',
				no: '={{ $json.no }}',
				product: { __rl: true, mode: 'code', value: 'UA' },
				consignee_by: 'warehouse',
				consignee_warehouse: '={{ $json.text }}',
				boxes: { item: [{ number: 1, weight: 1, length: 1, width: 1, height: 1 }] },
				additionalFields: { note: '={{ $json.text }}' },
			},
			words.map((text, i) => ({ no: `F-${i}`, text })),
		);
		const inFields = ticketsByNo();
		expect(words.map((_text, i) => inFields.get(`F-${i}`)?.['note'])).toEqual(words);
		expect(words.map((_text, i) => inFields.get(`F-${i}`)?.['consignee'])).toEqual(words);
	});

	it('black boxes of any length and content', async () => {
		const texts = fc.sample(fc.array(anyText, { minLength: 1, maxLength: 400 }), 20);
		const boxes = [
			...texts.map((all) => all.join('')),
			...['b', '😀', '\ud83d'].map((unit) => unit.repeat(5_000)),
			'z'.repeat(200_000),
		];
		const run = await bench.run(
			'tdOrderEvent',
			{
				operation: 'order_confirm',
				specifyBody: 'fields',
				order_id: '={{ $json.id }}',
				session_id: 's',
				terminal_black_box: '={{ $json.box }}',
			},
			boxes.map((box, i) => ({ id: `O-${i}`, box })),
		);
		expect(outputOf(run)).toHaveLength(boxes.length);
		type Sent = { order_id: string; terminal: { black_box: string } };
		const sent = bodiesTo(bench.sandbox, EVENT) as Sent[];
		const byOrder = new Map(sent.map((body) => [body.order_id, body.terminal.black_box]));
		boxes.forEach((box, i) => expect(byOrder.get(`O-${i}`) === box).toBe(true));
	});

	it('a text that is too long is sent whole, and TD refuses it by its field', async () => {
		const long = 'é'.repeat(1_025);
		const run = await bench.run(
			'tdOrderEvent',
			{
				operation: 'order_ship',
				specifyBody: 'fields',
				order_id: 'O-1',
				session_id: 's',
				terminal_ip: '1.2.3.4',
				logistics_logistics_company: long,
			},
			[{}],
			{ onError: 'continueRegularOutput' },
		);
		expect(outputOf(run)[0]?.['error']).toContain(
			"'Logistics Company' length or size exceeds 1024 (9003)",
		);
		expect(bodiesTo(bench.sandbox, EVENT)).toEqual([
			expect.objectContaining({ logistics: { logistics_company: long } }),
		]);
	});
});
