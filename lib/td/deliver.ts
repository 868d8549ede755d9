/**
 * Delivers one event to TD: once in an execution, and once across executions where the user wants that. The
 * register keeps it once TD has taken it, so a failed one goes out with the next run.
 */
import * as z from 'zod/v4';
import { asFault, type Fault, UnknownOutcomeFault } from '../base/errors';
import { fingerprint } from '../base/fingerprint';
import { isUnset, type JsonObject, parseSafely, serialise } from '../base/json';
import type { Limits } from '../base/limits';
import type { OutcomeWord } from '../base/outcome';
import type { Fields } from '../fields/field';
import { labelOf as labelOfPlace, labelOfMember } from '../fields/labels';
import { sendOnce } from '../once/once';
import { preview, dryRunItem } from '../once/preview';
import type { Delivered, Policy, Send } from '../once/send';
import { keyOf } from '../once/claim';
import type { Register, RememberPlace } from '../register/register';
import {
	ANSWER_MEMBERS,
	type EventDelivery,
	recallAnswer,
	type TdAnswer,
	type TdClient,
	REPORT_AGAIN,
} from './client';

/** What an event needs of the run that it is part of. */
export interface EventContext {
	client: TdClient;
	limits: Limits;
	register: (place: RememberPlace) => Promise<Register>;
	/** n8n's id of the execution. */
	execution: string;
	/** Name of the node. */
	node: string;
	/** Identifies the round of a loop. */
	run: string;
	/** Index of the input item. */
	item: number;
}

export interface DeliverySettings {
	delivery: EventDelivery;
	/** Where it is remembered across executions. */
	reportOnce: RememberPlace;
	/** Identifies this event among others of its kind and order, instead of its contents. */
	onceKey?: string | undefined;
}

/** A checked event. */
export type EventBody = Record<string, unknown> & { event_type: string; event_time: string };

export interface TdEvent {
	body: EventBody;
	/** Of the event, to name its members in messages. */
	fields: Fields;
	/** Names of its own members, whose contents identify it among others of its kind. */
	own: readonly string[];
	/** Identifies it among several events of one item. */
	which?: string;
	/** Called when it goes out. */
	onSend?: () => void;
}

const isSettled = (fault: Fault) => !(fault instanceof UnknownOutcomeFault);

const policy = {
	vendor: 'TD',
	twice: 'TD may get it twice',
	mayResend: () => false,
	lists: 'nothing',
} as const;

/** Across executions. */
const ONCE: Readonly<Record<EventDelivery, Policy>> = {
	/** Whatever happened, it may be reported again. */
	'event-at-least-once': { ...policy, freesKey: () => true, ifLost: 'resend' },
	'event-at-most-once': { ...policy, freesKey: isSettled, ifLost: 'leave' },
};

/**
 * @returns the event's item: TD's answer, or what a dry run shows
 * @throws {RegisterFault} if the register can't be asked: then nothing is reported
 * @throws {UnknownOutcomeFault} if TD may have taken it
 */
export async function deliverEvent(
	context: EventContext,
	event: TdEvent,
	settings: DeliverySettings,
): Promise<JsonObject> {
	const { client, limits, execution } = context;
	const { delivery, reportOnce } = settings;
	const { fields } = event;
	const how = { execution, limits, ifSentBefore: 'output', checkFirst: false } as const;
	const options = async (place: RememberPlace) => ({
		register: await context.register(place),
		...how,
	});
	if (client.isDry) {
		const once = acrossExecutions(context, event, settings);
		const register =
			reportOnce === 'no' ? NOT_REMEMBERED : await preview(once, await options(reportOnce));
		return dryRunItem(client.show(serialise(event.body)), { register }, client.redact);
	}
	const { tried, bytes, body, remark } = await asFirstTried(context, event, settings);
	const transmit = async () => {
		event.onSend?.();
		const labelOf = (path: readonly PropertyKey[]) => labelAt(fields, path);
		return await client.report(bytes, { delivery, labelOf, ...limits }).catch((error: unknown) => {
			const fault = namingOrder(asFault(error), body);
			throw remark ? fault.rephrased(fault.message, `${fault.advice} ${remark}`) : fault;
		});
	};
	const send = async () => ownAnswer(await sendOnce(tried, transmit, await options('no')));
	if (reportOnce === 'no') return withRemark(itemOf(body, await send()), remark);
	// What goes out is remembered, and not what was left out of it
	const once = acrossExecutions(context, { ...event, body }, settings);
	const delivered = await sendOnce(once, send, await options(reportOnce));
	const isBefore = 'entry' in delivered;
	const answer = isBefore ? recallAnswer(delivered.entry.answer) : ownAnswer(delivered);
	const item = { ...itemOf(body, answer), ...(isBefore ? { reported_before: true } : {}) };
	return withRemark(item, delivered.remark ?? remark);
}

const withRemark = (item: JsonObject, remark: string | undefined): JsonObject =>
	remark ? { ...item, remark } : item;

