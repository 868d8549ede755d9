import fc from 'fast-check';
import { callTd, callTw, shipEvent, ticket, useSandbox } from './client';

const sandbox = useSandbox({ settings: { recordRequests: false } });

/** A good object in which any members have been replaced by any JSON. */
function spoilt(good: Record<string, unknown>): fc.Arbitrary<unknown> {
	return fc
		.dictionary(fc.constantFrom(...Object.keys(good), '__proto__', 'constructor'), fc.jsonValue())
		.map((changes) => ({ ...good, ...changes }));
}

const endpoints =
	`orderCheck orderInfo orderFee getBill getBillInfo getProduct orderLabel orderDelete getBalance
	bagCreate bagInfo bagDelete bagReview`.split(/\s+/);

test('no request makes the sandbox itself fail: it answers or it refuses', async () => {
	const box = { number: 1, weight: 1, length: 1, width: 1, height: 1, declaredValue: 0 };
	const tickets = fc.array(
		fc
			.tuple(spoilt(ticket('N')), fc.option(spoilt(box)))
			.map(([good, spoiltBox]) => (spoiltBox ? { ...(good as object), boxes: [spoiltBox] } : good)),
	);
	const body = spoilt({ no: 'N', request_id: 'R', bag_no: 'B', nos: ['N'], page: 1, bill_id: 1 });

	await fc.assert(
		fc.asyncProperty(
			fc.oneof(
				fc.tuple(fc.constantFrom('orderTrial', 'orderForecast'), fc.record({ tickets })),
				fc.tuple(fc.constantFrom(...endpoints), body),
			),
			async ([endpoint, sent]) => {
				const { status } = await callTw(sandbox, endpoint, sent);
				expect([200, 400, 404]).toContain(status);
			},
		),
		{ numRuns: 300 },
	);
});

test('no event makes the sandbox itself fail: it takes it or names a TD code', async () => {
	await fc.assert(
		fc.asyncProperty(spoilt(shipEvent()), async (event) => {
			const { status, body } = await callTd(sandbox, event);
			expect(status).toBe(200);
			expect([200, 9001, 9002, 9003, 9004]).toContain(body.code);
		}),
		{ numRuns: 200 },
	);
});
