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

/** `{code: 200, message: "OK", data}` [doc], or what `envelope` says. */
export function success(data: unknown, settings: Settings, code = 200): Answer {
	return jsonAnswer(200, enveloped(code, 'OK', renamed(data, settings), settings), true);
}

function enveloped(code: number, message: string, data: unknown, { envelope }: Settings) {
	const said = envelope !== 'documented' && code === 200 ? 0 : code;
	return envelope === 'result'
		? { errno: said, msg: message, result: data }
		: { code: said, message, data };
}

function renamed(value: unknown, settings: Settings): unknown {
	const names = settings.renamedMembers;
	if (Object.keys(names).length === 0 || typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((entry) => renamed(entry, settings));
	return Object.fromEntries(
		Object.entries(value).map(([name, member]) => [names[name] ?? name, renamed(member, settings)]),
	);
}

/** The same envelope with another code. That failures have this form is ASSUMED; 400 and 404 occur [doc]. */
export function failure(refusal: Refusal, settings: Settings): Answer {
	const { status, message, data } = refusal;
	return jsonAnswer(
		settings.failuresAsHttp200 ? 200 : status,
		enveloped(status, message, data, settings),
		false,
	);
}
