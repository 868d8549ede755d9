/**
 * What can go wrong between a flow and a vendor, one class per cause.
 *
 * Every fault says what happened (`message`) and what the person in the editor can do (`advice`),
 * and carries only clean facts: no URL query, no header, no object of the HTTP library. Nothing
 * here knows n8n; the runner turns these into n8n's own errors.
 */

/** What the vendor said, as far as it said anything. */
export interface VendorFacts {
	/** HTTP status of the answer. */
	httpStatus?: number;
	/** The vendor's own code from the answer's body. */
	code?: number | string;
	/** The vendor's own words, already cleaned of secrets. */
	vendorMessage?: string;
	/** TD's `sequence_id`, to quote when asking TD. */
	sequenceId?: string;
	/** How long the vendor asked us to wait, in milliseconds. */
	retryAfterMs?: number;
	/** What came along with a refusal, already cleaned of secrets; absent if nothing did. */
	data?: unknown;
}

export abstract class Fault extends Error {
	/** Names the cause for programs, e.g. in the output of Continue on Fail. */
	abstract readonly kind: string;

	constructor(
		message: string,
		readonly advice: string,
		readonly facts: VendorFacts = {},
	) {
		super(message);
		this.name = new.target.name;
	}

	/** The same fault in other words, where the caller knows more about its meaning. */
	rephrased(message: string, advice = this.advice): this {
		const copy = Object.create(Object.getPrototypeOf(this) as object) as this;
		return Object.assign(copy, this, { message, advice, stack: this.stack });
	}
}

/** The input can't become a request. Nothing was sent. */
export class ValidationFault extends Fault {
	readonly kind = 'validation';

	constructor(
		message: string,
		/** The field as the editor shows it, or the path inside a JSON body. */
		readonly field: string,
		advice = 'Correct this value and run the node again. Nothing was sent for this item.',
	) {
		super(message, advice);
	}
}

/** The vendor refuses the key, the signature or the account. */
export class AuthenticationFault extends Fault {
	readonly kind = 'authentication';
}

/** The vendor does not know the order, the bill or the path. */
export class NotFoundFault extends Fault {
	readonly kind = 'not-found';
}

/** The vendor asks us to slow down, and it kept asking until the deadline. */
export class RateLimitedFault extends Fault {
	readonly kind = 'rate-limited';
}

/** The vendor understood the request and said no. */
export class RefusedFault extends Fault {
	readonly kind = 'refused';
}

/** The vendor is there but can't serve now (HTTP 408 and 5xx). What it did with the request is open. */
export class UnavailableFault extends Fault {
	readonly kind = 'unavailable';
}

/** No connection: the request never left this machine. */
export class UnreachableFault extends Fault {
	readonly kind = 'unreachable';
}

/** Its time was used up before it could be sent. It never left this machine. */
export class NotSentFault extends Fault {
	readonly kind = 'not-sent';
}

/** The connection broke after the request had left. What the vendor did with it is open. */
export class BrokenFault extends Fault {
	readonly kind = 'connection-broken';
}

/** No answer before the deadline. What the vendor did with the request is open. */
export class TimedOutFault extends Fault {
	readonly kind = 'timed-out';
}

/** An answer that can't be read as the vendor's. What the vendor did with the request is open. */
export class BadAnswerFault extends Fault {
	readonly kind = 'bad-answer';
}

/** The run was cancelled before this request was sent, or a read was given up because of it. */
export class CancelledFault extends Fault {
	readonly kind = 'cancelled';

	constructor() {
		super('The execution was cancelled', 'Nothing further was sent for this item.');
	}
}

/** What was sent can't be remembered or looked up, so nothing is sent. */
export class RegisterFault extends Fault {
	readonly kind = 'register';

	/** @param place where it is remembered; @param reason why that can't be */
	static at(place: string, reason: string): RegisterFault {
		return new RegisterFault(
			`What was sent can not be remembered in ${place}: ${reason}`,
			"Nothing was sent without being remembered. Mend that and run this item again; or choose another 'Remember Orders'.",
		);
	}
}

/** An earlier execution has sent it, and the user wants to be told. */
export class SentBeforeFault extends Fault {
	readonly kind = 'sent-before';
}

/** A write was sent and nobody can say whether it took effect. It is never sent again by us. */
export class UnknownOutcomeFault extends Fault {
	readonly kind = 'outcome-unknown';
}

/** A write took effect, but what was to follow it (waiting, reading details) did not succeed. */
export class UnfinishedFault extends Fault {
	readonly kind = 'unfinished';
}

/** Something in this package went wrong that no rule of it foresees. */
export class DefectFault extends Fault {
	readonly kind = 'defect';

	constructor(message: string) {
		super(
			`This node met a case it is not made for: ${message}`,
			'Please report it with the message above. Look up at the vendor whether the request took effect before you send it again.',
		);
	}
}

/** Anything thrown, as a fault. */
export function asFault(error: unknown): Fault {
	if (error instanceof Fault) return error;
	return new DefectFault(error instanceof Error ? error.message : String(error));
}

/** The faults after which it is open whether the vendor acted on the request. */
export function leavesOutcomeOpen(error: unknown): boolean {
	return (
		error instanceof BrokenFault ||
		error instanceof TimedOutFault ||
		error instanceof BadAnswerFault ||
		error instanceof UnavailableFault ||
		error instanceof DefectFault
	);
}
