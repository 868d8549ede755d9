import { isObject, type JsonObject } from '../exchange';
import { noDevice, type TdRefusal } from './codes';
import { tooLong } from './length';
import {
	anyObject,
	object,
	oneOf,
	optional,
	required,
	text,
	type Context,
	type Member,
	type Shape,
} from './shapes';
import {
	chargebackResult,
	exactMoment,
	logistics,
	order,
	payment,
	paymentResult,
	refundResult,
} from './types';

/** Parameters of each event beside the basic ones; flat, at the top of the body [doc]. */
const eventMembers: Record<string, Record<string, Member>> = {
	order_modify: { order: required(order) },
	// order_cancel and order_return: ASSUMED, their pages were not found
	order_cancel: { order_id: required(text) },
	order_return: { order_id: required(text) },
	order_payment: { order_id: required(text), payment: required(payment) },
	order_payment_result: {
		order_id: required(text),
		payment_id: required(text),
		payment_result: required(paymentResult),
	},
	order_ship: { order_id: required(text), logistics: required(logistics) },
	order_confirm: { order_id: required(text) },
	order_refund: {
		order_id: required(text),
		payment_id: required(text),
		refund_result: required(refundResult),
	},
	order_chargeback: {
		order_id: required(text),
		payment_id: required(text),
		chargeback_result: required(chargebackResult),
	},
};

/** "At least one of the two" is ASSUMED; TD's text for 9004 can be read otherwise. */
const terminal = object({ black_box: optional(text), ip: optional(text) }, (value) =>
	isObject(value) && (value['black_box'] || value['ip']) ? undefined : noDevice,
);

/** Basic parameters [doc]. `account_id` depends on what only the shop knows, so it is never demanded. */
const basicMembers: Record<string, Member> = {
	channel: required(text),
	session_id: required(text),
	account_id: optional(text),
	event_time: required(exactMoment),
	event_type: required(oneOf(...Object.keys(eventMembers))),
	terminal: required(terminal),
	ext: optional(anyObject),
};

const shapes = new Map<unknown, Shape>(
	Object.entries(eventMembers).map(([type, members]) => [
		type,
		object({ ...basicMembers, ...members }),
	]),
);
const basicShape = object(basicMembers);

/** What is wrong with an event, if anything. Which of several faults TD would name first is ASSUMED. */
export function eventRefusal(body: JsonObject, context: Context): TdRefusal | undefined {
	const shape = shapes.get(body['event_type']) ?? basicShape;
	return shape(body, '', context) ?? tooLong(body);
}

/** The order an event is about. */
export function orderIdOf(body: JsonObject): string {
	const id = isObject(body['order']) ? body['order']['order_id'] : body['order_id'];
	return typeof id === 'string' ? id : '';
}
