/** How often a request is sent. */
import { deliver, type DeliveryRule, forgetPauses } from '../../../lib/base/delivery';
import { RateLimitedFault } from '../../../lib/base/errors';
import type { Limits } from '../../../lib/base/limits';
import { faultOf, limits, listed, rows } from '../tables';

const RULES = ['read', 'event-at-least-once', 'write', 'event-at-most-once'] as const;

/** Sends under a rule; the last of what comes back comes back for ever. */
async function sendUnder(rule: DeliveryRule, came: string[], within: Limits = limits()) {
	const faults = came.map((words) => (words === 'answer' ? undefined : faultOf(words)));
	const attempts: number[] = [];
	const end = await deliver(rule, within, async (attempt) => {
		attempts.push(attempt);
		const fault = faults[Math.min(attempt, faults.length) - 1];
		if (fault) throw fault;
		return 'answer';
	}).catch((error: unknown) => {
		const which = faults.findIndex((fault) => fault === error);
		return came[which] ?? (error as Error).name;
	});
	expect(attempts).toEqual(attempts.map((_, i) => i + 1));
	return { sends: attempts.length, end };
}

describe('what always comes back to a request', () => {
	it.each(
		rows(`
			what comes back                                                                   | read | event | write | event at most once
			no connection / HTTP 429 / code 429                                               | 5    | 5     | 5     | 5
			HTTP 408 / HTTP 500 / HTTP 501 / HTTP 502 / HTTP 503 / HTTP 504 / code 503        | 5    | 5     | 1     | 1
			connection broke / no answer in time                                              | 5    | 5     | 1     | 1
			HTTP 429, with data                                                               | 1    | 1     | 1     | 1
			web page / HTTP 302                                                               | 1    | 1     | 1     | 1
			HTTP 400 / HTTP 401 / HTTP 403 / HTTP 404 / HTTP 409 / code 400, no words         | 1    | 1     | 1     | 1
			no time to send / cancelled / a value that can not be sent / no register / defect | 1    | 1     | 1     | 1
		`),
	)(
		'%s: a read is sent %s times, an event %s, a write %s, an event at most once %s',
		async (came, ...sends) => {
			const sent = await Promise.all(
				RULES.map(async (rule) => ({ rule, ...(await sendUnder(rule, [came])) })),
			);
			expect(sent).toEqual(
				sends.map((times, i) => ({ rule: RULES[i], sends: Number(times), end: came })),
			);
		},
	);
});

it.each(
	rows(`
		rule               | what comes back                    | sends | what whoever called gets
		read               | answer                             | 1     | answer
		read               | HTTP 503; connection broke; answer | 3     | answer
		read               | HTTP 503; HTTP 404                 | 2     | HTTP 404
		read               | HTTP 500; HTTP 500; HTTP 500; HTTP 500; answer | 5 | answer
		write              | answer                             | 1     | answer
		write              | no connection; HTTP 429; answer    | 3     | answer
		write              | no connection; HTTP 503            | 2     | HTTP 503
		write              | HTTP 429; connection broke         | 2     | connection broke
		event-at-most-once | HTTP 429; no answer in time        | 2     | no answer in time
	`),
)('%s, to which come %s: sent %s times, ends with %s', async (rule, came, sends, end) => {
	const sent = await sendUnder(rule as DeliveryRule, listed(came));
	expect(sent).toEqual({ sends: Number(sends), end });
});

/** Longer than any deadline, whatever part of it is waited. */
const ENDLESS = { first: Number.MAX_VALUE, longest: Number.MAX_VALUE };

it.each(
	rows(`
		what the vendor asks for                         | what comes back   | own pause | sends
		no wait, where we would wait past the deadline   | HTTP 503, wait 0  | endless   | 1
		nothing, and our own pause is past the deadline  | HTTP 503          | endless   | 1
		a wait past the deadline, where ours is short    | HTTP 503, wait 60 | quick     | 1
		the same of a request that never took effect     | HTTP 429, wait 60 | quick     | 1
		nothing, and our pause grows no longer than that | HTTP 503          | capped    | 5
	`),
)('%s (%s, %s)', async (_what, came, pause, sends) => {
	const pauses = {
		endless: ENDLESS,
		quick: { first: 1, longest: 2 },
		capped: { first: Infinity, longest: 1 },
	};
	const within = limits(30_000, { resend: pauses[pause as keyof typeof pauses] });
	expect(await sendUnder('read', [came], within)).toEqual({ sends: Number(sends), end: came });
});

it.each(
	rows(`
		rule                | sends | what whoever called gets
		read                | 1     | answer
		event-at-least-once | 1     | answer
		write               | 0     | NotSentFault
		event-at-most-once  | 0     | NotSentFault
	`),
)(
	'%s, when its time is over before it begins: sent %s times, ends with %s',
	async (rule, sends, end) => {
		const sent = await sendUnder(rule as DeliveryRule, ['answer'], limits(0));
		expect(sent).toEqual({ sends: Number(sends), end });
	},
);

it.each(RULES)('%s, cancelled while it waits: is not sent again', async (rule) => {
	const user = new AbortController();
	const waiting = sendUnder(rule, ['HTTP 429, wait 10'], limits(30_000, {}, user.signal));
	setImmediate(() => user.abort());
	expect(await waiting).toEqual({ sends: 1, end: 'CancelledFault' });
});

