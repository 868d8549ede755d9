/** What becomes of orders: what TW answers and shows, what was remembered, what is remembered then. */
import { Fault } from '../../../lib/base/errors';
import type { SendOptions } from '../../../lib/once/send';
import { DryRunRegister } from '../../../lib/register/dry-run-register';
import { createOrders } from '../../../lib/tw/orders/create';
import { orderOf, type Placed } from '../../../lib/tw/orders/order';
import type { Ticket } from '../../../lib/tw/orders/ticket';
import { limits, listed, rows } from '../tables';
import { leave, ofRun, type Remembered } from '../once/left';
import { PaperTw } from './paper';

const boxes = [{ number: 1, weight: 5 }];
const ticket = (no: string, product = 'UA'): Ticket => ({ no, product, boxes });
const orderFor = (no: string, product?: string) => orderOf(new PaperTw(), ticket(no, product));

/** Orders of a run, what was left of A before it, and how it goes on. */
interface Run {
	forecasts?: string;
	looks?: Record<string, string>;
	left?: string;
	ifSentBefore?: string;
	/** E.g. `check first`, or `cancelled at orderInfo`. */
	besides?: string;
}

function optionsOf(
	remembered: Remembered,
	{ left = '', besides = '', ifSentBefore = 'output' }: Run,
) {
	const user = new AbortController();
	if (besides === 'cancelled at the start') user.abort();
	const { register } = remembered;
	const options = {
		...{ register, execution: '17', checkFirst: besides.includes('check first') },
		// What was left was left before, be it in the same millisecond
		began: Infinity,
		ifSentBefore: ifSentBefore as SendOptions['ifSentBefore'],
		// Nobody waits for one that is being sent
		limits: limits(left === 'sending' ? 40 : 30_000, {}, user.signal),
	};
	return { user, options };
}

async function leaveA(left: string, remembered: Remembered): Promise<void> {
	const product = left.includes('another channel') ? 'UW' : 'UA';
	if (left !== '-') await leave(left, orderFor('A', product), remembered);
}

/** What became of each, what was sent, and what stands then: for later executions, and later tries. */
async function outcomeOf(numbers: string[], { forecasts = '-', looks = {}, ...run }: Run) {
	const remembered = ofRun();
	await leaveA(run.left ?? '-', remembered);
	const { user, options } = optionsOf(remembered, run);
	const shows = Object.entries(looks).map(([no, cell]) => [no, listed(cell)] as const);
	const tw = new PaperTw(listed(forecasts), Object.fromEntries(shows), (name) => {
		if (run.besides?.includes(`cancelled at ${name}`)) user.abort();
	});
	const tickets = numbers.map((no) => ticket(no));
	const results = await createOrders(tw, tickets, options);
	// TW on paper has to be used up to its last line, and no further
	expect(tw.asked.sort()).toEqual(shows.flatMap(([no, all]) => all.map(() => no)).sort());
	expect(tw.sent).toHaveLength(listed(forecasts).length);
	const keys = numbers.map((no) => orderFor(no).key);
	const find = async (key: string) =>
		await remembered.files.find(key).then(
			(entry) => entry?.state ?? '-',
			() => 'unreadable',
		);
	return {
		becomes: results.map(inWords),
		sent: tw.sent,
		later: await Promise.all(keys.map(find)),
		own: keys.map((key) => remembered.mine[key]?.state ?? '-'),
		says: results.map(saidOf).join(),
	};
}

function inWords(result: Placed | Fault): string {
	if (result instanceof Fault) return result.kind === 'outcome-unknown' ? 'unknown' : result.kind;
	return result.how === 'accepted' && result.sentBefore ? 'accepted before' : result.how;
}
/** A later try of the execution need not know what failed: it is free to send. */
const ownOf = (state: string) => (state === 'failed' ? '-' : state);
const saidOf = (result: Placed | Fault) =>
	result instanceof Fault ? `${result.message} ${result.advice}` : (result.remark ?? 'no remark');

