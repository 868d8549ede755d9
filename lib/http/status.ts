/** What an HTTP status means, the same for both vendors. */
import {
	AuthenticationFault,
	BadAnswerFault,
	type Fault,
	NotFoundFault,
	RateLimitedFault,
	RefusedFault,
	UnavailableFault,
	type VendorFacts,
} from '../base/errors';

export interface FailedAnswer {
	/** The vendor's name, e.g. `TW`. */
	vendor: string;
	/** HTTP status, or a code in the answer that means the same. */
	status: number;
	headers: Record<string, string>;
	/** The request in short, e.g. `Order forecast`. */
	what: string;
	facts: VendorFacts;
}

/**
 * The fault for an answer that is not a success; decided by the status alone, never by words.
 *
 * 4xx except 408 means that the vendor did not do it; 3xx, 408 and 5xx leave that open.
 */
export function faultForStatus(answer: FailedAnswer): Fault {
	const { vendor, status, what } = answer;
	const retryAfterMs = retryAfter(answer.headers);
	const facts = retryAfterMs === undefined ? answer.facts : { ...answer.facts, retryAfterMs };
	const words = facts.vendorMessage ? `: ${facts.vendorMessage}` : '';
	if (status === 401 || status === 403) {
		return new AuthenticationFault(
			`${vendor} refuses the credential${words}`,
			`Check the user name and keys in the ${vendor} credential, and that they belong to this base URL.`,
			facts,
		);
	}
	if (status === 404) {
		return new NotFoundFault(
			`${vendor} does not know what '${what}' asks for${words}`,
			'Check the number or id, and the base URL of the credential.',
			facts,
		);
	}
	if (status === 429) {
		return new RateLimitedFault(
			`${vendor} is receiving too many requests${words}`,
			"Run the node again later, or lower 'Concurrency' in the options.",
			facts,
		);
	}
	if (status === 408 || status >= 500) {
		return new UnavailableFault(
			`${vendor} cannot serve '${what}' now (${status})${words}`,
			'Run the node again later.',
			facts,
		);
	}
	if (status >= 300 && status < 400) {
		return new BadAnswerFault(
			`${vendor} answered '${what}' with a redirect (HTTP ${status}), which is not followed because the request carries keys`,
			'Set the base URL of the credential to the address that the vendor gave you, with https.',
			facts,
		);
	}
	return new RefusedFault(
		`${vendor} refuses '${what}'${words || ` (${status})`}`,
		'Correct what the vendor names and run the node again.',
		facts,
	);
}

/**
 * Milliseconds the vendor asks to wait (RFC 9110: seconds, or a date); undefined if it asks for no pause that
 * can be read and is not over yet, so that our own counts. A date is measured against the answer's own Date
 * header, so that a wrong clock here does no harm.
 */
export function retryAfter(headers: Record<string, string>): number | undefined {
	const value = headers['retry-after']?.trim() ?? '';
	const seconds = /^\d+(\.\d+)?$/.test(value)
		? Number(value)
		: secondsUntil(value, headers['date']);
	return seconds > 0 ? Math.ceil(seconds) * 1000 : undefined;
}

/** NaN if it is no date: every form of one has a time of day, and `Date.parse` would take `1.5` for one. */
function secondsUntil(date: string, sent = ''): number {
	if (!date.includes(':')) return NaN;
	const now = Date.parse(sent);
	return (Date.parse(date) - (Number.isNaN(now) ? Date.now() : now)) / 1000;
}
