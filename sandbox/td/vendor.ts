import { randomUUID } from 'node:crypto';
import type { Credentials } from '../credentials';
import {
	isJson,
	isObject,
	jsonAnswer,
	type JsonObject,
	type Vendor,
	type VendorRequest,
} from '../exchange';
import type { LedgerBook } from '../ledger';
import type { Settings } from '../settings';
import { isEmpty, isWrong, notJson, type TdRefusal } from './codes';
import { eventRefusal, orderIdOf } from './events';

/** Path of the Order Status API [doc]. */
export const tdPath = '/order/v3';

/** The stand-in for TD: it takes order events and decides nothing. */
export function tdVendor(
	settings: Settings,
	ledger: LedgerBook,
	credentials: Credentials['td'],
): Vendor {
	return (request) => {
		const sequence = sequenceId();
		const read = readEvent(request, settings, credentials);
		if ('code' in read) {
			// Which HTTP status goes with TD's codes is ASSUMED
			const message = named(read.message, settings.tdParameterForm);
			const refusal = answerOf(read.code, message, sequence, settings.tdAnswerForm);
			return jsonAnswer(settings.tdErrorHttpStatus, refusal, false);
		}

		ledger.event({
			at: new Date().toISOString(),
			eventType: String(read.event['event_type']),
			orderId: orderIdOf(read.event),
			eventTime: String(read.event['event_time']),
			sequenceId: sequence,
			raw: request.body,
		});
		return jsonAnswer(200, answerOf(200, '', sequence, settings.tdAnswerForm), true);
	};
}

/** TD's three members [doc], or what may stand there instead. */
function answerOf(
	code: number,
	message: string,
	sequence: string,
	form: Settings['tdAnswerForm'],
): JsonObject {
	switch (form) {
		case 'documented':
			return { code, message, sequence_id: sequence };
		case 'numbers':
			return { code, message: 0, sequence_id: 1648777165770866 };
		case 'nulls':
			return { code, message: null, sequence_id: null };
		case 'objects':
			return { code, message: { text: message }, sequence_id: { id: sequence } };
		case 'codeOnly':
			return { code };
	}
}

/** A refusal's words, with the parameter they begin with in another form. */
function named(message: string, form: Settings['tdParameterForm']): string {
	if (form === 'path') return message;
	const dotted = (path: string) => path.replaceAll(/\[(\d+)\]/g, '.$1');
	return message.replace(/^\S+/, (path) =>
		form === 'dotted' ? dotted(path) : path.replace(/^.*\./, ''),
	);
}

/** The order of these checks is ASSUMED, and so are the codes for a wrong partner and for a body that is no JSON. */
function readEvent(
	request: VendorRequest,
	settings: Settings,
	credentials: Credentials['td'],
): { event: JsonObject } | TdRefusal {
	if (!isJson(request)) return notJson;

	const query = new URLSearchParams(request.query);
	for (const [name, expected] of [
		['partner_code', credentials.partnerCode],
		['partner_key', credentials.partnerKey],
	] as const) {
		const given = query.get(name);
		if (!given) return isEmpty(name);
		if (given !== expected) return isWrong(name);
	}

	const event = parse(request.body);
	if (!isObject(event)) return isWrong('body');
	return eventRefusal(event, settings) ?? { event };
}

function parse(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

/** 32 characters, as in TD's example `1648777165770866F82AC7F326307055`: milliseconds, then hexadecimal [doc: its look]. */
function sequenceId(): string {
	return `${Date.now()}${randomUUID().replaceAll('-', '').toUpperCase()}`.slice(0, 32);
}
