/**
 * What can go wrong between a flow and a vendor, one class per cause.
 *
 * A fault says what happened (`message`) and what the person in the editor can do (`advice`). Its facts
 * are clean: no URL query, no header, no object of the HTTP library. The runner turns faults into n8n's
 * own errors.
 */

/** What is known of the cause, mostly from the vendor. */
export interface VendorFacts {
	httpStatus?: number;
	/** The vendor's own code from the answer's body. */
	code?: number | string;
	/** The vendor's own words, secrets masked. */
	vendorMessage?: string;
	/** What TW names under `errors`, in one line; a part of the vendor's words, too. */
	errors?: string;
	/** TD's `sequence_id`, to quote when asking TD. */
	sequenceId?: string;
	/** The wait that the vendor asked for, in milliseconds. */
	retryAfterMs?: number;
	/** The data of a refusal, secrets masked; absent if there was none. */
	data?: unknown;
	/** What our own code threw, if that was the cause; may hold secrets, so it goes to the log alone. */
	defect?: Error;
}

export abstract class Fault extends Error {
	/** The cause for programs, e.g. in the output of Continue on Fail. */
	abstract readonly kind: string;

	/** Whether it ends the run at once, unless the node continues on fail; otherwise once the other items are through. */
	readonly holdsUpOthers: boolean = true;

	constructor(
		message: string,
		readonly advice: string,
		readonly facts: VendorFacts = {},
	) {
		super(message);
		this.name = new.target.name;
	}

	/** Part of the facts, so that a fault made from these facts keeps it. */
	override get cause(): Error | undefined {
		return this.facts.defect;
	}

	/** The same fault in other words, for callers that know more. */
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

/** What an item tells can't become a request, whatever the node's settings. Those of other items may. */
export class ItemFault extends ValidationFault {
	override readonly holdsUpOthers = false;
}

/** The vendor refuses the key, the signature or the account. */
export class AuthenticationFault extends Fault {
	readonly kind = 'authentication';
}

/** The vendor does not know the order, the bill or the path. */
export class NotFoundFault extends Fault {
	readonly kind = 'not-found';
}

/** The vendor asked us to slow down, until the deadline. */
export class RateLimitedFault extends Fault {
	readonly kind = 'rate-limited';
}

/** The vendor understood the request and said no. */
export class RefusedFault extends Fault {
	readonly kind = 'refused';
}

/** The vendor can't serve now (HTTP 408 and 5xx). What it did with the request is open. */
export class UnavailableFault extends Fault {
	readonly kind = 'unavailable';
}

/** No connection: the request never left this machine. */
export class UnreachableFault extends Fault {
	readonly kind = 'unreachable';
}

/** Its time was up before it could be sent. It never left this machine. */
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

/** The answer is not in the vendor's form. What the vendor did with the request is open. */
export class BadAnswerFault extends Fault {
	readonly kind = 'bad-answer';
}

/** The run was cancelled before this request was sent, or while a read was under way. */
export class CancelledFault extends Fault {
	readonly kind = 'cancelled';

	constructor() {
		super('The execution was cancelled', 'Nothing further was sent for this item.');
	}
}

/** The register can't be written or read, so nothing is sent. */
export class RegisterFault extends Fault {
	readonly kind = 'register';

	/** @param place of the register */
	static at(place: string, reason: string): RegisterFault {
		return new RegisterFault(
			`What was sent cannot be remembered in ${place}: ${reason}`,
			"Nothing was sent without being remembered. Mend that and run this item again; or choose another 'Remember Orders'.",
		);
	}
}

/** An earlier execution has sent it, and the user wants an error for that. */
export class SentBeforeFault extends Fault {
	readonly kind = 'sent-before';
}

/** A write was sent and nobody can say whether it took effect. We never send it again. */
export class UnknownOutcomeFault extends Fault {
	readonly kind = 'outcome-unknown';
}

/** A write took effect, but a later step (waiting, reading details) failed. */
export class UnfinishedFault extends Fault {
	readonly kind = 'unfinished';
}

/** A bug of this package. */
export class DefectFault extends Fault {
	readonly kind = 'defect';

	constructor(message: string, defect = new Error(message)) {
		super(
			`This node met a case it is not made for: ${message}`,
			'Please report it with the message above. Look up at the vendor whether the request took effect before you send it again.',
			{ defect },
		);
	}
}

/** Anything thrown, as a fault. */
export function asFault(error: unknown): Fault {
	if (error instanceof Fault) return error;
	return error instanceof Error
		? new DefectFault(error.message, error)
		: new DefectFault(String(error));
}

/** Whether the vendor may have acted on the request. */
export function leavesOutcomeOpen(error: unknown): boolean {
	return [BrokenFault, TimedOutFault, BadAnswerFault, UnavailableFault, DefectFault].some(
		(open) => error instanceof open,
	);
}
