/** The right to send a write, or what is to be said of one that was sent before. */
import {
	type Fault,
	SentBeforeFault,
	UnknownOutcomeFault,
	ValidationFault,
} from '../../base/errors';
import type { Limits } from '../../base/limits';
import type { Entry, EntryKind, Held, Register } from '../../operation/needs';
import type { Foresight } from '../../once/foresight';
import { claimOrWait, isAtWork } from '../../once/claim';
import { settlingTime } from './settle';

/** What to do with a write that another execution has sent. */
export type IfSentBefore = 'output' | 'fail' | 'send-again';

/** How sends are remembered in this run. */
export interface Remembering {
	register: Register;
	/** n8n's id of this execution. */
	execution: string;
	ifSentBefore: IfSentBefore;
}

/** A write as the register knows it. */
export interface Mark {
	kind: EntryKind;
	key: string;
	account: string;
	/** What the user calls it, e.g. its order number. */
	name: string;
	/** Fingerprint of what is sent. */
	body: string;
	/** The members of TW's answer that a later execution reads. */
	keeps: readonly string[];
	/** For messages, e.g. `order ORD-0001`, and the field that holds its number. */
	thing: string;
	label: string;
	/** What is sent, if it does not make the thing, e.g. `'Review bag' for bag B-1`. */
	deed?: string;
	/** What follows for the register once it is sent, in a sentence for the user. */
	then?: string;
}

export type Claimed = { held: Held } | { standing: Entry } | { fault: Fault };

/**
 * Claims a write. An entry that is given back was accepted, or its sender is gone and TW has to be
 * asked.
 *
 * @throws {RegisterFault} if the register can't be asked: without a claim nothing is sent
 * @throws {CancelledFault} if the user cancels while another execution is waited for
 */
export async function claimWrite(
	mark: Mark,
	{ register, execution, ifSentBefore }: Remembering,
	limits: Limits,
): Promise<Claimed> {
	const { key, kind, account, name, body, keeps } = mark;
	const until = Math.ceil(Date.now() + limits.deadline.left() + settlingTime(limits.pace));
	const claim = { kind, account, name, body, keeps, execution, until };
	for (;;) {
		const claimed = await claimOrWait(register, key, claim, limits);
		if ('held' in claimed) return claimed;
		const { standing, isBusy } = claimed;
		switch (verdictOn(mark, standing, isBusy, ifSentBefore)) {
			case 'send-again': {
				const taken = await register.takeOver(key, standing, claim);
				if ('held' in taken) return { held: taken.held };
				continue;
			}
			case 'changed':
				return { fault: changed(mark, standing) };
			case 'busy':
				return { fault: busy(mark, standing) };
			case 'before':
				return { fault: before(mark, standing) };
			case 'stands':
				return { standing };
		}
	}
}

/** What an entry that stands means for a write that wants its key. */
function verdictOn(
	{ body }: Pick<Mark, 'body'>,
	standing: Entry,
	isBusy: boolean,
	ifSentBefore: IfSentBefore,
): 'send-again' | 'changed' | 'busy' | 'before' | 'stands' {
	const isOfAnother = standing.execution !== '';
	if (isOfAnother && ifSentBefore === 'send-again') return 'send-again';
	// Of an entry that something else has changed nobody knows the contents
	if (standing.body !== '' && standing.body !== body) return 'changed';
	if (isBusy) return 'busy';
	return isOfAnother && ifSentBefore === 'fail' ? 'before' : 'stands';
}

/**
 * What {@link claimWrite} would come to, for the user of a dry run. Nothing is claimed.
 *
 * @throws {RegisterFault} if the register can't be asked: then nothing would be sent
 */
export async function foresee(
	mark: Mark,
	{ register, ifSentBefore }: Remembering,
): Promise<Foresight> {
	const { deed = mark.thing, then } = mark;
	const standing = await register.find(mark.key);
	if (!standing || standing.state === 'failed') {
		const before = standing ? `was sent ${sender(standing)} and failed` : 'was not sent before';
		const is = `As far as is remembered, ${deed} ${before}: it would be sent.`;
		return { would: 'send', says: then ? `${is} ${then}` : is };
	}
	const is = `${capital(deed)} was already sent ${sender(standing)}`;
	const who = { execution: standing.execution || null, sent_at: timeOf(standing) };
	switch (verdictOn(mark, standing, isAtWork(standing), ifSentBefore)) {
		case 'send-again':
			return { would: 'send', says: `${is}. It would be sent again, and may exist twice.`, ...who };
		case 'changed':
			return { would: 'fail', says: `${changed(mark, standing).message}.`, ...who };
		case 'before':
			return { would: 'fail', says: `${before(mark, standing).message}.`, ...who };
		case 'busy':
			return {
				would: 'wait',
				says: `${capital(deed)} is being sent ${sender(standing)}. It would be waited for, and not be sent a second time.`,
				...who,
			};
		case 'stands':
			return standing.state === 'accepted'
				? { would: 'output', says: `${is}. That would be output, and nothing be sent.`, ...who }
				: {
						would: 'ask',
						says: `${is}, and its answer was lost. TW would be asked for it, and nothing be sent.`,
						...who,
					};
	}
}

/** For a write whose sender did not live to learn what became of it. */
export const lostBy = (entry: Entry): Fault =>
	new UnknownOutcomeFault(
		entry.execution === ''
			? 'an earlier try of this execution sent it and got no answer'
			: `execution ${entry.execution} sent it at ${timeOf(entry)} and got no answer`,
		'',
	);

const timeOf = ({ at }: Entry) => new Date(at).toISOString();
const sender = (entry: Entry) =>
	entry.execution === ''
		? 'in this execution'
		: `by execution ${entry.execution} (${timeOf(entry)})`;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const changed = ({ thing, label }: Mark, entry: Entry): Fault =>
	new ValidationFault(
		`${capital(thing)} was already sent ${sender(entry)} with other contents`,
		label,
		"It was not sent. Use another number. If it is to replace the earlier one, delete that with 'Delete' first.",
	);

const before = ({ thing }: Mark, entry: Entry): Fault =>
	new SentBeforeFault(
		`${capital(thing)} was already sent ${sender(entry)}`,
		"It was not sent again, because 'If Sent Before' is Fail.",
	);

const busy = ({ thing }: Mark, entry: Entry): Fault =>
	new UnknownOutcomeFault(
		`${capital(thing)} is being sent ${sender(entry)}, which has not ended within the time of this item`,
		'It was not sent a second time. Run this item again in a minute: then it outputs what became of it.',
	);
