/** What is done about a write that failed: what came back, how often it was sent, what TW shows. */
import type { Limits } from '../../../lib/base/limits';
import type { Evidence } from '../../../lib/once/send';
import { settle, type Settled, settleLost } from '../../../lib/once/settle';
import { TW_WRITE, wasNotDone } from '../../../lib/tw/writes/policy';
import { QUICK } from '../../pace';
import { faultOf, limits, listed, rows } from '../tables';

describe('what came back', () => {
	it.each(
		rows(`
			what came back                                                               | TW did nothing, for certain
			no connection / no time to send / a value that can not be sent / no register | yes
			cancelled                                                                    | yes
			HTTP 400 / HTTP 401 / HTTP 403 / HTTP 404 / HTTP 409 / HTTP 422 / HTTP 429   | yes
			HTTP 400, with data / HTTP 400, no words                                     | yes
			code 400 / code 401 / code 404 / code 429 / code 1001                        | yes
			code 400, no words / code 400, with data                                     | no
			HTTP 302 / web page                                                          | no
			HTTP 408 / HTTP 500 / HTTP 502 / HTTP 503 / HTTP 504 / code 500              | no
			connection broke / no answer in time / defect                                | no
		`),
	)('%s: certain that TW did nothing? %s', (came, expected) => {
		expect(wasNotDone(faultOf(came))).toBe(expected === 'yes');
	});
});

const DELETED = 'TW shows one that was deleted.';
const LOOKS: Readonly<Record<string, Evidence<string>>> = {
	shown: { found: 'the order' },
	missing: { missing: true },
	deleted: { missing: true, remark: DELETED },
	hidden: { notShown: 'TW shows only open bags.' },
	unclear: { unclear: 'Nobody can be asked.' },
};

/** TW as a row has it: what it shows at each look. */
function shows(cell: string, atLook: () => void = () => {}) {
	const looks = listed(cell);
	const odd = looks.find((look) => look !== 'fails' && !LOOKS[look]);
	if (odd) throw new Error(`TW can not show this: ${odd}`);
	const times: number[] = [];
	const ask = async ({ deadline }: Pick<Limits, 'deadline'>) => {
		const look = looks[times.length] ?? 'fails';
		times.push(deadline.totalMs);
		atLook();
		if (look === 'fails') throw faultOf('no connection');
		return LOOKS[look]!;
	};
	/** As often as the row has looks, each with time of its own. */
	const expectAsked = () => expect(times).toEqual(looks.map(() => QUICK.lookUp));
	return { policy: TW_WRITE, ask, expectAsked };
}

const inWords = (settled: Settled<string>): string => {
	if (settled.how === 'found') return settled.found === 'the order' ? 'it took effect' : 'garbled';
	if (settled.how === 'resend') return 'send again';
	if (settled.how !== 'unknown') return settled.how;
	return settled.isMissing ? 'unknown, TW lacks it' : 'unknown';
};

const CANCELLED = AbortSignal.abort();

