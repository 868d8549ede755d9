/** The small writes at TW, whose pages are not public: delete and the bag actions. */
import * as z from 'zod/v4';
import { asFault, BadAnswerFault, type Fault, UnknownOutcomeFault } from '../../base/errors';
import { fingerprint } from '../../base/fingerprint';
import { isRecord, type JsonObject, type JsonValue, serialise } from '../../base/json';
import type { OutcomeWord } from '../../base/outcome';
import { keyOf, SEND_AGAIN } from '../../once/claim';
import { recorded, sendOnce } from '../../once/once';
import { preview, dryRunItem } from '../../once/preview';
import type { Ask, Delivered, Send } from '../../once/send';
import { mayBeDone } from '../../once/settle';
import type { Entry, Register, RememberPlace } from '../../register/register';
import { failureIn } from '../wire/answers';
import { twEndpoints, type TwEndpointName } from '../wire/endpoints';
import {
	joined,
	markOf,
	type RememberSettings,
	sendOptions,
	TW_DEED,
	TW_WRITE,
	type WriteContext,
} from './policy';

export interface SmallWrite {
	endpoint: TwEndpointName;
	body: object;
	/** The kind of thing it changes, and the thing's number. */
	kind: 'order' | 'bag';
	name: string;
	/** Asks TW whether it took effect. An `unclear` answer never leads to a resend. */
	ask: Ask<unknown>;
	/** It makes the thing, so its number is remembered. Else it is sent once per round of an execution. */
	makes?: RememberSettings;
	/** Its outcome `deleted` frees the number, which this place forgets. */
	frees?: RememberPlace;
	/** What TW says now of an accepted one. */
	standing?: Send<unknown>['standing'];
}

/** The number's name in the output and in the panel. */
const MEMBERS = { order: 'no', bag: 'bag_no' } as const;
const LABELS = { order: 'Order Number', bag: 'Bag Number' } as const;

/**
 * Sends a write at most once on our own account.
 *
 * @param item reads the operation's own part of the output, once it is sent
 * @returns the output: the outcome, and TW's answer or that it was lost
 * @throws a fault of errors.ts; {@link UnknownOutcomeFault} if it may have taken effect
 */
export async function writeOnce(
	context: WriteContext,
	write: SmallWrite,
	item: () => Promise<JsonObject & { outcome: OutcomeWord; remark?: string }>,
): Promise<JsonObject> {
	const { client, limits } = context;
	const { endpoint, body, kind, name, makes, frees = 'no' } = write;
	const send = sendOf(write, context);
	const options = await sendOptions(context, makes ?? { remember: 'no' });
	const things = makes ? undefined : await context.register(frees);
	const thing = await things?.find(markOf(kind, client.account, name).key);
	if (client.isDry) {
		const more = { [MEMBERS[kind]]: name, register: await preview(send, options) };
		return dryRunItem(client.show(endpoint, body), more, client.redact);
	}
	const transmit = async () => {
		const data = await client.call(endpoint, body, { rule: 'write', ...limits });
		assertDone(data, write);
		return { data };
	};
	// A deed belongs to the thing as it was made: one that was made since has had none
	const earlier = thing && (await options.register.find(send.key));
	if (earlier && earlier.at < thing.at) await options.register.release(send.key, earlier);
	const delivered = await sendOnce(send, transmit, options).catch((error: unknown) => {
		throw advised(send, asFault(error));
	});
	const { outcome, remark: own, ...more } = await item();
	const isNoted = thing && write.frees;
	const notNoted = isNoted && (await recorded(markDeleted(things!, thing, outcome)));
	const remark = joined(doneBefore(delivered), own, delivered.remark, notNoted);
	return { outcome, ...more, ...(remark ? { remark } : {}), ...becameOf(delivered) };
}

/** For the user: that TW refused it, since it had been done already. */
function doneBefore(delivered: Delivered<{ data: unknown }, unknown>): string | undefined {
	if (delivered.how !== 'recovered' || delivered.reason.kind !== 'refused') return undefined;
	return `It was done before: ${delivered.reason.message}.`;
}

