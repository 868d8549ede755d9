/** Makes an operation of an event: the basic parameters, the event's own, and TD's delivery. */
import { choice, type Fields, type SettingsOf, text } from '../../lib/fields/field';
import { type Operation, operationsFor } from '../../lib/operation/operation';
import type { CommonFields } from '../../lib/operation/options';
import { tdEvents, type TdEventType } from '../../lib/td/events';
import { basicFields, completeEvent } from '../../lib/td/basics';
import type { TdClient } from '../../lib/td/client';
import { deliverEvent, type EventBody, reportedEvent } from '../../lib/td/deliver';
import { onceControl, onceOptions } from './once';

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
	names: true,
	grade: 'required',
	placeholder: 'e.g. NX348566DIHD',
});

export const paymentId = text('Payment ID', {
	names: true,
	grade: 'required',
	placeholder: 'e.g. PAY-0001',
	description: "Serial number of the payment, the same as in the event 'Payment'",
});

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

/** Makes an operation at TD that is not an event. */
export const tdOperation = operationsFor<TdClient, string>((endpoints) => ({ endpoints }));

type Settings = SettingsOf<
	ReturnType<typeof onceControl> &
		typeof onceOptions & { delivery: typeof deliveryOption } & CommonFields
>;

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
		options: { ...onceOptions, delivery: deliveryOption },
		complete: completeEvent(value),
		performEach: async (call, { body, settings }) => [
			{ json: await deliverEvent(call, { body, fields, own: Object.keys(own) }, settings) },
		],
	};
}

function exampleBody(own: Record<string, unknown>): string {
	const basics = {
		session_id: 'abc0123456789',
		account_id: '123456789',
		terminal: { ip: '210.20.10.33' },
	};
	return JSON.stringify({ ...basics, ...own }, null, 2);
}
