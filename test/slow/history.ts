/**
 * What processes did with a register, and whether one register can have answered so: for each key there has
 * to be an order of all that was asked, within the times of asking and answering, in which every answer is
 * right. What was asked and never answered, because the process was killed, may have been done or not.
 */
import { readFileSync } from 'node:fs';
import type { SendState } from '../../lib/register/register';

/** What stands under a key: whose claim, and its state. Each claim has an id of its own. */
export interface Standing {
	id: string;
	state: SendState;
}

/** What is asked of the register. */
export type Asked = { key: string } & (
	| { what: 'claim'; id: string }
	| { what: 'take over'; id: string; over: string }
	| { what: 'settle'; over: string; state: SendState }
	| { what: 'release'; over: string }
	| { what: 'find' }
);

/** `held`, what stands there instead, or nothing. */
export type Got = 'held' | Standing | null;

/** What a process is about to ask, or what came of it. */
export type Told = { asked: Asked } | { got: Got } | { fault: string };

/** A line of a process's log; the time is that of the machine's clock, in microseconds. */
export type Line = { op: number; at: number } & Told;

export interface Operation {
	asked: Asked;
	from: number;
	/** Never, of what was not answered. */
	to: number;
	got?: Got;
}

/** @param text the log of one process; its last line may be torn */
export function readHistory(text: string): Operation[] {
	const operations = new Map<number, Operation>();
	for (const line of text.split('\n').slice(0, -1)) {
		const { op, at, ...rest } = JSON.parse(line) as Line;
		if ('fault' in rest) throw new Error(rest.fault);
		if ('asked' in rest) operations.set(op, { asked: rest.asked, from: at, to: Infinity });
		else Object.assign(operations.get(op)!, { to: at, got: rest.got });
	}
	return [...operations.values()];
}

export const historyOf = (log: string): Operation[] => readHistory(readFileSync(log, 'utf8'));

export function byKey(operations: readonly Operation[]): Map<string, Operation[]> {
	const keys = new Map<string, Operation[]>();
	for (const operation of operations) {
		const { key } = operation.asked;
		const known = keys.get(key);
		if (known) known.push(operation);
		else keys.set(key, [operation]);
	}
	return keys;
}

/** What the register holds after all of it, as one more thing that was asked. */
export const found = (key: string, got: Got): Operation => ({
	...{ asked: { key, what: 'find' }, got },
	...{ from: Number.MAX_VALUE, to: Number.MAX_VALUE },
});

/** Whether one register can have answered all this; of one key. */
export function isPossible(operations: readonly Operation[]): boolean {
	const all = [...operations].sort((a, b) => a.from - b.from);
	const answered = all.filter(({ to }) => to < Infinity).length;
	const seen = new Set<string>();
	/** How far all is done, what is done beyond that, and what stands then. */
	const open: Array<{ first: number; done: number[]; standing: Standing | null; left: number }> = [
		{ first: 0, done: [], standing: null, left: answered },
	];
	for (let now = open.pop(); now; now = open.pop()) {
		const { done, standing, left } = now;
		let { first } = now;
		if (left === 0) return true;
		while (done.includes(first)) done.splice(done.indexOf(first++), 1);
		const name = `${first} ${[...done].sort((a, b) => a - b).join()} ${standing?.id} ${standing?.state}`;
		if (seen.has(name)) continue;
		seen.add(name);
		let end = Infinity;
		for (let i = first; i < all.length && all[i]!.from <= end; i++)
			if (!done.includes(i)) end = Math.min(end, all[i]!.to);
		for (let i = first; i < all.length && all[i]!.from <= end; i++) {
			const operation = all[i]!;
			if (done.includes(i)) continue;
			const after = stateAfter(operation, standing);
			if (after === undefined) continue;
			const isAnswered = operation.to < Infinity;
			open.push({ first, done: [...done, i], standing: after, left: left - Number(isAnswered) });
		}
	}
	return false;
}

/** For whoever reads a failure: what was asked of one key, in the order of asking. */
export const textOf = (operations: readonly Operation[]): string =>
	[...operations]
		.sort((a, b) => a.from - b.from)
		.map(({ from, to, ...rest }) => `${from}–${to} ${JSON.stringify(rest)}`)
		.join('\n');

/** What stands after it; undefined if it can't have been answered so. */
function stateAfter(
	{ asked, got }: Operation,
	standing: Standing | null,
): Standing | null | undefined {
	switch (asked.what) {
		case 'claim':
		case 'take over': {
			// Of an entry that is gone meanwhile there is nothing to take over: then it is a claim
			const isOurs =
				!standing ||
				(asked.what === 'claim' ? standing.state === 'failed' : standing.id === asked.over);
			if (got === 'held' || (got === undefined && isOurs))
				return isOurs ? { id: asked.id, state: 'sending' } : undefined;
			if (got === undefined) return standing;
			// One that could not be taken over may be gone when it is looked up
			const isRefused = !isOurs || (asked.what === 'take over' && !standing);
			return isRefused && isSame(got, standing) ? standing : undefined;
		}
		case 'settle':
			return standing?.id === asked.over ? { ...standing, state: asked.state } : standing;
		case 'release':
			return standing?.id === asked.over ? null : standing;
		case 'find':
			return isSame(got ?? null, standing) ? standing : undefined;
	}
}

const isSame = (a: Got, b: Got) => JSON.stringify(a) === JSON.stringify(b);