describe('an order that nobody has sent before', () => {
	it.each(
		rows(`
			TW answers each send                                                            | TW shows at each look              | besides                    | becomes        | remembered | the user reads

			takes A / ok, no code + takes A / code 500 + takes A                            | -                                  | -                          | accepted       | accepted   | no remark
			takes, with errors, A / code 500 + takes, with errors, A | state 1 | - | accepted | accepted | no remark
			gives a bare id for A / code 500 + gives a bare id for A | state 1; state 1 | - | accepted | accepted | no remark
			takes, with errors, A | HTTP 404; missing; missing | - | unknown | unknown | gives a request_id for order A, and errors: is odd
			takes, with errors, A | HTTP 404; shown | - | recovered | accepted | Matched by order number only
			takes, with errors, A / code 500 + takes, with errors, A / takes, without money, A | state -1; missing | - | refused | failed | abnormal error (-1)
			gives a bare id for A | state -1; state -1; missing | - | refused | failed | abnormal error (-1)
			gives a bare id for A | state -1 of nobody; missing; missing | - | unknown | unknown | gives no request_id for order A
			code 500 + takes, with errors, A                                                | HTTP 404; missing                  | -                          | refused        | failed     | is odd
			code 500 + takes, with errors, A                                                | HTTP 404; shown                    | -                          | unknown        | unknown    | this send has made it, or another one before.
			gives a bare id for A                                                           | HTTP 404; missing; missing         | -                          | unknown        | unknown    | gives no request_id for order A
			gives a bare id for A / code 500 + gives a bare id for A                        | state 1 of OTHER; missing; missing | -                          | unknown        | unknown    | TW does not show it.
			code 500 + gives a bare id for A                                                | HTTP 404; shown                    | -                          | recovered      | accepted   | Matched by order number only
			HTTP 400 + takes A                                                              | missing                            | -                          | refused        | failed     | TW says why
			HTTP 400 + takes A                                                              | shown                              | -                          | unknown        | unknown    | this send has made it, or another one before.
			HTTP 400 + gives a bare id for A                                                | -                                  | -                          | refused        | failed     | TW says why
			HTTP 503 + takes A                                                              | shown                              | -                          | recovered      | accepted   | Matched by order number only
			HTTP 500 + takes A                                                              | missing; missing                   | -                          | unknown        | unknown    | TW does not show it.
			fails A                                                                         | -                                  | -                          | refused        | failed     | no such street
			takes, without money, A                                                         | state -4; state -4; state -4; missing | -                       | refused        | failed     | Top up the TW account, then create the order again.
			takes, without money, A                                                         | state -4; state -4; state -4; deleted | -                       | refused        | failed     | insufficient balance (-4)
			takes, without money, A | state -4; state 5 | - | accepted | accepted | no remark
			takes, without money, A | state 10 | - | accepted | accepted | no remark
			takes, without money, A | HTTP 500 | - | accepted | accepted | no remark
			takes, without money, A | state -4; HTTP 500 | - | accepted | accepted | no remark
			takes, without money, A | state -4; state -4; state -4; shown | - | accepted | accepted | no remark
			HTTP 503; fails A                                                               | missing; missing                   | -                          | unknown        | unknown    | no such street
			takes B / names only A / ok                                                     | missing; shown                     | -                          | recovered      | accepted   | Matched by order number only
			takes B / names only A / ok                                                     | missing; missing                   | -                          | unknown        | unknown    | gives no request_id for order A

			HTTP 400 / HTTP 422 / code 1001                                                 | -                                  | -                          | refused        | failed     | TW says why
			HTTP 401                                                                        | -                                  | -                          | authentication | failed     | TW says why
			HTTP 404                                                                        | -                                  | -                          | not-found      | failed     | TW says why
			HTTP 429                                                                        | -                                  | -                          | rate-limited   | failed     | TW says why
			no connection                                                                   | -                                  | -                          | unreachable    | failed     | cannot be reached
			no time to send                                                                 | -                                  | -                          | not-sent       | failed     | was not sent
			code 1001, no words / code 400, with data                                       | missing; missing                   | -                          | unknown        | unknown    | TW does not show it.
			code 1001, no words / code 400, with data                                       | shown                              | -                          | recovered      | accepted   | Yet TW shows an order of this number.
			refuses A / HTTP 400 + refuses A                                                | missing                            | -                          | refused        | failed     | its postcode is wrong
			refuses A                                                                       | deleted                            | -                          | refused        | failed     | its postcode is wrong
			refuses A                                                                       | shown                              | -                          | unknown        | unknown    | this send has made it, or another one before.
			refuses A                                                                       | HTTP 500                           | -                          | unknown        | unknown    | TW could not be asked
			has no money for A                                                              | missing                            | -                          | refused        | failed     | insufficient balance (-4)

			HTTP 503                                                                        | shown                              | -                          | recovered      | accepted   | Matched by order number only
			HTTP 503                                                                        | shown with 3 boxes                 | -                          | recovered      | accepted   | TW has 3 box(es), this item has 1.
			HTTP 503; takes A                                                               | missing                            | -                          | accepted       | accepted   | no remark
			HTTP 503; takes A                                                               | empty                              | -                          | accepted       | accepted   | no remark
			HTTP 503; takes A                                                               | deleted                            | -                          | accepted       | accepted   | no remark
			HTTP 503; HTTP 503; takes A                                                     | missing; missing                   | -                          | accepted       | accepted   | no remark
			HTTP 503; HTTP 503                                                              | missing; shown                     | -                          | recovered      | accepted   | Matched by order number only
			HTTP 503; HTTP 503; HTTP 503                                                    | missing; missing; missing; missing | -                          | unknown        | unknown    | was not sent again
			HTTP 503; HTTP 503; HTTP 503                                                    | missing; missing; shown            | -                          | recovered      | accepted   | Matched by order number only
			HTTP 503                                                                        | HTTP 500                           | -                          | unknown        | unknown    | TW could not be asked
			HTTP 503, wait 60                                                               | missing; missing                   | -                          | unknown        | unknown    | TW does not show it.
			HTTP 503; HTTP 400 / HTTP 503; HTTP 429 / HTTP 503; no connection / HTTP 503; connection broke | missing; missing; missing | -                    | unknown        | unknown    | was not sent again
			HTTP 503; HTTP 400                                                              | missing; shown                     | -                          | recovered      | accepted   | Yet TW shows an order of this number.
			HTTP 503; refuses A                                                             | missing; missing                   | -                          | unknown        | unknown    | its postcode is wrong
			HTTP 503; refuses A                                                             | missing; shown                     | -                          | unknown        | unknown    | this send has made it, or another one before

			connection broke / no answer in time / HTTP 500 / web page                      | shown                              | -                          | recovered      | accepted   | Matched by order number only
			connection broke / no answer in time / HTTP 408 / web page                      | missing; shown                     | -                          | recovered      | accepted   | Matched by order number only
			connection broke / no answer in time / HTTP 408 / HTTP 500                      | missing; missing                   | -                          | unknown        | unknown    | TW does not show it.
			code 503 / HTTP 302 / web page                                                  | missing; missing                   | -                          | unknown        | unknown    | TW does not show it.
			connection broke                                                                | deleted; deleted                   | -                          | unknown        | unknown    | was deleted at 2026-01-02 03:04:05
			connection broke | another order | - | unknown | unknown | TW was asked about order A and answered about order
			connection broke | in lower case | - | unknown | unknown | TW was asked about order A and answered about order
			connection broke | deleted at 0000 | - | recovered | accepted | Matched by order number only
			connection broke | being deleted | - | recovered | accepted | Matched by order number only
			connection broke                                                                | web page                           | -                          | unknown        | unknown    | TW could not be asked

			-                                                                               | shown                              | check first                | existing       | accepted   | Matched by order number only
			takes A                                                                         | missing                            | check first                | accepted       | accepted   | no remark
			takes A                                                                         | empty                              | check first                | accepted       | accepted   | no remark
			takes A                                                                         | deleted                            | check first                | accepted       | accepted   | was deleted at 2026-01-02 03:04:05
			HTTP 400                                                                        | missing                            | check first                | refused        | failed     | TW says why
			HTTP 503; takes A                                                               | missing; missing                   | check first                | accepted       | accepted   | no remark
			-                                                                               | HTTP 500                           | check first                | unavailable    | failed     | Order A was not sent, because the look-
			-                                                                               | HTTP 400                           | check first                | refused        | failed     | Order A was not sent, because the look-
			-                                                                               | cancelled                          | check first                | cancelled      | -          | was cancelled

			-                                                                               | -                                  | cancelled at the start     | cancelled      | -          | was cancelled
			takes A                                                                         | -                                  | cancelled at orderForecast | accepted       | accepted   | no remark
			HTTP 503                                                                        | missing                            | cancelled at orderForecast | unknown        | unknown    | TW does not show it.
			HTTP 503                                                                        | shown                              | cancelled at orderForecast | recovered      | accepted   | Matched by order number only
			connection broke                                                                | missing                            | cancelled at orderForecast | unknown        | unknown    | TW does not show it.
			HTTP 503                                                                        | missing                            | cancelled at orderInfo     | unknown        | unknown    | TW does not show it.
		`),
	)(
		'TW: %s; shows: %s; %s → %s, remembered as %s: %s',
		async (forecasts, show, besides, becomes, state, says) => {
			const outcome = await outcomeOf(['A'], { forecasts, looks: { A: show }, besides });
			expect(outcome).toMatchObject({ becomes: [becomes], later: [state], own: [ownOf(state)] });
			expect(outcome.says).toContain(says);
		},
	);
});

