/** What becomes of orders: what TW answers and shows, what was remembered, what is remembered then. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DryRunFault } from '../../../lib/base/dry-run';
import { Fault } from '../../../lib/base/errors';
import type { Held } from '../../../lib/operation/needs';
import { type EntryStore, ExecutionRegister } from '../../../lib/register/execution-register';
import { FileRegister } from '../../../lib/register/file-register';
import { LayeredRegister } from '../../../lib/register/layers';
import { createOrders } from '../../../lib/tw/orders/create';
import { type CreateOptions, orderOf, type Placed } from '../../../lib/tw/orders/order';
import type { Ticket } from '../../../lib/tw/orders/ticket';
import { limits, listed, rows } from '../tables';
import { PaperTw } from './paper';

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-create-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

/** A register of a run's own kind, in which nothing is remembered yet. */
function emptyRegister() {
	const mine: EntryStore = {};
	const files = new FileRegister(join(folder, String((count += 1))));
	return { mine, files, register: new LayeredRegister(new ExecutionRegister(mine), files) };
}
type Remembered = ReturnType<typeof emptyRegister>;

const ticket = (no: string, product = 'UA'): Ticket => ({
	no,
	product,
	boxes: [{ number: 1, weight: 5 }],
});
const markOf = (no: string, product?: string) =>
	orderOf(new PaperTw([], {}), ticket(no, product), {}).mark;

function inWords(result: Placed | Fault): string {
	if (result instanceof Fault) return result.kind;
	return result.how === 'accepted' && result.sentBefore ? 'accepted before' : result.how;
}
const allWords = (result: Placed | Fault) =>
	result instanceof Fault ? `${result.message} ${result.advice}` : (result.remark ?? '');

/** Creates orders with a TW on paper, which has to be used up to its last line and no further. */
async function create(
	numbers: readonly string[],
	forecasts: string[],
	shows: Record<string, string[]>,
	more: Partial<CreateOptions> & { cancelAt?: string } = {},
	remembered: Remembered = emptyRegister(),
) {
	const user = new AbortController();
	if (more.cancelAt === 'the start') user.abort();
	const tw = new PaperTw(forecasts, shows, (name) => name === more.cancelAt && user.abort());
	const options: CreateOptions = {
		...limits(30_000, {}, user.signal),
		...{
			register: remembered.register,
			execution: '17',
			ifSentBefore: 'output',
			checkFirst: false,
		},
		...more,
	};
	const tickets = numbers.map((no) => ticket(no));
	const results = await createOrders(tw, tickets, options);
	const asked = Object.entries(shows).flatMap(([no, looks]) => looks.map(() => no));
	expect(tw.asked.sort()).toEqual(asked.sort());
	expect(tw.sent).toHaveLength(forecasts.length);
	return { results, sent: tw.sent };
}

/** What stands of an order: for later executions, and for later tries of this one. */
async function statesOf(no: string, { mine, files }: Remembered) {
	const { key } = markOf(no);
	return { later: (await files.find(key))?.state ?? '-', own: mine[key]?.state ?? '-' };
}

