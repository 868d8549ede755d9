/** Claims the right to send, or finds that something was sent before. */
import { growing, waitFor } from '../base/delivery';
import { type Fault, SentBeforeFault, UnknownOutcomeFault, ValidationFault } from '../base/errors';
import { fingerprint } from '../base/fingerprint';
import type { Limits } from '../base/limits';
import { isAbandoned } from '../base/owner';
import type { Claim, Entry, EntryKind, Held, Register } from '../register/register';
import type { Send, SendOptions, Standing } from './send';

/** `standing`: an accepted send, or one whose outcome is unknown, so that the vendor has to be asked. */
export type ClaimResult = { held: Held } | { standing: Entry } | { fault: Fault };

/**
 * Claims a send, and waits while another execution is sending the same.
 *
 * @throws {RegisterFault} if the register can't be asked: without a claim nothing is sent
 * @throws {CancelledFault} if the user cancels while waiting
 */
export async function claimSend(send: Send<unknown>, options: SendOptions): Promise<ClaimResult> {
	const { register, limits, waits = true, began = Date.now() } = options;
	const claim = () => claimOf(send, options);
	for (let { hasWaited = false } = options; ;) {
		const claimed = await claimOrWait(register, send.key, claim, limits, waits);
		if ('held' in claimed) return claimed;
		const { standing } = claimed;
		hasWaited ||= claimed.hasWaited;
		const verdict = verdictOn(send, standing, { ...options, began, hasWaited });
		if (standing.state === 'accepted' && verdict !== 'resend' && send.standing) {
			const now = await send.standing(standing, limits);
			if (now !== 'holds') {
				if ('fault' in now) return now;
				await freed(register, standing, now);
				continue;
			}
		}
		switch (verdict) {
			case 'resend': {
				const taken = await register.takeOver(send.key, standing, claim());
				if ('held' in taken) return { held: taken.held };
				continue;
			}
			case 'changed':
				return { fault: changedFault(send, standing) };
			case 'busy':
				return { fault: busy(send, standing) };
			case 'before':
				return { fault: sentBeforeFault(send, standing) };
			case 'lost':
				return { fault: send.unknown(lostAnswer(standing), '') };
			default:
				return { standing };
		}
	}
}

/** Frees the number of what the vendor failed or removed. */
export async function freed(
	register: Register,
	entry: Entry,
	now: Exclude<Standing, 'holds' | { fault: Fault }>,
): Promise<void> {
	if ('removed' in now) return await register.release(entry.key, entry);
	await register.settle(entry.key, entry, 'failed', {
		...entry.answer,
		reason: reasonOf(now.failed),
		since: Date.now(),
	});
}

/**
 * Why a send failed, for the register: the cause and the vendor's codes. Not the vendor's words, which may
 * repeat an address or a name.
 */
export function reasonOf({ kind, facts: { httpStatus, code } }: Fault): string {
	const isCode = typeof code === 'number' || /^[\w.-]{1,40}$/.test(code ?? '');
	return [kind, httpStatus && `HTTP ${httpStatus}`, isCode && `code ${code}`]
		.filter(Boolean)
		.join(', ');
}

export function claimOf(
	{ kind, account, name, body, bytes, parcel, keeps, policy }: Send<unknown>,
	{ execution, limits }: Pick<SendOptions, 'execution' | 'limits'>,
): Claim {
	const { lookUp, secondLook } = limits.pace;
	// Extra time to ask the vendor how far it is, and about a lost answer
	const settling = policy.ifLost === 'ask' ? 4 * lookUp + secondLook : 0;
	const until = Math.ceil(Date.now() + limits.deadline.left() + settling);
	return { kind, account, name, body, bytes, parcel, keeps, execution, until };
}

/**
 * Claims a key, and waits while another execution is sending the same, as long as there is time.
 *
 * @param claimNow the claim as of this moment: meanwhile the clock may leap
 * @throws {RegisterFault} if the register can't be asked
 * @throws {CancelledFault} if cancelled while waiting
 */
export async function claimOrWait(
	register: Register,
	key: string,
	claimNow: () => Claim,
	{ deadline, signal, pace }: Limits,
	waits = true,
): Promise<{ held: Held } | { standing: Entry; hasWaited: boolean }> {
	const nextPause = growing(pace.busyKey, 2);
	for (let hasWaited = false; ; hasWaited = true) {
		const pause = nextPause();
		const claim = claimNow();
		const claimed = await register.claim(key, claim);
		if ('held' in claimed) return claimed;
		const { standing } = claimed;
		const hasOtherBody = standing.body !== '' && standing.body !== claim.body;
		const isToWait = waits && !hasOtherBody && isAtWork(standing, claim.execution);
		if (!isToWait || !deadline.allowsRequestAfter(pause)) return { standing, hasWaited };
		await waitFor(pause, signal);
	}
}

