/**
 * Tells an event to TD once, across executions: recorded after TD took it, so that one that failed is
 * told by the next delivery or run, and one that TD has is not told again.
 */
import { DryRunFault } from '../../lib/base/dry-run';
import { asFault, Fault, UnknownOutcomeFault } from '../../lib/base/errors';
import { fingerprint } from '../../lib/base/fingerprint';
import { choice, type Fields, text } from '../../lib/operation/fields/model';
import type { Claim, Entry, Held, RememberPlace } from '../../lib/operation/needs';
import type { Call } from '../../lib/operation/operation';
import { claimOrWait, isAtWork } from '../../lib/once/claim';
import type { Foresight } from '../../lib/once/foresight';
import { keyOf } from '../../lib/register/key';
import { recorded } from '../../lib/once/recorded';
import {
	ANSWER_MEMBERS,
	type EventDelivery,
	recallAnswer,
	type TdAnswer,
	type TdClient,
} from '../../lib/td/client';

export interface OnceSettings {
	delivery: EventDelivery;
	reportOnce: RememberPlace;
	/** What tells this event from others of its kind and order, instead of its contents. */
	onceKey?: string;
}

const REPORT_ONCE = 'reportOnce';

/**
 * When the node asks for n8n's own PostgreSQL credential. The slash keeps the editor from moving all
 * credentials down to this parameter.
 */
export const whenOnceInPostgres = { show: { [`/${REPORT_ONCE}`]: ['postgres'] } };

/** @param initial where a new node remembers what TD took */
export const onceControl = (initial: RememberPlace): Fields => ({
	[REPORT_ONCE]: choice(
		'Report Once',
		[
			{ name: 'No', value: 'no', description: 'Every run reports the event' },
			{
				name: 'Remembered in PostgreSQL',
				value: 'postgres',
				description: 'In a database of yours, for an n8n with workers on several machines',
			},
			{
				// eslint-disable-next-line n8n-nodes-base/node-param-display-name-miscased -- n8n's own name
				name: 'Remembered on This n8n',
				value: 'files',
				description: "In n8n's own folder. Nothing to set up.",
			},
		],
		{
			initial,
			always: initial,
			grade: 'conditional',
			description:
				'Whether an event that TD took is left out when it comes again, as with a webhook that is delivered twice. One that failed is reported by the next run.',
		},
	),
});

export const onceOptions: Fields = {
	onceKey: text('Once Key', {
		placeholder: 'e.g. {{ $json.refund_id }}',
		description:
			'With Report Once: what tells this event from others of its kind for the same order. Left empty, its contents do: all fields but session, account, device, time and extended fields.',
	}),
};

/** Tells TD accounts apart in the register; a hash. */
export const accountOf = ({ account: { url, partnerCode } }: Pick<TdClient, 'account'>): string =>
	fingerprint(`${url.href} ${partnerCode}`);

/** An event as the register knows it. */
export interface Occasion {
	event: string;
	order: string;
	/** The event's own members, which tell it from others of its kind. */
	contents: object;
}

/** TD's answer, and whether another execution has got it. */
export interface Told {
	answer: TdAnswer;
	before: boolean;
	/** What the user should know about it. */
	remark?: string;
}

/**
 * Tells an event unless it was told before.
 *
 * @param tell reports it
 * @throws {RegisterFault} if the register can't be asked: then nothing is told
 * @throws {UnknownOutcomeFault} if another execution is telling it, and does not end in time
 * @throws {DryRunFault} if the client is for a dry run
 */
