/**
 * Sends something once: claim, send, settle, record. No vendor here has an idempotency key, so a send
 * is never repeated on our own account unless its policy knows that the first one did nothing.
 */
import { asFault, CancelledFault, Fault, RegisterFault } from '../base/errors';
import type { Held } from '../register/register';
import { capitalised, claimOf, claimSend, isRetried, lostAnswer, reasonOf } from './claim';
import type { Delivered, Send, SendOptions } from './send';
import { settle, type Settled, settleLost } from './settle';

/** What the vendor answered to one send. */
export type Reply<Answer extends object> =
	| { accepted: Answer }
	/** It named this very thing and refused it. */
	| { refused: Fault }
	/** It took this very thing, and its own end of it is a failure. */
	| { failed: Fault }
	/** Anything else, its silence included. */
	| { fault: Fault };

/** A send that we may make, or its outcome so far. */
export type Prepared<Found> = { held: Held; remark?: string } | { done: Outcome<never, Found> };

type Outcome<Answer, Found> = Delivered<Answer, Found> | Fault;

/**
 * Sends one thing.
 *
 * @param transmit sends it to the vendor
 * @throws a fault of errors.ts; {@link UnknownOutcomeFault} if it may have taken effect
 */
export async function sendOnce<Answer extends object, Found>(
	send: Send<Found>,
	transmit: () => Promise<Answer>,
	options: SendOptions,
): Promise<Delivered<Answer, Found>> {
	const prepared = await prepare(send, options);
	if ('done' in prepared) return orThrow(prepared.done);
	for (let sends = 1; ; sends++) {
		const reply = await transmit().then(
			(accepted) => ({ accepted }),
			(error: unknown) => ({ fault: asFault(error) }),
		);
		const done = await conclude(send, prepared.held, reply, sends, options);
		if (done !== 'resend') return orThrow(done);
	}
}

function orThrow<Result>(result: Result | Fault): Result {
	if (result instanceof Fault) throw result;
	return result;
}

/**
 * Claims a send, and asks the vendor first where `checkFirst` says so.
 *
 * @throws {RegisterFault} if the register can't be asked: then nothing is sent
 * @throws {CancelledFault}
 */
export async function prepare<Found>(
	send: Send<Found>,
	options: SendOptions,
): Promise<Prepared<Found>> {
	const { limits, register } = options;
	if (limits.signal?.aborted) throw new CancelledFault();
	const claim = await claimSend(send, options);
	if ('fault' in claim) return { done: claim.fault };
	if ('held' in claim) {
		return options.checkFirst ? await checked(send, claim.held, options) : claim;
	}
	const { standing } = claim;
	if (standing.state === 'accepted') return { done: { how: 'sent-before', entry: standing } };
	const reason = lostAnswer(standing);
	const settled = await settleLost(send, limits);
	if (settled.how === 'unknown') {
		const mayRepeat = send.policy.isDeed && isRetried(standing, options.execution);
		if (mayRepeat && settled.wasAsked) {
			const taken = await register.takeOver(send.key, standing, claimOf(send, options));
			if ('held' in taken) return taken;
		}
		return { done: send.unknown(reason, settled.finding) };
	}
	await recorded(register.settle(send.key, standing, 'accepted'));
	return { done: { how: 'recovered', found: settled.found, reason } };
}

async function checked<Found>(
	send: Send<Found>,
	held: Held,
	{ limits }: SendOptions,
): Promise<Prepared<Found>> {
	try {
		const evidence = await send.ask!(limits);
		if ('found' in evidence) {
			const done = { how: 'existing' as const, found: evidence.found };
			return { done: await noted(done, held.settle('accepted')) };
		}
		return 'missing' in evidence && evidence.remark ? { held, remark: evidence.remark } : { held };
	} catch (error) {
		return { done: await failed(send, held, notChecked(send, asFault(error)), false) };
	}
}

function notChecked({ deed, thing }: Send<unknown>, fault: Fault): Fault {
	if (fault instanceof CancelledFault) return fault;
	return fault.rephrased(
		`${capitalised(deed ?? thing)} was not sent, because the look-up before it did not succeed: ${fault.message}`,
	);
}

/** Settles a send by the vendor's reply, and records the outcome. */
export async function conclude<Answer extends object, Found>(
	send: Send<Found>,
	held: Held,
	reply: Reply<Answer>,
	sends: number,
	{ limits }: SendOptions,
): Promise<Outcome<Answer, Found> | 'resend'> {
	if ('accepted' in reply) {
		const { accepted: answer } = reply;
		const sent = { how: 'sent' as const, answer };
		return await noted(sent, held.settle('accepted', answer as Record<string, unknown>));
	}
	// A failure says nothing about an earlier send, which the vendor may have carried out
	if ('failed' in reply && sends === 1) return await failed(send, held, reply.failed);
	if ('refused' in reply || 'failed' in reply) {
		const reason = 'refused' in reply ? reply.refused : reply.failed;
		const look = await settleLost(send, { looks: 1, ...limits });
		// A refusal may mean that an earlier send was carried out
		const isCertain = sends === 1 && look.how === 'unknown' && look.isMissing;
		if (isCertain) return await failed(send, held, reason);
		if (look.how === 'unknown') return await record(send, held, look, reason);
		const { policy, kind } = send;
		const finding = `${policy.vendor} shows an ${kind} of this number: this send has made it, or another one before.`;
		const shown = { how: 'unknown', finding, isMissing: false, wasAsked: true } as const;
		return await record(send, held, shown, reason);
	}
	const settled = await settle(send, reply.fault, sends, limits);
	return settled.how === 'resend' ? 'resend' : await record(send, held, settled, reply.fault);
}

/** Records how a send was settled, and gives its outcome for the user. */
export async function record<Found>(
	send: Send<Found>,
	held: Held,
	settled: Exclude<Settled<Found>, { how: 'resend' }>,
	reason: Fault,
): Promise<Outcome<never, Found>> {
	switch (settled.how) {
		case 'found': {
			const recovered = { how: 'recovered' as const, found: settled.found, reason };
			return await noted(recovered, held.settle('accepted'));
		}
		case 'failed':
			return await failed(send, held, settled.fault);
		case 'unknown':
			// If this can't be recorded the claim stays, which means the same
			await recorded(held.settle('unknown'));
			return send.ask ? send.unknown(reason, settled.finding) : reason;
	}
}

/** Frees the key of something that did not take effect. */
export async function failed(
	{ policy }: Pick<Send, 'policy'>,
	held: Held,
	fault: Fault,
	isSent = true,
): Promise<Fault> {
	const lists = policy.lists === 'all' || (policy.lists === 'sent' && isSent);
	const isListed = lists && !(fault instanceof CancelledFault);
	const freed = isListed ? held.settle('failed', { reason: reasonOf(fault) }) : held.release();
	const remark = await recorded(freed);
	return remark ? fault.rephrased(fault.message, `${fault.advice} ${remark}`) : fault;
}

async function noted<Done extends object>(
	done: Done,
	recording: Promise<void>,
): Promise<Done & { remark?: string }> {
	const remark = await recorded(recording);
	return remark ? { ...done, remark } : done;
}

/**
 * Records what became of a send. A register that fails is a remark and no fault, since the vendor has answered:
 * the claim stays, and a later execution finds it open.
 *
 * @returns the remark, if there is one
 */
export async function recorded(recording: Promise<void>): Promise<string | undefined> {
	try {
		await recording;
		return undefined;
	} catch (error) {
		if (!(error instanceof RegisterFault)) throw asFault(error);
		return `This could not be recorded, so a later execution will find it open. (${error.message})`;
	}
}
