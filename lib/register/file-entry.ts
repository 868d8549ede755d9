/**
 * An entry as a file: lines of JSON, the claim first, then what became of it. Lines are only added, so a
 * crash in between leaves the claim standing.
 */
import * as z from 'zod/v4';
import type { Entry, SendState } from '../operation/needs';

/** What an entry is called whose file nobody can read. */
const NOBODY = '(not readable)';

const claimLine = z.object({
	kind: z.enum(['order', 'bag', 'write', 'event', 'delivery', 'memory']),
	account: z.string(),
	name: z.string(),
	body: z.string(),
	execution: z.string(),
	until: z.number(),
	at: z.number(),
	owner: z.string(),
	token: z.string().min(1),
});

const endLine = z.object({
	token: z.string(),
	state: z.enum(['accepted', 'unknown']),
	answer: z.record(z.string(), z.unknown()).optional(),
});

/** The first line of an entry's file. */
export const claimText = ({ key: _key, state: _state, answer: _answer, ...claim }: Entry) =>
	`${JSON.stringify(claim)}\n`;

/** A line that says what became of a claim. */
export const endText = (
	token: string,
	state: Exclude<SendState, 'sending'>,
	answer: Record<string, unknown> | undefined,
) => `${JSON.stringify({ token, state, answer })}\n`;

/**
 * The entry that a file tells. A torn or strange one is never free: its state is `unknown`, or
 * `sending` while somebody may still be writing it.
 *
 * @param changedAt when the file was last written; milliseconds since 1970 UTC
 * @param graceMs how long writing may take
 */
export function readEntry(key: string, text: string, changedAt: number, graceMs: number): Entry {
	// What comes after the last line break was not written to its end
	const [first = '', ...ends] = text.split('\n').slice(0, -1);
	const claim = claimLine.safeParse(parsed(first));
	if (!claim.success) return strange(key, changedAt, text === '' ? changedAt + graceMs : 0);
	const entry: Entry = { ...claim.data, key, state: 'sending' };
	for (const line of ends) {
		const end = endLine.safeParse(parsed(line));
		// A line of an earlier holder says nothing of this claim
		if (!end.success || end.data.token !== entry.token) continue;
		entry.state = end.data.state;
		if (end.data.answer) entry.answer = end.data.answer;
	}
	return entry;
}

function strange(key: string, at: number, until: number): Entry {
	const unread = { account: '', name: '', body: '', owner: '', token: '', execution: NOBODY };
	return {
		...unread,
		kind: 'write',
		key,
		at,
		until,
		state: until > Date.now() ? 'sending' : 'unknown',
	};
}

function parsed(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}