export async function tellOnce(
	call: Call<TdClient>,
	{ event, order, contents }: Occasion,
	{ reportOnce, onceKey, delivery }: OnceSettings,
	tell: () => Promise<TdAnswer>,
): Promise<Told> {
	const body = fingerprint(onceKey ?? JSON.stringify(contents));
	const name = `${event} of order ${order}`;
	const account = accountOf(call.client);
	const key = keyOf('event', account, `${event} ${order} ${body}`);
	const until = Math.ceil(Date.now() + call.limits.deadline.left());
	const { execution } = call;
	const claim: Claim = {
		kind: 'event',
		account,
		name,
		body,
		keeps: ANSWER_MEMBERS,
		execution,
		until,
	};
	if (call.client.isDry) throw await shown(call, { key, claim, reportOnce, delivery }, tell);
	if (reportOnce === 'no') return { answer: await tell(), before: false };
	const register = await call.register(reportOnce);
	for (;;) {
		const claimed = await claimOrWait(register, key, claim, call.limits);
		if ('held' in claimed) return await telling(claimed.held, delivery, tell);
		const { standing, isBusy } = claimed;
		if (standing.state === 'accepted') {
			return { answer: recallAnswer(standing.answer), before: true };
		}
		if (isBusy) throw busy(name, standing);
		if (delivery === 'event-at-most-once') throw lost(name, standing);
		// Its teller is gone: better twice than not at all
		const taken = await register.takeOver(key, standing, claim);
		if ('held' in taken) return await telling(taken.held, delivery, tell);
	}
}

/** What {@link tellOnce} is about, as a dry run needs it. */
interface Wanted extends Pick<OnceSettings, 'reportOnce' | 'delivery'> {
	key: string;
	claim: Claim;
}

/** For a dry run: the request that would leave, and what the register would do. */
async function shown(
	call: Call<TdClient>,
	wanted: Wanted,
	tell: () => Promise<TdAnswer>,
): Promise<Fault> {
	const fault = asFault(await tell().catch((error: unknown) => error));
	if (!(fault instanceof DryRunFault)) return fault;
	return fault.with({ register: await foresee(call, wanted) });
}

async function foresee(
	call: Call<TdClient>,
	{ key, claim, reportOnce, delivery }: Wanted,
): Promise<Foresight> {
	const { name } = claim;
	if (reportOnce === 'no') {
		return { would: 'send', says: "It would be reported, because 'Report Once' is No." };
	}
	const register = await call.register(reportOnce);
	const standing = await register.find(key);
	if (!standing) {
		// The same event of a later item would find it told
		await register.put(key, claim, {});
		const is = `As far as is remembered, TD has not taken ${name} before`;
		return { would: 'send', says: `${is}: it would be reported.` };
	}
	const { execution, at } = standing;
	const who = { execution: execution || null, sent_at: new Date(at).toISOString() };
	if (standing.state === 'accepted') {
		const isOwn = execution === '' || execution === call.execution;
		const whose = isOwn ? 'an earlier item of this execution' : `execution ${execution}`;
		const says = `TD has ${name} from ${whose}. It would not be reported again.`;
		return { would: 'output', says, ...who };
	}
	if (isAtWork(standing)) {
		const says = `Execution ${execution} is reporting ${name}. It would be waited for.`;
		return { would: 'wait', says, ...who };
	}
	if (delivery === 'event-at-most-once') {
		return {
			would: 'fail',
			says: `${lost(name, standing).message}. It would not be sent.`,
			...who,
		};
	}
	const is = `${lost(name, standing).message}`;
	return { would: 'send', says: `${is}. It would be reported again.`, ...who };
}

async function telling(
	held: Held,
	delivery: EventDelivery,
	tell: () => Promise<TdAnswer>,
): Promise<Told> {
	const answer = await tell().catch(asFault);
	if (answer instanceof Fault) {
		const isOpen = answer instanceof UnknownOutcomeFault && delivery === 'event-at-most-once';
		const remark = await recorded(isOpen ? held.settle('unknown') : held.release());
		throw remark ? answer.rephrased(answer.message, `${answer.advice} ${remark}`) : answer;
	}
	const remark = await recorded(held.settle('accepted', answer));
	return { answer, before: false, ...(remark ? { remark } : {}) };
}

const busy = (name: string, { execution }: Entry) =>
	new UnknownOutcomeFault(
		`Execution ${execution} is reporting ${name}, and has not ended within the time of this item`,
		'It was not reported a second time. Run this item again in a minute.',
	);

const lost = (name: string, { execution }: Entry) =>
	new UnknownOutcomeFault(
		`It is unknown whether TD took ${name}: execution ${execution} sent it and got no answer`,
		"It was not sent again, because 'Delivery' is At Most Once.",
	);