/**
 * Whether it is being sent now: by another execution, or for another item of this one. Not by an execution of which
 * this is a retry, which has ended, nor by a process that has died.
 */
export const isAtWork = (entry: Entry, execution: string): boolean =>
	entry.state === 'sending' &&
	(entry.execution !== '' || entry.sentBy === execution) &&
	!isAbandoned(entry, Date.now());

/** Whether its answer was lost in an execution of which this is a retry: a person has asked for that. */
export const isRetried = ({ state, execution, sentBy }: Entry, retry: string): boolean =>
	state !== 'accepted' && execution === '' && sentBy !== undefined && sentBy !== retry;

/**
 * Whether Send Again is meant for what stands: for what stood when the run began. Of several that want to send again
 * at one moment one goes, and a retry sends nothing that is known to have succeeded.
 */
const isMeant = (
	{ state, at }: Entry,
	{ began = Infinity, isRetry, hasWaited }: Pick<SendOptions, 'began' | 'isRetry' | 'hasWaited'>,
) => {
	const now = Date.now();
	// What seems to come from the future was claimed by a clock that leapt
	const isSince = at >= began && at <= now;
	return !isSince && !(state === 'accepted' && (isRetry === true || hasWaited === true));
};

/** What an entry means for a send that wants its key. */
export function verdictOn(
	{ body, policy }: Pick<Send, 'body' | 'policy'>,
	standing: Entry,
	options: Omit<SendOptions, 'register' | 'limits' | 'checkFirst'>,
): 'resend' | 'changed' | 'busy' | 'before' | 'accepted' | 'lost' | 'ask' {
	const { ifSentBefore, execution } = options;
	const isOfAnother = standing.execution !== '';
	const mayDouble = isMeant(standing, options) && (isOfAnother || isRetried(standing, execution));
	const isBusy = isAtWork(standing, execution);
	if (mayDouble && !isBusy && ifSentBefore === 'send-again') return 'resend';
	// An entry whose body could not be read has an empty one
	if (standing.body !== '' && standing.body !== body) return 'changed';
	if (isBusy) return 'busy';
	if (isOfAnother && ifSentBefore === 'fail') return 'before';
	if (standing.state === 'accepted') return 'accepted';
	return policy.ifLost === 'leave' ? 'lost' : policy.ifLost;
}

/** The fault of an earlier send whose answer was lost. */
export const lostAnswer = (entry: Entry): Fault =>
	new UnknownOutcomeFault(
		entry.execution === ''
			? 'an earlier try of this execution sent it and got no clear answer'
			: `execution ${entry.execution} sent it at ${sentAt(entry)} and got no clear answer`,
		'',
	);

export const sentAt = ({ at }: Entry) => new Date(at).toISOString();

/** E.g. `by execution 5 (2026-01-02T03:04:05.678Z)`. */
export const senderOf = (entry: Entry) =>
	entry.execution === ''
		? 'in this execution'
		: `by execution ${entry.execution} (${sentAt(entry)})`;

/**
 * The key of an entry: a hash of fixed length in plain characters, which does not reveal the account. Every key of
 * the register is made here, each part for itself, so that no text in one part can be taken for two.
 *
 * @param account identifies the account, or the trigger
 * @param parts e.g. the order number
 */
export const keyOf = (kind: EntryKind, account: string, ...parts: readonly string[]): string =>
	fingerprint(JSON.stringify([kind, account, ...parts]));

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The way out of an unknown send. In a new run _Send Again_ is meant for every item. */
export const SEND_AGAIN =
	"run this item again with 'If Sent Before' set to Send Again, best by retrying its execution with the currently saved workflow, since a new run sends each of its items again. Then set it back";

/** Something else was sent under its number. */
export class ChangedFault extends ValidationFault {}

export const changedFault = ({ thing, label }: Send<unknown>, entry: Entry): Fault =>
	new ChangedFault(
		`${capitalised(thing)} was already sent ${senderOf(entry)} with other contents`,
		label,
		entry.state === 'accepted'
			? "It was not sent. Use another number, or delete the earlier one with 'Delete' first if this should replace it."
			: `It was not sent, because it is unknown whether the earlier one exists. Look up ${thing} with 'Get' in a few minutes. If it is missing, ${SEND_AGAIN}; if it exists, use another number.`,
	);

export const sentBeforeFault = ({ thing }: Send<unknown>, entry: Entry): Fault =>
	new SentBeforeFault(
		`${capitalised(thing)} was already sent ${senderOf(entry)}`,
		"It was not sent again, because 'If Sent Before' is Fail.",
	);

/** Another execution is sending it. */
export class BusyFault extends UnknownOutcomeFault {}

const busy = ({ thing }: Send<unknown>, entry: Entry): Fault =>
	new BusyFault(
		`${capitalised(thing)} is being sent ${senderOf(entry)}, which has not ended within the time of this item`,
		'It was not sent a second time. Run this item again in a minute to see what became of it.',
	);