/** The label of a place in the body; of a member alone, that of the first one called so. */
function labelAt(fields: Fields, path: readonly PropertyKey[]): string | undefined {
	if (Object.hasOwn(fields, path[0]!)) return labelOfPlace(fields, path);
	const member = path.findLast((step) => typeof step === 'string');
	const label = labelOfMember(fields, String(member));
	return label && `'${label}'`;
}

/** TD's answer in this execution. */
const ownAnswer = (delivered: Delivered<TdAnswer>): TdAnswer =>
	('entry' in delivered
		? delivered.entry.answer
		: 'answer' in delivered && delivered.answer) as TdAnswer;

const NOT_REMEMBERED = {
	would: 'send',
	says: "It would be reported, because 'Report Once' is No.",
};

/** The event as it is remembered across executions: by its order and what sets it apart. */
function acrossExecutions(context: EventContext, event: TdEvent, settings: DeliverySettings): Send {
	const { body, own } = event;
	const contents = Object.fromEntries(own.map((name) => [name, body[name]]));
	const { onceKey } = settings;
	const given = onceKey === undefined ? { contents } : { onceKey };
	const print = fingerprint(JSON.stringify(given));
	const mark = [body.event_type, orderIdOf(body) ?? '', print];
	return sendOf(context, body, ONCE[settings.delivery], mark, print);
}

/**
 * The event as a later try of this execution knows it: by its item, whatever its expressions give and the settings
 * are by then. As long as TD may have taken it, it goes out again only with the bytes of the first try.
 */
async function asFirstTried(
	context: EventContext,
	{ body, which = '' }: TdEvent,
	{ delivery }: DeliverySettings,
): Promise<{ tried: Send; bytes: string; body: EventBody; remark?: string }> {
	const { node, run, item } = context;
	const own = serialise(body);
	const policy = { ...ONCE[delivery], freesKey: isSettled };
	const mark = [node, run, String(item), which, body.event_type, orderIdOf(body) ?? ''];
	const tried = sendOf(context, body, policy, mark, fingerprint(own));
	const earlier = await (await context.register('no')).find(tried.key);
	const bytes = earlier?.bytes ?? own;
	const asThen = { tried: { ...tried, bytes, body: earlier?.body ?? tried.body }, bytes };
	if (bytes === own) return { ...asThen, body };
	return { ...asThen, body: parseSafely(bytes) as EventBody, remark: KEPT };
}

const KEPT =
	'It was sent as in the first try of this execution, since TD may have taken that one. What has changed in it since then was left out.';

function sendOf(
	{ client }: EventContext,
	body: EventBody,
	policy: Policy,
	mark: readonly string[],
	print: string,
): Send {
	const { mark: account } = client.account;
	const name = `${body.event_type} of order ${orderIdOf(body) ?? ''}`;
	return {
		policy,
		kind: 'event',
		key: keyOf('event', account, ...mark),
		account,
		name,
		body: print,
		keeps: ANSWER_MEMBERS,
		thing: `event ${name}`,
		label: 'Order ID',
		unknown: (reason) =>
			new UnknownOutcomeFault(
				`It is unknown whether TD took ${name}: ${reason.message}`,
				`It was not sent again, because 'Delivery' is At Most Once. ${REPORT_AGAIN}`,
			),
	};
}

/** order_modify holds it inside `order`. */
export function orderIdOf({ order_id: id, order }: EventBody): string | undefined {
	const inner = (order as { order_id?: unknown } | undefined)?.order_id;
	return [id, inner].find((value): value is string => typeof value === 'string');
}

/** Names the event and its order in a message, so that it can be found among hundreds. */
function namingOrder(fault: Fault, body: EventBody): Fault {
	const order = orderIdOf(body);
	if (order === undefined) return fault;
	return fault.rephrased(`${fault.message} (${body.event_type} of order ${order})`);
}

/**
 * The item of an event that TD took.
 *
 * @param more members read before what TD answered
 */
export const reportedEvent = <More extends z.ZodRawShape = Record<never, never>>(
	more = {} as More,
) =>
	z.looseObject({
		outcome: z.literal('reported'),
		event_type: z.string(),
		order_id: z.string().optional(),
		event_time: z.string(),
		...more,
		remark: z.string().optional(),
		reported_before: z.boolean().optional(),
		code: z.number(),
		/** If TD says something. */
		message: z.string().optional(),
		sequence_id: z.string().optional(),
	});

/** TD answers only that it took the event; it gives no decision. */
function itemOf(body: EventBody, answer: TdAnswer): JsonObject {
	const { event_type, event_time } = body;
	const order_id = orderIdOf(body);
	const outcome: OutcomeWord = 'reported';
	const { message, ...others } = answer as JsonObject;
	return {
		...others,
		...(isUnset(message) ? {} : { message }),
		outcome,
		event_type,
		event_time,
		...(order_id === undefined ? {} : { order_id }),
	};
}