describe('a write that failed', () => {
	it.each(
		rows(`
			what came back                                                              | sends | TW shows         | besides           | what it means
			HTTP 400 / HTTP 401 / HTTP 429 / no connection / no time to send / code 400 | 1     | -                | -                 | failed
			HTTP 400                                                                    | 1     | -                | cancelled         | failed

			HTTP 400 / HTTP 429 / no connection / no time to send / code 400            | 2     | shown            | -                 | it took effect
			HTTP 400 / HTTP 429 / no connection / no time to send / code 400            | 2     | missing; missing | -                 | unknown, TW lacks it
			HTTP 400 / no connection                                                    | 3     | missing; shown   | -                 | it took effect

			HTTP 503 / HTTP 503, wait 60                                                | 1     | shown            | -                 | it took effect
			HTTP 503                                                                    | 1     | missing          | -                 | send again
			HTTP 503                                                                    | 1     | deleted          | -                 | send again
			HTTP 503                                                                    | 1     | hidden           | -                 | unknown
			HTTP 503                                                                    | 1     | unclear          | -                 | unknown
			HTTP 503                                                                    | 1     | fails            | -                 | unknown
			HTTP 503                                                                    | 2     | missing          | -                 | send again
			HTTP 503                                                                    | 2     | shown            | -                 | it took effect
			HTTP 503                                                                    | 3     | missing; missing | -                 | unknown, TW lacks it
			HTTP 503                                                                    | 3     | missing; shown   | -                 | it took effect
			HTTP 503, wait 60                                                           | 1     | missing; missing | -                 | unknown, TW lacks it
			HTTP 503, wait 0                                                            | 1     | missing; missing | long pause        | unknown, TW lacks it
			HTTP 503                                                                    | 1     | missing; missing | long pause        | unknown, TW lacks it
			HTTP 503                                                                    | 1     | shown            | no time           | it took effect
			HTTP 503                                                                    | 1     | missing          | cancelled         | unknown, TW lacks it
			HTTP 503                                                                    | 1     | shown            | cancelled         | it took effect
			HTTP 503                                                                    | 1     | missing          | cancelled at look | unknown, TW lacks it
			HTTP 500                                                                    | 1     | missing; shown   | cancelled after it | it took effect

			code 503 / HTTP 408 / HTTP 500 / HTTP 502 / HTTP 504 / HTTP 302             | 1     | missing; missing | -                 | unknown, TW lacks it
			code 503 / HTTP 408 / HTTP 500 / HTTP 502 / HTTP 504 / HTTP 302             | 1     | shown            | -                 | it took effect
			code 400, no words / code 400, with data / web page / defect                | 1     | missing; missing | -                 | unknown, TW lacks it
			code 400, no words / code 400, with data / web page / defect                | 1     | missing; shown   | -                 | it took effect
			connection broke / no answer in time                                        | 1     | missing; missing | -                 | unknown, TW lacks it
			connection broke / no answer in time                                        | 1     | missing; shown   | no time           | it took effect
			connection broke / no answer in time                                        | 1     | missing; fails   | -                 | unknown
		`),
	)('%s after send %s, TW: %s, besides: %s → %s', async (came, sends, show, besides, meaning) => {
		const user = new AbortController();
		if (besides === 'cancelled') user.abort();
		const tw = shows(show, () => {
			if (besides === 'cancelled at look') user.abort();
			// Then the pause before the second look has begun
			if (besides === 'cancelled after it') setImmediate(() => user.abort());
		});
		const pace = besides === 'long pause' ? { afterUnavailable: 60_000 } : {};
		const within = limits(besides === 'no time' ? 0 : 30_000, pace, user.signal);
		const settled = await settle(tw, faultOf(came), Number(sends), within);
		expect(inWords(settled)).toBe(meaning);
		tw.expectAsked();
	});

	it('keeps the fault of one that failed for certain', async () => {
		const fault = faultOf('HTTP 400');
		const settled = await settle(shows('-'), fault, 1, limits());
		expect(settled).toEqual({ how: 'failed', fault });
	});
});

describe('a write whose answer was lost', () => {
	it.each(
		rows(`
			TW shows         | looks allowed | besides   | what it means        | what the user reads
			shown            | 2             | -         | it took effect       | -
			missing; shown   | 2             | -         | it took effect       | -
			missing; missing | 2             | -         | unknown, TW lacks it | TW does not show it.
			missing; deleted | 2             | -         | unknown, TW lacks it | ${DELETED}
			deleted; deleted | 2             | -         | unknown, TW lacks it | ${DELETED}
			hidden; shown    | 2             | -         | it took effect       | -
			hidden; hidden   | 2             | -         | unknown              | TW shows only open bags.
			missing; unclear | 2             | -         | unknown              | Nobody can be asked.
			unclear          | 2             | -         | unknown              | Nobody can be asked.
			fails            | 2             | -         | unknown              | TW could not be asked: TW cannot be reached.
			missing          | 2             | cancelled | unknown, TW lacks it | TW does not show it.
			shown            | 2             | cancelled | it took effect       | -
			missing          | 1             | -         | unknown, TW lacks it | TW does not show it.
			shown            | 1             | -         | it took effect       | -
		`),
	)('TW: %s, of %s looks, %s → %s: %s', async (show, looks, besides, meaning, finding) => {
		const tw = shows(show);
		const within = limits(30_000, {}, besides === 'cancelled' ? CANCELLED : undefined);
		const settled = await settleLost(tw, { ...within, looks: looks === '1' ? 1 : 2 });
		expect(inWords(settled)).toBe(meaning);
		expect('finding' in settled ? settled.finding : '-').toBe(finding);
		tw.expectAsked();
	});

	it('is looked up a second time after a pause, in which TW may come to show it', async () => {
		const at: number[] = [];
		const tw = shows('missing; shown', () => void at.push(performance.now()));
		await settleLost(tw, limits(30_000, { secondLook: 50 }));
		expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(49);
	});

	it('takes a look that goes wrong in any way for no word of TW', async () => {
		const broken = async () => await Promise.reject(new TypeError('of a look'));
		const settled = await settleLost<string>({ policy: TW_WRITE, ask: broken }, limits());
		expect(inWords(settled)).toBe('unknown');
	});
});