/** @throws {BadAnswerFault} if TW's answer names a failure, or other things and not this one */
function assertDone(data: unknown, { kind, name }: SmallWrite): void {
	const failure = failureIn(data, 4);
	if (failure)
		throw new BadAnswerFault(`TW's answer for ${kind} ${name} names a failure: ${failure}`, '');
	const entries: unknown[] = Array.isArray(data) ? data : [data];
	const named = entries.map((entry) => (isRecord(entry) ? entry[MEMBERS[kind]] : undefined));
	const numbers = named.filter((one) => typeof one === 'string' || typeof one === 'number');
	if (numbers.length === 0 || numbers.some((one) => String(one) === name)) return;
	throw new BadAnswerFault(`TW's answer is about another ${kind} than ${name}`, '');
}

const advised = (send: Send<unknown>, fault: Fault): Fault =>
	mayBeDone(send, fault)
		? fault.rephrased(
				fault.message,
				`${fault.advice} If an earlier run may have done it already, look up ${send.thing} with 'Get'.`,
			)
		: fault;

/** Lets the number of a deleted thing be used again; until TW shows it as removed, only notes the deletion. */
async function markDeleted(things: Register, thing: Entry, outcome: OutcomeWord): Promise<void> {
	if (outcome === 'deleted') return await things.release(thing.key, thing);
	if (thing.state !== 'accepted') return;
	await things.settle(thing.key, thing, 'accepted', { ...thing.answer, deletion: 'requested' });
}

function sendOf(
	{ endpoint, body, kind, name, ask, makes, frees, standing }: SmallWrite,
	context: WriteContext,
) {
	const print = fingerprint(serialise(body));
	const { title } = twEndpoints[endpoint];
	const thing = `${kind} ${name}`;
	const { account } = context.client;
	// A later round of a loop may delete again what was made again meanwhile
	const marks = makes
		? markOf(kind, account, name)
		: {
				...markOf('write', account, name),
				key: keyOf('write', account.mark, endpoint, context.run, print),
				deed: `'${title}' for ${thing}`,
			};
	return {
		...marks,
		...(frees ? { then: 'Once TW shows it as removed, its number can be used again.' } : {}),
		...(standing ? { standing } : {}),
		policy: makes ? TW_WRITE : TW_DEED,
		body: print,
		keeps: [],
		thing,
		label: LABELS[kind],
		ask,
		unknown: (reason, finding) =>
			new UnknownOutcomeFault(
				`It is unknown whether TW carried out '${title}' for ${thing}: ${reason.message}`,
				makes
					? `${finding} It was not sent again. Look up ${thing} with 'Get' in a few minutes: if TW shows it, it exists. If it stays missing, ${SEND_AGAIN}.`
					: `${finding} It was not sent again. Look up ${thing} with 'Get' in a few minutes. If it was not carried out, run this item again, or retry the execution: then it is sent again.`,
				reason.facts,
			),
	} satisfies Send<unknown>;
}

function becameOf(delivered: Delivered<{ data: unknown }, unknown>): JsonObject {
	const { how } = delivered;
	const isOfAnother = how === 'sent-before' && delivered.entry.execution !== '';
	const answer =
		how === 'sent' ? delivered.answer : how === 'sent-before' ? delivered.entry.answer : undefined;
	const data = answer?.['data'] as JsonValue | undefined;
	return {
		...(how === 'existing' || how === 'recovered' ? { recovered: true } : {}),
		...(isOfAnother ? { existing: true } : {}),
		...(data === undefined ? {} : { response: data }),
	};
}

/**
 * The first member of {@link writeOnce}'s output.
 *
 * @param words the outcomes that the write can have
 */
export const outcomeMember = <const Word extends OutcomeWord>(...words: [Word, ...Word[]]) => ({
	outcome: z.enum(words),
});

/** The members of {@link writeOnce}'s output that follow on the operation's own. */
export const writtenMembers = () => ({
	remark: z.string().optional(),
	recovered: z.boolean().optional(),
	existing: z.boolean().optional(),
	/** TW's `data`, whose form is not public. */
	response: z.unknown().optional(),
});
