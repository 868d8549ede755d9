/** What the tests of the tables that decide have in common: rows, what comes back, limits. */
import { Deadline } from '../../lib/base/deadline';
import {
	asFault,
	BrokenFault,
	CancelledFault,
	DefectFault,
	type Fault,
	NotSentFault,
	RegisterFault,
	TimedOutFault,
	UnreachableFault,
	ValidationFault,
} from '../../lib/base/errors';
import type { Limits, Pace } from '../../lib/base/limits';
import { openEnvelope } from '../../lib/tw/wire/envelope';
import { QUICK } from '../pace';

/** Half a minute at a quick pace, where a row wants nothing else. */
export const limits = (ms = 30_000, pace: Partial<Pace> = {}, signal?: AbortSignal): Limits => ({
	deadline: Deadline.in(ms),
	signal,
	pace: { ...QUICK, ...pace },
});

/**
 * A table as a document has it: cells between bars, the first line their titles. Where the first cell names
 * several things with ` / ` between them, the row stands for each.
 */
export function rows(text: string): string[][] {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const [titles = [], ...cells] = lines.map((line) => line.split('|').map((cell) => cell.trim()));
	const odd = cells.find((row) => row.length !== titles.length);
	if (odd) throw new Error(`${titles.length} titles, but ${odd.length} cells: ${odd.join(' | ')}`);
	return cells.flatMap(([first = '', ...rest]) => first.split(' / ').map((one) => [one, ...rest]));
}

/** The things that a cell lists. */
export const listed = (cell: string): string[] => (cell === '-' ? [] : cell.split('; '));

const NO_ANSWER: Readonly<Record<string, () => Fault>> = {
	'no connection': () => new UnreachableFault('TW cannot be reached', ''),
	'no time to send': () => new NotSentFault('It was not sent', ''),
	'connection broke': () => new BrokenFault('The connection to TW broke', ''),
	'no answer in time': () => new TimedOutFault('TW did not answer', ''),
	cancelled: () => new CancelledFault(),
	'a value that can not be sent': () => new ValidationFault('is no number', 'Weight'),
	'no register': () => new RegisterFault('What was sent cannot be remembered', ''),
	defect: () => new DefectFault('a case of its own'),
};

const ANSWER = /^(ok|web page|HTTP \d+|code \d+)(, (no code|no words|with data|wait \d+))*$/;

/**
 * What comes back in place of an answer, or the answer, e.g. `HTTP 503, wait 3` or `code 400, no words`.
 *
 * @returns reads it as any answer of TW's is read: gives the data of a success, and throws a fault
 */
export function answerOf(words: string, data?: unknown): () => unknown {
	const fault = Object.hasOwn(NO_ANSWER, words) ? NO_ANSWER[words] : undefined;
	if (!fault && !ANSWER.test(words)) throw new Error(`No row can mean this: ${words}`);
	const numberAfter = (word: string) => new RegExp(`${word} (\\d+)`).exec(words)?.[1];
	const status = Number(numberAfter('HTTP') ?? 200);
	const value = {
		...(words.includes('no code') ? {} : { code: Number(numberAfter('code') ?? status) }),
		...(words.includes('no words') ? {} : { message: 'TW says why' }),
		...(words.includes('with data') ? { data: [1] } : data === undefined ? {} : { data }),
	};
	const reading = words.startsWith('web page')
		? { ok: false as const, problem: 'it is a web page, not JSON' }
		: { ok: true as const, value, text: JSON.stringify(value) };
	const wait = numberAfter('wait');
	const headers: Record<string, string> = wait === undefined ? {} : { 'retry-after': wait };
	return () => {
		if (fault) throw fault();
		return openEnvelope({ status, headers, reading }, 'Order forecast', (text) => text);
	};
}

/** The fault that stands for what came back. */
export function faultOf(words: string): Fault {
	const open = answerOf(words);
	try {
		open();
	} catch (error) {
		return asFault(error);
	}
	throw new Error(`This is no fault: ${words}`);
}
