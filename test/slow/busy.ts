/**
 * A process that asks a register for one thing after the other, several at a time, as fast as it can. Before
 * it asks it writes down what, and before it goes on what was answered: that outlives its being killed.
 */
import { openSync, writeSync } from 'node:fs';
import { hrtime } from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import type { Entry, Held } from '../../lib/register/register';
import { closeRegisters } from '../../lib/run/registers';
import { claimOf } from '../lib/register/claim';
import type { Asked, Got, Line, Standing, Told } from './history';
import { Random } from './random';
import { registerAt } from './register';

export interface Busy {
	/** A file, or the credential of a PostgreSQL. */
	place: string | Record<string, unknown>;
	log: string;
	seed: number;
	/** How many are wanted at a time. */
	tasks: number;
	/** The keys: so many, and others each time that so many milliseconds are over. */
	keys: number;
	span: number;
	/** Closes the register now and then. */
	closes: boolean;
}

const settings = JSON.parse(process.argv[2] ?? '') as Busy;
const { tasks, keys, span, closes } = settings;
const random = new Random(settings.seed);
/** Opened anew once it was closed. */
const register = () => registerAt(settings.place);
const log = openSync(settings.log, 'a');
let operations = 0;
let isOver = false;

function write(op: number, told: Told): void {
	// The same clock in all processes
	const line: Line = { op, at: Number(hrtime.bigint() / 1_000n), ...told };
	writeSync(log, `${JSON.stringify(line)}\n`);
}

async function told<T>(asked: Asked, does: () => Promise<T>, gotOf: (answer: T) => Got) {
	const op = (operations += 1);
	write(op, { asked });
	try {
		const answer = await does();
		write(op, { got: gotOf(answer) });
		return answer;
	} catch (error) {
		write(op, { fault: String((error as Error).stack) });
		throw error as Error;
	}
}

const standingOf = (entry: Entry | undefined): Standing | null =>
	entry ? { id: entry.execution, state: entry.state } : null;
type Claimed = { held: Held } | { standing: Entry | undefined };
const claimedOf = (claimed: Claimed) => ('held' in claimed ? 'held' : standingOf(claimed.standing));
const nothing = () => null;

const newId = () => `${process.pid}.${operations + 1}`;
const some = (share: number) => random.next() < share;
const newKey = () => {
	const first = Math.floor(Date.now() / span) * keys;
	// Not one of those that other tests claim
	return `busy${(first + random.below(keys)).toString(36).padStart(12, '0')}`;
};

async function step(): Promise<void> {
	const key = newKey();
	const id = newId();
	const claim = claimOf({ execution: id, name: key });
	const claimed = await told(
		{ what: 'claim', key, id },
		async () => await register().claim(key, claim),
		claimedOf,
	);
	if ('held' in claimed) return await end(key, id, claimed.held);
	const { standing } = claimed;
	const over = standing.execution;
	const dice = random.next();
	if (dice < 0.2) {
		const own = newId();
		const taken = await told(
			{ what: 'take over', key, id: own, over },
			async () => await register().takeOver(key, standing, claimOf({ execution: own, name: key })),
			claimedOf,
		);
		if ('held' in taken) await end(key, own, taken.held);
	} else if (dice < 0.3) {
		const state = random.of(['accepted', 'failed', 'unknown'] as const);
		const asked = { what: 'settle', key, over, state } as const;
		await told(asked, async () => await register().settle(key, standing, state), nothing);
	} else if (dice < 0.37) {
		await told(
			{ what: 'release', key, over },
			async () => await register().release(key, standing),
			nothing,
		);
	} else if (dice < 0.6) {
		await told({ what: 'find', key }, async () => await register().find(key), standingOf);
	}
}

/** Some claims are never settled, as of a process that was killed. */
async function end(key: string, over: string, held: Held): Promise<void> {
	while (some(0.3)) await turn();
	const dice = random.next();
	if (dice < 0.5) {
		const state = random.of(['accepted', 'failed', 'unknown'] as const);
		const asked = { what: 'settle', key, over, state } as const;
		await told(asked, async () => await held.settle(state), nothing);
	} else if (dice < 0.75) {
		await told({ what: 'release', key, over }, async () => await held.release(), nothing);
	}
}

async function work(): Promise<void> {
	while (!isOver) {
		const until = Date.now() + 200;
		const go = async () => {
			while (!isOver && Date.now() < until) await step();
		};
		await Promise.all(Array.from({ length: tasks }, go));
		if (closes && some(0.7)) await closeRegisters();
	}
}

process.once('message', () => {
	process.once('message', () => (isOver = true));
	void work().then(async () => {
		await closeRegisters();
		process.send!(operations);
		process.disconnect();
	});
});
// From here on nothing is to be loaded any more, so that a kill hits the register at work
void register()
	.find('none')
	.then(() => process.send!('ready'));
