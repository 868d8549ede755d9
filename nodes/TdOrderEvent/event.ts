/** Makes an operation of an event: the basic parameters, the event's own, and TD's delivery. */
import { ValidationFault } from '../../lib/base/errors';
import { choice, type Fields, text } from '../../lib/operation/fields/model';
import { type Call, type Operation, perItem } from '../../lib/operation/operation';
import { tdEvents, type TdEventType } from '../../lib/td/events';
import { onceControl, onceOptions, type OnceSettings, tellOnce } from './once';
import { basicFields } from '../../lib/td/basics';
import type { TdClient } from '../../lib/td/client';
import { type EventBody, orderIdOf, output, report, reportedEvent } from './report';

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

type Settings = OnceSettings;

/** How an event is sent; the same for all of them. */
export const deliveryOption = choice(
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
);

/** An event as an operation of the node. */
export function event(definition: EventDefinition): Operation<TdClient, EventBody, Settings> {
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
		output: { usual: reportedEvent },
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
		controls: onceControl('no'),
		options: {
			...onceOptions,
			delivery: deliveryOption,
		},
		complete: (draft, call) => complete(draft, value, call),
		perform: perItem(async (call, { body, settings }) => {
			const order = orderIdOf(body) ?? '';
			const contents = Object.fromEntries(Object.keys(own).map((name) => [name, body[name]]));
			const occasion = { event: value, order, contents };
			const tell = async () => await report(call, body, settings, fields);
			const { answer, before, remark } = await tellOnce(call, occasion, settings, tell);
			const json = output(body, answer);
			if (before) json['reported_before'] = true;
			if (remark) json['remark'] = remark;
			return [{ json }];
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

function exampleBody(own: Record<string, unknown>): string {
	const basics = {
		session_id: 'abc0123456789',
		account_id: '123456789',
		terminal: { ip: '210.20.10.33' },
	};
	return JSON.stringify({ ...basics, ...own }, null, 2);
}
