import { jsonAnswer, type Answer } from '../exchange';
import type { Settings } from '../settings';

/** HTTP status, and code in the envelope, of a refusal. That both are equal is ASSUMED. */
export type RefusalStatus = 400 | 401 | 404;

/** Thrown by an endpoint that will not do what is asked. */
export class Refusal extends Error {
	constructor(
		readonly status: RefusalStatus,
		message: string,
		readonly data: unknown = null,
	) {
		super(message);
	}
}

/** `{code: 200, message: "OK", data}` [doc]. */
export function success(data: unknown): Answer {
	return jsonAnswer(200, { code: 200, message: 'OK', data }, true);
}

/** The same envelope with another code. That failures have this form is ASSUMED; 400 and 404 occur [doc]. */
export function failure(refusal: Refusal, settings: Settings): Answer {
	const { status, message, data } = refusal;
	return jsonAnswer(
		settings.failuresAsHttp200 ? 200 : status,
		{ code: status, message, data },
		false,
	);
}