describe('an order that was sent before', () => {
	it.each(
		rows(`
			left by an earlier sender                               | with       | TW answers | TW shows at each look | becomes         | remembered
			accepted                                                | output     | -          | state 1; missing      | accepted before | accepted
			accepted                                                | output     | -          | state 10; shown       | accepted before | accepted
			accepted                                                | output     | -          | HTTP 500; HTTP 500    | accepted before | accepted
			accepted | output | - | HTTP 404; missing | unknown | accepted
			accepted                                                | output     | -          | state -1 of OTHER; in lower case | accepted before | accepted
			accepted                                                | fail       | -          | state 1; missing      | sent-before     | accepted
			accepted / accepted, of another channel / accepted, in this execution | output | takes A | state -1; missing | accepted | accepted
			accepted | fail | takes A | state -1; missing | accepted | accepted
			accepted / accepted, of another channel / accepted, in this execution | output | takes A | state -4; state -4; state -4; missing | accepted | accepted
			accepted | output | HTTP 400 | state -1; missing | refused | failed
			accepted | output | takes A | state -1; shown | accepted | accepted
			accepted | output | takes A | state -1; HTTP 500 | accepted | accepted
			accepted / accepted, of another channel | output | - | state -1; shown with its label | refused | accepted
			accepted | output | - | state -1 of nobody; missing | accepted before | accepted
			accepted / accepted, of another channel | output | - | HTTP 400; empty | unknown | accepted
			accepted | output | - | HTTP 404; HTTP 500 | accepted before | accepted
			accepted | output | - | HTTP 404; shown | accepted before | accepted
			accepted | output | - | state 10; deleted in 9999 | accepted before | accepted
			accepted / accepted, of another channel                 | output     | -          | state -4; state -4; state -4; shown | refused | accepted
			accepted / accepted, of another channel                 | output     | -          | state -4; state -4; state -4; HTTP 500 | refused | accepted
			accepted                                                | output     | -          | state -4; state 5; missing | accepted before | accepted
			accepted / accepted, of another channel / accepted, in this execution | output | takes A | state 10; deleted | accepted     | accepted
			accepted                                                | output     | -          | state 10; deleted at 0000 | accepted before | accepted
			accepted / accepted, of another channel                 | output     | -          | state 10; being deleted | unfinished    | accepted
			accepted / found / unknown / sending, over for 60 s     | send-again | takes A    | -                     | accepted        | accepted
			accepted                                                | send-again | HTTP 400   | -                     | refused         | failed
			accepted, of another channel                            | output     | -          | state 1; missing      | validation      | accepted
			found                                                   | output     | -          | shown; shown          | existing        | accepted
			found                                                   | output     | -          | missing; missing      | unknown         | accepted
			found                                                   | output     | takes A    | deleted               | accepted        | accepted
			found                                                   | output     | -          | HTTP 500; HTTP 500    | unfinished      | accepted
			unknown / sending, over for 60 s                        | output     | -          | missing; shown        | recovered       | accepted
			failed / failed, of another channel                     | output     | takes A    | -                     | accepted        | accepted
			failed / failed, of another channel                     | fail       | HTTP 400   | -                     | refused         | failed
			failed                                                  | output     | connection broke | missing; missing | unknown        | unknown
			accepted, nothing of it kept / accepted, its answer strange / accepted, changed by something else | output | -          | shown; shown          | existing        | accepted
			accepted, its answer strange                            | output     | -          | missing; missing      | unknown         | accepted
			unknown                                                 | output     | -          | missing; missing      | unknown         | unknown
			unknown                                                 | output     | -          | deleted; deleted      | unknown         | unknown
			unknown                                                 | output     | -          | HTTP 500              | unknown         | unknown
			unknown                                                 | fail       | -          | -                     | sent-before     | unknown
			sending, over for 60 s                                  | output     | -          | missing; missing      | unknown         | sending
			sending, over for 60 s, of another channel              | output     | -          | -                     | validation      | sending
			sending                                                 | output     | -          | -                     | unknown         | sending
			accepted, in this execution                             | send-again | -          | state 1; missing      | accepted        | accepted
			unknown, in this execution                              | send-again | -          | missing; missing      | unknown         | unknown
			unknown, in this execution / sending, in this execution, over for 60 s | output     | -          | shown                 | recovered       | accepted
			sending, in this execution, over for 60 s                              | fail       | -          | missing; missing      | unknown         | sending
			unknown, in this execution, of another channel          | output     | -          | -                     | validation      | unknown
		`),
	)(
		'%s, with %s, TW: %s; shows: %s → %s, remembered as %s',
		async (left, ifSentBefore, forecasts, show, becomes, state) => {
			const outcome = await outcomeOf(['A'], { left, ifSentBefore, forecasts, looks: { A: show } });
			expect(outcome).toMatchObject({ becomes: [becomes], later: [state] });
		},
	);

	it('is known to later executions by its request_id and its channel', async () => {
		const first = ofRun();
		const tw = new PaperTw(['takes A']);
		await createOrders(tw, [ticket('A')], optionsOf(first, {}).options);
		const run = optionsOf(ofRun(first.files), {}).options;
		const [known] = await createOrders(tw, [ticket('A')], run);
		const taken = { no: 'A', requestId: 'req-A', product: 'UA' };
		expect(known).toMatchObject({ how: 'accepted', sentBefore: true, ticket: taken });
		expect(tw.sent).toEqual(['A']);
	});
});

