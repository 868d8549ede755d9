/** The judge of the ways out must be able to say stuck, and doubled. */
import type { Said } from '../../faults/oracle';
import {
	type Course,
	endingOf,
	isDone,
	type Step,
	wayNamedIn,
	type Wants,
	wordsToGoOnBy,
	worstOf,
} from '../../faults/way-judge';

const ORDER: Wants = { effects: 'makes', outcomes: ['completed'], number: 'A' };
const DELETION: Wants = { effects: 'once', outcomes: ['deleted'], number: 'A' };
const EVENT: Wants = { effects: 'at least once', outcomes: ['reported'], number: 'A' };
const ONCE_EVENT: Wants = { ...EVENT, effects: 'at most once' };

const WAY =
	"Look it up with 'Get'. If it is missing, run it again with 'If Sent Before' set to Send Again.";
const FAILED: Said = { message: 'TW refuses order A [Item 0]', description: 'Correct it.' };
const UNKNOWN: Said = { message: 'It is unknown whether TW created order A', description: WAY };
const UNFINISHED: Said = { message: 'TW took order A, but …', description: 'Read its state.' };

const step = (said: Said, stands: number, more: Partial<Step> = {}): Step => {
	return { said, taken: stands, stands, ...more };
};
const done = (stands = 1, more: Partial<Step> = {}): Step =>
	step({}, stands, { outcome: 'completed', number: 'A', ...more });
const ending = (course: Partial<Course>) =>
	endingOf({ wants: ORDER, first: step(UNKNOWN, 0), ...course });

describe('it ends', () => {
	it.each<[string, Partial<Course>, string]>([
		['at once', { first: done() }, 'at once'],
		['at once, and another run finds it', { first: done(), next: done() }, 'at once'],
		['by the next run', { next: done() }, 'new run'],
		['by the next run, after a failure', { first: step(FAILED, 0), next: done() }, 'new run'],
		['by the next run, after n8n was killed', { first: undefined, next: done() }, 'new run'],
		[
			'after the vendor failed what it had taken',
			{ first: done(0, { taken: 1 }), next: done(1, { taken: 2 }) },
			'new run',
		],
		['by clicks', { next: step(UNKNOWN, 0), clicks: { last: done() } }, 'clicks'],
		['by a look', { wants: DELETION, next: step(UNKNOWN, 1), clicks: { seen: 'done' } }, 'clicks'],
		[
			'by clicks where the vendor never shows it, though that makes two',
			{ isHidden: true, next: step(UNKNOWN, 1), clicks: { last: step(UNFINISHED, 2) } },
			'clicks',
		],
	])('%s', (_how, course, way) => {
		expect(ending(course)).toEqual({ way, isDoubled: false, why: [] });
	});
});

describe('it is stuck', () => {
	it.each<[string, Partial<Course>]>([
		['the next run fails again', { first: step(FAILED, 0), next: step(FAILED, 0) }],
		['nothing is played of what is named', { next: step(UNKNOWN, 0) }],
		[
			'no way is named',
			{
				first: step({ ...UNKNOWN, description: 'Ask TW.' }, 0),
				next: step({ ...UNKNOWN, description: 'Ask TW.' }, 0),
				clicks: { last: done() },
			},
		],
		['the clicks end in nothing', { next: step(UNKNOWN, 0), clicks: { last: step(UNKNOWN, 0) } }],
		['the look shows nothing', { next: step(UNKNOWN, 0), clicks: { seen: 'not done' } }],
		['the look shows what the vendor lacks', { next: step(UNKNOWN, 0), clicks: { seen: 'done' } }],
		['it says failed, and it stands', { next: step(FAILED, 1), clicks: { last: done() } }],
		['success is said of nothing', { first: done(0), next: done() }],
		['success is said of what the vendor failed', { next: done(0, { taken: 1 }) }],
		['the number is another one', { next: done(1, { number: 'a' }) }],
		['the word is another one', { next: done(1, { outcome: 'pending' }) }],
		['it puts out what is of another order', { next: done(1, { isForeign: true }) }],
		['so it did in the first run', { first: done(1, { isForeign: true }), next: done() }],
		['it was done, and the next run says otherwise', { first: done(), next: step(UNKNOWN, 1) }],
		['it stands, and is not told to its end', { next: step(UNFINISHED, 1) }],
	])('if %s', (_case, course) => {
		const { way, why } = ending(course);
		expect(way).toBe('stuck');
		expect(why).toHaveLength(1);
	});
});

