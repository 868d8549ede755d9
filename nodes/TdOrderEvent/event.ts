/** Makes an operation of an event: the basic parameters, the event's own, and TD's delivery. */
import type { IDataObject } from 'n8n-workflow';
import { asFault, type Fault, UnknownOutcomeFault, ValidationFault } from '../../lib/errors';
import { choice, type Fields, text } from '../../lib/fields/model';
import { labelOfMember } from '../../lib/fields/labels';
import { fingerprint } from '../../lib/ledger';
import { type Call, type Operation, perItem } from '../../lib/operation';
import { tdEvents, type TdEventType } from '../../lib/td/events';
import { serialise } from '../../lib/safe-json';
import { basicFields } from '../../lib/td/basics';
import type { EventDelivery, TdAnswer, TdClient } from '../../lib/td/client';

export interface EventDefinition {
	value: TdEventType;
	name: string;
	action: string;
	description: string;
	/** The event's own parameters. */
	fields: Fields;
	/** Shown in the panel, before what every event's panel says. */
	notice?: string;
	/** The event's own part of the example body. */
	example: Record<string, unknown>;
}

const ASSUMED_NOTICE =
	"TD documents this event by name only, so that order_id is all it asks for is assumed. Add what you have agreed with TD under 'Additional Fields (JSON)' in the options.";

/** What every event's panel says. */
const TAKEN_NOTICE = 'TD answers that it took the event; it gives no decision.';

export const orderId = text('Order ID', {
	grade: 'required',
	placeholder: 'e.g. NX348566DIHD',
});

export const paymentId = text('Payment ID', {
	grade: 'required',
	placeholder: 'e.g. PAY-0001',
	description: "Serial number of the payment, the same as in the event 'Payment'",
});

type Body = Record<string, unknown> & { event_type: string; event_time: string };

interface Settings {
	delivery: EventDelivery;
}

/** An event as an operation of the node. */
export function event(definition: EventDefinition): Operation<TdClient, Body, Settings> {
	const { value, fields: own, example, notice, ...texts } = definition;
	const fields: Fields = { ...own, ...basicFields };
	return {
		...texts,
		value,
		notice: [notice, tdEvents[value] === 'assumed' ? ASSUMED_NOTICE : TAKEN_NOTICE]
			.filter(Boolean)
			.join(' '),
		kind: 'event',
		endpoints: [value],
		fields,
		json: {
			chooser: 'specifyBody',
			chooserLabel: 'Specify Body',
			name: 'bodyJson',
			label: 'Body (JSON)',
			description:
				"The event in TD's own field names. Added are event_type, and channel and event_time if they are missing.",
			example: exampleBody(example),
		},
		options: {
			delivery: choice(
				'Delivery',
				[
					{
						name: 'At Least Once',
						value: 'event-at-least-once',
						description:
							'Send again after a lost answer: TD may get the event twice, with the same bytes',
					},
					{
						name: 'At Most Once',
						value: 'event-at-most-once',
						description: 'Never send again after a lost answer: TD may not get the event',
					},
				],
				{
					initial: 'event-at-least-once',
					always: 'event-at-least-once',
					description: 'What to do when it is open whether TD took the event',
				},
			),
		},
		complete: (draft, call) => complete(draft, value, call),
		perform: perItem(async (call, { body, settings }) => {
			const answer = await report(call, body, settings, fields);
			return [{ json: output(body, answer) }];
		}),
	};
}

/** Fills in channel, time and type, which every event must have. */
function complete(
	draft: Record<string, unknown>,
	type: string,
	{ client, ledger, run }: Pick<Call<TdClient>, 'client' | 'ledger' | 'run'>,
): Record<string, unknown> {
	const givenType = draft['event_type'] ?? type;
	if (givenType !== type) {
		const given = typeof givenType === 'string' ? `'${givenType}'` : 'no text';
		throw new ValidationFault(
			`'event_type' is ${given}, but the chosen operation reports '${type}'`,
			'Body (JSON)',
			"Choose the operation that fits, or leave 'event_type' out. Nothing was sent for this item.",
		);
	}
	const channel = draft['channel'] ?? client.account.channel;
	if (!channel) {
		throw new ValidationFault(
			"'Channel' is empty, and the TD API credential has no 'Default Channel'",
			'Channel',
			"Fill in 'Default Channel' in the credential, or 'Channel' under 'Additional Fields'. Nothing was sent for this item.",
		);
	}
	return Object.assign(draft, {
		channel,
		// The same in every try of this run, so that a repeated send is the same to the byte.
		event_time: draft['event_time'] ?? ledger.timeOf(run, () => new Date().toISOString()),
		event_type: type,
	});
}

/** Reports an event unless an earlier try of this execution has already done so. */
async function report(
	{ client, ledger, deadline, signal, item, run }: Call<TdClient>,
	body: Body,
	{ delivery }: Settings,
	fields: Fields,
): Promise<TdAnswer> {
	const text = serialise(body);
	const key = `event:${run}.${item}`;
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
			deadline,
			signal,
			labelOf: (member) => labelOfMember(fields, member),
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
function orderIdOf({ order_id: id, order }: Body): string | undefined {
	const inner = (order as { order_id?: unknown } | undefined)?.order_id;
	return [id, inner].find((value): value is string => typeof value === 'string');
}

/** Says which event it was: a description without an order is no help among hundreds. */
function withEvent(fault: Fault, body: Body): Fault {
	const order = orderIdOf(body);
	return order === undefined
		? fault
		: fault.rephrased(`${fault.message} (${body.event_type} of order ${order})`);
}

/** TD answers that it took the event and no more; there is no decision in it. */
function output(body: Body, answer: TdAnswer): IDataObject {
	const { event_type, event_time } = body;
	const order_id = orderIdOf(body);
	return { ...answer, event_type, event_time, ...(order_id === undefined ? {} : { order_id }) };
}

function exampleBody(own: Record<string, unknown>): string {
	const basics = {
		session_id: 'abc0123456789',
		account_id: '123456789',
		terminal: { ip: '210.20.10.33' },
	};
	return JSON.stringify({ ...basics, ...own }, null, 2);
}