describe('an order that nobody has sent before', () => {
	it.each(
		rows(`
			TW answers each send           | TW shows at each look           | becomes         | remembered | the user reads

			takes A                        | -                               | accepted        | accepted   | -
			takes, with errors, A          | -                               | accepted        | accepted   | -
			no code + takes A              | -                               | accepted        | accepted   | -
			gives a bare id for A          | -                               | accepted        | accepted   | -
			code 500 + takes A             | -                               | accepted        | accepted   | -
			HTTP 400 + takes A             | -                               | accepted        | accepted   | -
			HTTP 503 + takes A             | -                               | accepted        | accepted   | -
			takes B                        | shown                           | recovered       | accepted   | Matched by order number only
			takes B                        | missing; missing                | outcome-unknown | unknown    | gives no request_id for order A
			names only A                   | shown                           | recovered       | accepted   | Matched by order number only
			names only A                   | missing; missing                | outcome-unknown | unknown    | gives no request_id for order A
			ok                             | missing; shown                  | recovered       | accepted   | Matched by order number only

			HTTP 400                       | -                               | refused         | -          | TW says why
			HTTP 422                       | -                               | refused         | -          | TW says why
			HTTP 401                       | -                               | authentication  | -          | TW says why
			HTTP 404                       | -                               | not-found       | -          | TW says why
			HTTP 429                       | -                               | rate-limited    | -          | TW says why
			code 1001                      | -                               | refused         | -          | TW says why
			no connection                  | -                               | unreachable     | -          | can not be reached
			no time to send                | -                               | not-sent        | -          | was not sent
			code 1001, no words            | missing; missing                | outcome-unknown | unknown    | TW does not show it.
			code 1001, no words            | shown                           | recovered       | accepted   | Yet TW shows an order of this number.
			refuses A                      | missing                         | refused         | -          | its postcode is wrong
			refuses A                      | deleted                         | refused         | -          | its postcode is wrong
			refuses A                      | shown                           | outcome-unknown | unknown    | TW shows an order of this number: this send has made it, or another one before.
			refuses A                      | HTTP 500                        | outcome-unknown | unknown    | TW could not be asked
			has no money for A             | missing                         | refused         | -          | insufficient balance (-4)
			HTTP 400 + refuses A           | missing                         | refused         | -          | its postcode is wrong

			HTTP 503                       | shown                           | recovered       | accepted   | Matched by order number only
			HTTP 503                       | shown with 3 boxes              | recovered       | accepted   | TW has 3 box(es), this item has 1.
			HTTP 503; takes A              | missing                         | accepted        | accepted   | -
			HTTP 503; takes A              | empty                           | accepted        | accepted   | -
			HTTP 503; takes A              | deleted                         | accepted        | accepted   | -
			HTTP 503; HTTP 503; takes A    | missing; missing                | accepted        | accepted   | -
			HTTP 503; HTTP 503             | missing; shown                  | recovered       | accepted   | Matched by order number only
			HTTP 503; HTTP 503; HTTP 503   | missing; missing; missing; missing | outcome-unknown | unknown | was not sent again
			HTTP 503; HTTP 503; HTTP 503   | missing; missing; shown         | recovered       | accepted   | Matched by order number only
			HTTP 503                       | HTTP 500                        | outcome-unknown | unknown    | TW could not be asked
			HTTP 503, wait 60              | missing; missing                | outcome-unknown | unknown    | TW does not show it.
			HTTP 503; HTTP 400             | missing; missing; missing       | outcome-unknown | unknown    | TW says why
			HTTP 503; HTTP 400             | missing; shown                  | recovered       | accepted   | Yet TW shows an order of this number.
			HTTP 503; HTTP 429             | missing; missing; missing       | outcome-unknown | unknown    | too many requests
			HTTP 503; no connection        | missing; missing; missing       | outcome-unknown | unknown    | can not be reached
			HTTP 503; refuses A            | missing; missing                | outcome-unknown | unknown    | its postcode is wrong
			HTTP 503; refuses A            | missing; shown                  | outcome-unknown | unknown    | this send has made it, or another one before
			HTTP 503; connection broke     | missing; missing; missing       | outcome-unknown | unknown    | The connection to TW broke

			connection broke               | shown                           | recovered       | accepted   | Matched by order number only
			connection broke               | missing; shown                  | recovered       | accepted   | Matched by order number only
			connection broke               | missing; missing                | outcome-unknown | unknown    | TW does not show it.
			connection broke               | deleted; deleted                | outcome-unknown | unknown    | was deleted at 2026-01-02 03:04:05
			connection broke               | web page                        | outcome-unknown | unknown    | TW could not be asked
			no answer in time              | shown                           | recovered       | accepted   | Matched by order number only
			no answer in time              | missing; missing                | outcome-unknown | unknown    | TW did not answer
			HTTP 500                       | missing; missing                | outcome-unknown | unknown    | TW does not show it.
			HTTP 408                       | missing; missing                | outcome-unknown | unknown    | TW does not show it.
			code 503                       | missing; missing                | outcome-unknown | unknown    | TW does not show it.
			HTTP 302                       | missing; missing                | outcome-unknown | unknown    | TW does not show it.
			web page                       | missing; shown                  | recovered       | accepted   | Matched by order number only
		`),
	)(
		'TW: %s; shows: %s → %s, remembered as %s: %s',
		async (answers, looks, becomes, state, says) => {
			const remembered = emptyRegister();
			const { results } = await create(
				['A'],
				listed(answers),
				{ A: listed(looks) },
				{},
				remembered,
			);
			expect(results.map(inWords)).toEqual([becomes]);
			expect(await statesOf('A', remembered)).toEqual({ later: state, own: state });
			expect(allWords(results[0]!)).toContain(says === '-' ? '' : says);
		},
	);
});