describe('orders A and B in one request', () => {
	it.each(
		rows(`
			TW answers each send                                     | what was sent | TW shows of A                      | TW shows of B             | A becomes      | B becomes      | remembered
			takes A + takes B / takes B + takes A                    | A B           | -                                  | -                         | accepted       | accepted       | accepted; accepted
			takes A                                                  | A B           | -                                  | shown                     | accepted       | recovered      | accepted; accepted
			takes A                                                  | A B           | -                                  | missing; missing          | accepted       | unknown        | accepted; unknown
			gives a bare id for A                                    | A B           | missing; missing                   | shown                     | unknown        | recovered      | unknown; accepted
			takes A + refuses B                                      | A B           | -                                  | missing                   | accepted       | refused        | accepted; failed
			takes A + refuses B                                      | A B           | -                                  | shown                     | accepted       | unknown        | accepted; unknown
			HTTP 400 + takes A                                       | A B           | missing                            | -                         | refused        | refused        | failed; failed
			takes A + fails B                                        | A B           | -                                  | -                         | accepted       | refused        | accepted; failed
			code 500 + takes A                                       | A B           | -                                  | missing; missing          | accepted       | unknown        | accepted; unknown

			HTTP 400; takes A; takes B / code 1001; takes A; takes B | A B; A; B     | missing; missing                   | missing; missing          | accepted       | accepted       | accepted; accepted
			HTTP 400; takes A; HTTP 400                              | A B; A; B     | missing; missing                   | missing; missing          | accepted       | refused        | accepted; failed
			HTTP 400; HTTP 400; takes B                              | A B; A; B     | missing; missing                   | missing; missing          | refused        | accepted       | failed; accepted
			HTTP 400 + refuses A; HTTP 400; takes B                  | A B; A; B     | missing; missing                   | missing; missing          | refused        | accepted       | failed; accepted
			HTTP 400; takes B                                        | A B; B        | shown                              | missing; missing          | recovered      | accepted       | accepted; accepted
			HTTP 400; takes B                                        | A B; B        | missing; shown                     | missing; missing          | recovered      | accepted       | accepted; accepted
			HTTP 400; takes A                                        | A B; A        | missing; missing                   | HTTP 500                  | accepted       | unknown        | accepted; unknown
			HTTP 400                                                 | A B           | shown                              | shown                     | recovered      | recovered      | accepted; accepted
			HTTP 400; HTTP 503; takes A; takes B                     | A B; A; A; B  | missing; missing; missing          | missing; missing          | accepted       | accepted       | accepted; accepted
			HTTP 400; connection broke; takes B                      | A B; A; B     | missing; missing; missing; missing | missing; missing          | unknown        | accepted       | unknown; accepted

			HTTP 401                                                 | A B           | -                                  | -                         | authentication | authentication | failed; failed
			HTTP 404                                                 | A B           | -                                  | -                         | not-found      | not-found      | failed; failed
			HTTP 429                                                 | A B           | -                                  | -                         | rate-limited   | rate-limited   | failed; failed
			no connection                                            | A B           | -                                  | -                         | unreachable    | unreachable    | failed; failed
			code 1001, no words                                      | A B           | missing; missing                   | shown                     | unknown        | recovered      | unknown; accepted
			connection broke                                         | A B           | shown                              | missing; missing          | recovered      | unknown        | accepted; unknown
			HTTP 503; takes A + takes B                              | A B; A B      | missing                            | missing                   | accepted       | accepted       | accepted; accepted
			HTTP 503; takes B                                        | A B; B        | shown                              | missing                   | recovered      | accepted       | accepted; accepted
			HTTP 503; takes B                                        | A B; B        | HTTP 500                           | missing                   | unknown        | accepted       | unknown; accepted
			HTTP 503; HTTP 400                                       | A B; A B      | missing; shown                     | missing; missing; missing | recovered      | unknown        | accepted; unknown
		`),
	)(
		'TW: %s (sent: %s); shows of A: %s, of B: %s → %s, %s, remembered as %s',
		async (forecasts, sent, A, B, a, b, states) => {
			const outcome = await outcomeOf(['A', 'B'], { forecasts, looks: { A, B } });
			expect(outcome).toMatchObject({ becomes: [a, b], sent: listed(sent) });
			const later = listed(states);
			expect(outcome).toMatchObject({ later, own: later.map(ownOf) });
		},
	);

	it('are given back unsent where the user cancels after a refusal of both', async () => {
		const looks = { A: 'missing', B: 'missing' };
		const run = { forecasts: 'HTTP 400', looks, besides: 'cancelled at orderInfo' };
		const outcome = await outcomeOf(['A', 'B'], run);
		expect(outcome).toMatchObject({ becomes: ['cancelled', 'cancelled'], later: ['-', '-'] });
	});

	it('are sent without the one that was sent before', async () => {
		const outcome = await outcomeOf(['A', 'B'], {
			...{ left: 'accepted', forecasts: 'takes B' },
			looks: { A: 'state 1; missing' },
		});
		expect(outcome).toMatchObject({ becomes: ['accepted before', 'accepted'], sent: ['B'] });
	});
});

