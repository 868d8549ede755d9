/** Sends one event to TD, and tells what became of it. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { asFault, type Fault, UnknownOutcomeFault } from '../../lib/base/errors';
import { fingerprint } from '../../lib/base/fingerprint';
import { serialise } from '../../lib/base/safe-json';
import { labelOfMember } from '../../lib/operation/fields/labels';
import type { Fields } from '../../lib/operation/fields/model';
import type { Call } from '../../lib/operation/operation';
import type { OutcomeWord } from '../../lib/operation/outcome';
import type { TdAnswer, TdClient } from '../../lib/td/client';
import type { OnceSettings } from './once';

/** A checked event. */
export type EventBody = Record<string, unknown> & { event_type: string; event_time: string };

/**
 * Reports an event unless an earlier try of this execution has already done so.
 *
 * @param fields the event's, for naming what TD complains about
 * @param which tells several events of one item apart
 */
export async function report(
	{ client, ledger, limits, item, run }: Call<TdClient>,
	body: EventBody,
	{ delivery }: Pick<OnceSettings, 'delivery'>,
	fields: Fields,
	which = '',
): Promise<TdAnswer> {
	const text = serialise(body);
	const key = `event:${run}.${item}${which}`;
	const print = fingerprint(text);
	const earlier = ledger.get(key);
	if (earlier?.body === print) {
		if (earlier.answer) return earlier.answer as TdAnswer;
		if (delivery === 'event-at-most-once') throw sentBefore();
	}
	ledger.set(key, { body: print, state: 'sending' });
	try {
		const answer = await client.report(text, {
			delivery,
			labelOf: (member) => labelOfMember(fields, member),
			...limits,
		});
		ledger.set(key, { body: print, state: 'accepted', answer });
		return answer;
	} catch (error) {
		const fault = asFault(error);
		if (fault instanceof UnknownOutcomeFault) ledger.set(key, { body: print, state: 'unknown' });
		else ledger.forget(key);
		throw withEvent(fault, body);
	}
}

const sentBefore = () =>
	new UnknownOutcomeFault(
		'It is unknown whether TD took the event: an earlier try of this execution sent it and got no answer',
		"It was not sent again, because 'Delivery' is At Most Once.",
	);

/** order_modify holds it inside `order`. */
export function orderIdOf({ order_id: id, order }: EventBody): string | undefined {
	const inner = (order as { order_id?: unknown } | undefined)?.order_id;
	return [id, inner].find((value): value is string => typeof value === 'string');
}

/** Says which event it was: a description without an order is no help among hundreds. */
function withEvent(fault: Fault, body: EventBody): Fault {
	const order = orderIdOf(body);
	return order === undefined
		? fault
		: fault.rephrased(`${fault.message} (${body.event_type} of order ${order})`);
}

/** An event that TD took, as it is put out. */
export const reportedEvent = () =>
	z.looseObject({
		code: z.number(),
		message: z.string().nullish(),
		sequence_id: z.string().nullish(),
		outcome: z.literal('reported'),
		event_type: z.string(),
		event_time: z.string(),
		order_id: z.string().optional(),
		reported_before: z.boolean().optional(),
		remark: z.string().optional(),
	});

/** TD answers that it took the event and no more; there is no decision in it. */
export function output(body: EventBody, answer: TdAnswer): IDataObject {
	const { event_type, event_time } = body;
	const order_id = orderIdOf(body);
	const outcome: OutcomeWord = 'reported';
	const json: IDataObject = {};
	Object.assign(json, answer, { outcome, event_type, event_time });
	if (order_id !== undefined) json['order_id'] = order_id;
	return json;
}