describe('an order that TW is asked for first, or that the user cancels', () => {
	it.each(
		rows(`
			cancelled at  | check | TW answers each send | TW shows at each look | becomes         | remembered | the user reads
			-             | yes   | -                    | shown                 | existing        | accepted   | Matched by order number only
			-             | yes   | takes A              | missing               | accepted        | accepted   | -
			-             | yes   | takes A              | empty                 | accepted        | accepted   | -
			-             | yes   | takes A              | deleted               | accepted        | accepted   | was deleted at 2026-01-02 03:04:05
			-             | yes   | HTTP 400             | missing               | refused         | -          | TW says why
			-             | yes   | HTTP 503; takes A    | missing; missing      | accepted        | accepted   | -
			-             | yes   | -                    | HTTP 500              | unavailable     | -          | Order A was not sent, because the check
			-             | yes   | -                    | HTTP 400              | refused         | -          | Order A was not sent, because the check
			-             | yes   | -                    | cancelled             | cancelled       | -          | was cancelled
			the start     | no    | -                    | -                     | cancelled       | -          | was cancelled
			the start     | yes   | -                    | -                     | cancelled       | -          | was cancelled
			orderForecast | no    | takes A              | -                     | accepted        | accepted   | -
			orderForecast | no    | HTTP 503             | missing               | outcome-unknown | unknown    | TW does not show it.
			orderForecast | no    | HTTP 503             | shown                 | recovered       | accepted   | Matched by order number only
			orderForecast | no    | connection broke     | missing               | outcome-unknown | unknown    | TW does not show it.
			orderInfo     | no    | HTTP 503             | missing               | outcome-unknown | unknown    | TW does not show it.
		`),
	)(
		'cancelled at %s, check: %s, TW: %s; shows: %s → %s, remembered as %s: %s',
		async (cancelAt, check, answers, looks, becomes, state, says) => {
			const remembered = emptyRegister();
			const more = { cancelAt, checkFirst: check === 'yes' };
			const { results } = await create(
				['A'],
				listed(answers),
				{ A: listed(looks) },
				more,
				remembered,
			);
			expect(results.map(inWords)).toEqual([becomes]);
			expect(await statesOf('A', remembered)).toEqual({ later: state, own: state });
			expect(allWords(results[0]!)).toContain(says === '-' ? '' : says);
		},
	);
});

/** What an earlier sender has left. */
async function leave(how: string, { register, files, mine }: Remembered): Promise<void> {
	const isMine = how.startsWith('this try: ');
	const { key, ...mark } = markOf('A', how.endsWith('of another channel') ? 'UW' : 'UA');
	const { kind, account, name, body } = mark;
	const until = Date.now() + (how.includes('dead') ? -60_000 : 60_000);
	const claim = { kind, account, name, body, execution: isMine ? '17' : '16', until };
	const claimed = await (isMine ? register : files).claim(key, claim);
	const { held } = claimed as { held: Held };
	if (how.includes('known by its id')) await held.settle('accepted', { no: 'A', requestId: 'r' });
	else if (how.includes('accepted')) await held.settle('accepted');
	else if (how.includes('unknown')) await held.settle('unknown');
	expect(Object.keys(mine)).toHaveLength(isMine ? 1 : 0);
}