describe('it is doubled', () => {
	it.each<[string, Partial<Course>]>([
		['by the next run', { first: step(UNKNOWN, 1), next: done(2) }],
		['though the first run has done it', { first: done(), next: done(2) }],
		[
			'by clicks, though the vendor shows it',
			{ next: step(UNKNOWN, 1), clicks: { last: done(2) } },
		],
		['before the clicks', { isHidden: true, next: step(UNKNOWN, 2) }],
		['if an event may be told once at most', { wants: ONCE_EVENT, next: done(2) }],
	])('%s', (_how, course) => {
		const { isDoubled, why } = ending(course);
		expect(isDoubled).toBe(true);
		expect(why).toContain('it stands 2 times');
	});

	it('not if it may be told more than once', () => {
		const told = done(2, { outcome: 'reported' });
		const expected = { way: 'new run', isDoubled: false, why: [] };
		expect(ending({ wants: EVENT, next: told })).toEqual(expected);
		expect(isDone(told, ONCE_EVENT)).toBe(false);
	});
});

describe('the words to go on by', () => {
	const NOTHING = { look: false, runAgain: false, sendAgain: false, atLeastOnce: false };
	it.each([
		[WAY, { look: true, runAgain: true, sendAgain: true }],
		["Look up bag A with 'Get' before you repeat it.", { look: true, runAgain: true }],
		['Running this item again in a new execution reports it.', { runAgain: true }],
		["Set 'Delivery' to At Least Once.", { atLeastOnce: true }],
	])('%s', (description, named) => {
		expect(wayNamedIn({ message: 'x', description })).toEqual({ ...NOTHING, ...named });
	});

	it.each(["Read its state with 'Get Status'.", 'Ask TW.', 'Check the base URL.'])(
		'none in: %s',
		(description) => expect(wayNamedIn({ message: 'x', description })).toBeUndefined(),
	);

	const course = { wants: ORDER, first: step(UNKNOWN, 0) };
	it('are those of the first run if the next one names nothing', () => {
		const next = step({ ...UNKNOWN, description: '' }, 0);
		expect(wordsToGoOnBy({ ...course, next })).toEqual(wayNamedIn(UNKNOWN));
	});

	it('are none if the next run says failed of what stands', () => {
		expect(wordsToGoOnBy({ ...course, next: step(FAILED, 1) })).toBeUndefined();
	});

	it('are those of the first run if what can be done only once is refused without a look', () => {
		const first = step(UNKNOWN, 1);
		const next = step({ ...FAILED, description: 'Correct it and run the node again.' }, 1);
		expect(wordsToGoOnBy({ wants: DELETION, first, next })).toEqual(wayNamedIn(UNKNOWN));
	});

	it('are none of a failure, but for what can be done only once', () => {
		const first = step({ ...FAILED, description: WAY }, 0);
		expect(wordsToGoOnBy({ wants: ORDER, first })).toBeUndefined();
		expect(wordsToGoOnBy({ wants: DELETION, first })).toEqual(wayNamedIn(UNKNOWN));
	});
});

it('the worst of several ways counts', () => {
	expect(worstOf(['new run', 'clicks', 'at once'])).toBe('clicks');
	expect(worstOf(['at once'])).toBe('at once');
	expect(worstOf(['stuck', 'at once'])).toBe('stuck');
});