describe('a dry run of orders A and B', () => {
	it.each(
		rows(`
			left of A before             | with       | besides     | would  | what it says of A
			-                            | output     | -           | send   | it would be sent
			-                            | output     | check first | send   | TW would be asked first whether it has the order.
			accepted                     | output     | -           | output | nothing would be sent
			accepted                     | fail       | -           | fail   | already sent
			accepted                     | send-again | -           | send   | may exist twice
			accepted, of another channel | output     | -           | fail   | other contents
			unknown                      | output     | -           | ask    | TW would be asked about it
			sending                      | output     | -           | wait   | would be waited for
		`),
	)('%s, with %s, %s: would %s: %s', async (left, ifSentBefore, besides, would, says) => {
		const remembered = ofRun();
		await leaveA(left, remembered);
		const stands = async () =>
			await Promise.all(
				['A', 'B'].map(async (no) => await remembered.files.find(orderFor(no).key)),
			);
		const before = await stands();
		const tw = new PaperTw().dry({ asks: false });
		const { options } = optionsOf(remembered, { ifSentBefore, besides });
		const looking = { ...options, register: new DryRunRegister(options.register) };
		const results = await createOrders(tw, [ticket('A'), ticket('B')], looking);
		const shown = results as Array<Extract<Placed, { how: 'preview' }>>;
		const [ofA, ofB] = shown.map(({ request }) => request.body.match(/(?<="no":")\w/g));
		expect(shown[0]!.register).toMatchObject({ would });
		expect(shown[0]!.register.says).toContain(says);
		const both = ['A', 'B'];
		expect([ofA, ofB]).toEqual(would === 'send' ? [both, both] : [['A'], ['B']]);
		expect([await stands(), tw.sent, tw.asked, remembered.mine]).toEqual([before, [], [], {}]);
	});
});