describe('what a vendor asks for is no reason to hurry', () => {
	it.each(['HTTP 429, wait 0', 'HTTP 503, wait 0', 'HTTP 429', 'HTTP 503'])(
		'%s: our own pauses are waited all the same, at least half of each',
		async (came) => {
			const begin = performance.now();
			const within = limits(30_000, { resend: { first: 20, longest: 60 } });
			expect(await sendUnder('read', [came], within)).toMatchObject({ sends: 5 });
			expect(performance.now() - begin).toBeGreaterThanOrEqual(10 + 20 + 30 + 30 - 4);
		},
	);
});

describe('a pause that a vendor asked for counts for everyone on the same lane', () => {
	beforeEach(forgetPauses);

	const PAUSE = 120;
	const asksFor = (retryAfterMs?: number) =>
		new RateLimitedFault('too many', '', retryAfterMs === undefined ? {} : { retryAfterMs });
	/** Is told to wait, at its first attempt. */
	const told = async (lane: string, fault = asksFor(PAUSE), within = limits()) => {
		let at = 0;
		const send = async (attempt: number) => {
			if (attempt > 1) return;
			at = performance.now();
			throw fault;
		};
		const end = deliver('read', within, send, lane);
		end.catch(() => undefined);
		await new Promise(setImmediate);
		return { end, at };
	};
	/** Comes after that; when it was sent. */
	const after = async (rule: DeliveryRule, lane: string, within = limits()) => {
		const sent: number[] = [];
		const end = await deliver(
			rule,
			within,
			async () => {
				sent.push(performance.now());
				return 'answer';
			},
			lane,
		).catch((error: unknown) => (error as Error).name);
		return { sent, end };
	};

	it.each(RULES)('%s waits for it', async (rule) => {
		const first = await told('A');
		const { sent, end } = await after(rule, 'A');
		expect(end).toBe('answer');
		expect(sent).toHaveLength(1);
		expect(sent[0]! - first.at).toBeGreaterThanOrEqual(PAUSE - 1);
		await first.end;
	});

	it('also where the one that was told it has no time left for another try', async () => {
		const first = await told('A', asksFor(PAUSE), limits(PAUSE));
		const { sent } = await after('write', 'A');
		expect(sent[0]! - first.at).toBeGreaterThanOrEqual(PAUSE - 1);
		await expect(first.end).rejects.toThrow(RateLimitedFault);
	});

	it('also where the vendor does not say how long: as long as the one that was told waits', async () => {
		const pace = { resend: { first: 2 * PAUSE, longest: 2 * PAUSE } };
		const first = await told('A', asksFor(), limits(30_000, pace));
		const { sent } = await after('write', 'A');
		expect(sent[0]! - first.at).toBeGreaterThanOrEqual(PAUSE - 1);
		await first.end;
	});

	it('nobody else waits', async () => {
		const first = await told('A');
		const { sent } = await after('write', 'B');
		const none = await after('write', '');
		expect([...sent, ...none.sent].map((at) => at - first.at < PAUSE)).toEqual([true, true]);
		await first.end;
	});

	it('a shorter one does not end a longer one', async () => {
		const first = await told('A');
		const second = await told('A', asksFor(1));
		const { sent } = await after('write', 'A');
		expect(sent[0]! - first.at).toBeGreaterThanOrEqual(PAUSE - 1);
		await Promise.all([first.end, second.end]);
	});

	it.each(
		rows(`
		rule                | sends | what whoever called gets
		write               | 0     | NotSentFault
		event-at-most-once  | 0     | NotSentFault
		read                | 1     | answer
		event-at-least-once | 1     | answer
	`),
	)('%s, whose time ends before it: sent %s times, ends with %s', async (rule, sends, end) => {
		await told('A', asksFor(3_600_000), limits(100));
		const within = limits(PAUSE);
		const { sent, end: ended } = await after(rule as DeliveryRule, 'A', within);
		expect([sent.length, ended]).toEqual([Number(sends), end]);
	});

	it('a cancel ends the wait, and nothing is sent', async () => {
		await told('A', asksFor(3_600_000), limits(100));
		const user = new AbortController();
		const waiting = after('write', 'A', limits(60_000, {}, user.signal));
		setImmediate(() => user.abort());
		expect(await waiting).toEqual({ sent: [], end: 'CancelledFault' });
	});

	it('an hour is not believed: after half a minute somebody asks again', async () => {
		await told('A', asksFor(3_600_000), limits(100));
		const user = new AbortController();
		const within = (ms: number) => limits(ms, {}, user.signal);
		expect((await after('write', 'A', within(30_000))).end).toBe('NotSentFault');
		const waiting = after('write', 'A', within(33_000));
		setImmediate(() => user.abort());
		expect((await waiting).end).toBe('CancelledFault');
	});

	it('a resend that the pause leaves no time for ends with what came back', async () => {
		const lost = new RateLimitedFault('its own', '', { retryAfterMs: 1 });
		const end = deliver(
			'write',
			limits(PAUSE),
			async () => {
				await told('A', asksFor(3_600_000), limits(10));
				throw lost;
			},
			'A',
		);
		await expect(end).rejects.toBe(lost);
	});
});