describe('an order that was sent before', () => {
	it.each(
		rows(`
			left by an earlier sender               | with       | TW answers | TW shows at each look | becomes         | remembered
			known by its id                         | output     | -          | -                     | accepted before | accepted
			known by its id                         | fail       | -          | -                     | sent-before     | accepted
			known by its id                         | send-again | takes A    | -                     | accepted        | accepted
			known by its id                         | send-again | HTTP 400   | -                     | refused         | -
			known by its id, of another channel     | output     | -          | -                     | validation      | accepted
			accepted                                | output     | -          | shown                 | existing        | accepted
			accepted                                | output     | -          | missing               | outcome-unknown | accepted
			accepted                                | output     | -          | HTTP 500              | unfinished      | accepted
			unknown                                 | output     | -          | shown                 | recovered       | accepted
			unknown                                 | output     | -          | missing; shown        | recovered       | accepted
			unknown                                 | output     | -          | missing; missing      | outcome-unknown | unknown
			unknown                                 | output     | -          | deleted; deleted      | outcome-unknown | unknown
			unknown                                 | output     | -          | HTTP 500              | outcome-unknown | unknown
			unknown                                 | fail       | -          | -                     | sent-before     | unknown
			unknown                                 | send-again | takes A    | -                     | accepted        | accepted
			sending, dead                           | output     | -          | shown                 | recovered       | accepted
			sending, dead                           | output     | -          | missing; missing      | outcome-unknown | sending
			sending, dead                           | send-again | takes A    | -                     | accepted        | accepted
			sending, dead, of another channel       | output     | -          | -                     | validation      | sending
			sending, alive                          | output     | -          | -                     | outcome-unknown | sending
			this try: known by its id               | send-again | -          | -                     | accepted        | accepted
			this try: unknown                       | send-again | -          | missing; missing      | outcome-unknown | unknown
			this try: unknown                       | output     | -          | shown                 | recovered       | accepted
			this try: sending                       | output     | -          | shown                 | recovered       | accepted
			this try: sending                       | fail       | -          | missing; missing      | outcome-unknown | sending
			this try: unknown, of another channel   | output     | -          | -                     | validation      | unknown
		`),
	)(
		'%s, with %s, TW: %s; shows: %s → %s, remembered as %s',
		async (left, want, answers, looks, becomes, state) => {
			const remembered = emptyRegister();
			await leave(left, remembered);
			const ifSentBefore = want as CreateOptions['ifSentBefore'];
			const { deadline } = limits(left.includes('alive') ? 40 : 30_000);
			const more = { ifSentBefore, deadline, checkFirst: false };
			const { results } = await create(
				['A'],
				listed(answers),
				{ A: listed(looks) },
				more,
				remembered,
			);
			expect(results.map(inWords)).toEqual([becomes]);
			expect((await statesOf('A', remembered)).later).toBe(state);
		},
	);
});

describe('orders A and B in one request', () => {
	it.each(
		rows(`
			TW answers each send          | what was sent | TW shows of A    | TW shows of B    | A becomes       | B becomes       | remembered
			takes A + takes B             | A B           | -                | -                | accepted        | accepted        | accepted; accepted
			takes B + takes A             | A B           | -                | -                | accepted        | accepted        | accepted; accepted
			takes A                       | A B           | -                | shown            | accepted        | recovered       | accepted; accepted
			takes A                       | A B           | -                | missing; missing | accepted        | outcome-unknown | accepted; unknown
			gives a bare id for A         | A B           | missing; missing | shown            | outcome-unknown | recovered       | unknown; accepted
			takes A + refuses B           | A B           | -                | missing          | accepted        | refused         | accepted; -
			takes A + refuses B           | A B           | -                | shown            | accepted        | outcome-unknown | accepted; unknown
			HTTP 400 + takes A            | A B           | -                | -                | accepted        | refused         | accepted; -
			code 500 + takes A            | A B           | -                | missing; missing | accepted        | outcome-unknown | accepted; unknown

			HTTP 400; takes A; takes B    | A B; A; B     | missing; missing | missing; missing | accepted        | accepted        | accepted; accepted
			HTTP 400; takes A; HTTP 400   | A B; A; B     | missing; missing | missing; missing | accepted        | refused         | accepted; -
			HTTP 400; HTTP 400; takes B   | A B; A; B     | missing; missing | missing; missing | refused         | accepted        | -; accepted
			code 1001; takes A; takes B   | A B; A; B     | missing; missing | missing; missing | accepted        | accepted        | accepted; accepted
			HTTP 400 + refuses A; HTTP 400; takes B | A B; A; B | missing; missing | missing; missing | refused | accepted        | -; accepted
			HTTP 400; takes B             | A B; B        | shown            | missing; missing | recovered       | accepted        | accepted; accepted
			HTTP 400; takes B             | A B; B        | missing; shown   | missing; missing | recovered       | accepted        | accepted; accepted
			HTTP 400; takes A             | A B; A        | missing; missing | HTTP 500         | accepted        | outcome-unknown | accepted; unknown
			HTTP 400                      | A B           | shown            | shown            | recovered       | recovered       | accepted; accepted
			HTTP 400; HTTP 503; takes A; takes B | A B; A; A; B | missing; missing; missing | missing; missing | accepted | accepted | accepted; accepted
			HTTP 400; connection broke; takes B | A B; A; B | missing; missing; missing; missing | missing; missing | outcome-unknown | accepted | unknown; accepted

			HTTP 401                      | A B           | -                | -                | authentication  | authentication  | -; -
			HTTP 404                      | A B           | -                | -                | not-found       | not-found       | -; -
			HTTP 429                      | A B           | -                | -                | rate-limited    | rate-limited    | -; -
			no connection                 | A B           | -                | -                | unreachable     | unreachable     | -; -
			code 1001, no words           | A B           | missing; missing | shown            | outcome-unknown | recovered       | unknown; accepted
			connection broke              | A B           | shown            | missing; missing | recovered       | outcome-unknown | accepted; unknown
			HTTP 503; takes A + takes B   | A B; A B      | missing          | missing          | accepted        | accepted        | accepted; accepted
			HTTP 503; takes B             | A B; B        | shown            | missing          | recovered       | accepted        | accepted; accepted
			HTTP 503; takes B             | A B; B        | HTTP 500         | missing          | outcome-unknown | accepted        | unknown; accepted
			HTTP 503; HTTP 400            | A B; A B      | missing; shown   | missing; missing; missing | recovered | outcome-unknown | accepted; unknown
		`),
	)(
		'TW: %s (sent: %s); shows of A: %s, of B: %s → %s, %s, remembered as %s',
		async (answers, sent, ofA, ofB, a, b, states) => {
			const remembered = emptyRegister();
			const shows = { A: listed(ofA), B: listed(ofB) };
			const done = await create(['A', 'B'], listed(answers), shows, {}, remembered);
			expect(done.results.map(inWords)).toEqual([a, b]);
			expect(done.sent).toEqual(listed(sent));
			const stands = [await statesOf('A', remembered), await statesOf('B', remembered)];
			expect(stands.map(({ later }) => later)).toEqual(listed(states));
			expect(stands.map(({ own }) => own)).toEqual(listed(states));
		},
	);

	it('are given back unsent where the user cancels after a refusal of both', async () => {
		const remembered = emptyRegister();
		const shows = { A: ['missing'], B: ['missing'] };
		const more = { cancelAt: 'orderInfo' };
		const { results } = await create(['A', 'B'], ['HTTP 400'], shows, more, remembered);
		expect(results.map(inWords)).toEqual(['cancelled', 'cancelled']);
		expect(remembered.mine).toEqual({});
	});

	it('are sent without the one that was sent before', async () => {
		const remembered = emptyRegister();
		await leave('known by its id', remembered);
		const { results, sent } = await create(['A', 'B'], ['takes B'], {}, {}, remembered);
		expect(results.map(inWords)).toEqual(['accepted before', 'accepted']);
		expect(sent).toEqual(['B']);
	});
});

describe('a dry run of orders A and B', () => {
	it.each(
		rows(`
			left by an earlier sender of A      | with       | check | of A it would | what it says of A
			-                                   | output     | no    | send          | it would be sent
			-                                   | output     | yes   | send          | TW would be asked first whether it has the order.
			known by its id                     | output     | no    | output        | nothing be sent
			known by its id                     | fail       | no    | fail          | already sent
			known by its id                     | send-again | no    | send          | may exist twice
			known by its id, of another channel | output     | no    | fail          | other contents
			unknown                             | output     | no    | ask           | TW would be asked for it
			sending, alive                      | output     | no    | wait          | would be waited for
		`),
	)('%s, with %s, check: %s: would %s: %s', async (left, want, check, would, says) => {
		const remembered = emptyRegister();
		if (left !== '-') await leave(left, remembered);
		const before = await statesOf('A', remembered);
		const tw = new PaperTw([], {}).dry({ asks: false });
		const results = await createOrders(tw, [ticket('A'), ticket('B')], {
			...limits(),
			...{ register: remembered.register, execution: '17', checkFirst: check === 'yes' },
			ifSentBefore: want as CreateOptions['ifSentBefore'],
		});
		const [a, b] = results.map((result) => result as unknown as DryRunFault);
		expect(a!.more['register']).toMatchObject({ would });
		expect(JSON.stringify(a!.more['register'])).toContain(says);
		const numbers = (shown: DryRunFault) => shown.request.body.match(/"no":"\w"/g);
		expect(numbers(a!)).toEqual(would === 'send' ? ['"no":"A"', '"no":"B"'] : ['"no":"A"']);
		expect(numbers(b!)).toEqual(would === 'send' ? ['"no":"A"', '"no":"B"'] : ['"no":"B"']);
		expect([await statesOf('A', remembered), (await statesOf('B', remembered)).later]).toEqual([
			before,
			'-',
		]);
	});
});
