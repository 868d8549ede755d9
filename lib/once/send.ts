/** A thing to send once, and its rules as data. */
import type { Fault } from '../base/errors';
import type { Limits } from '../base/limits';
import type { Claim, Entry, Register } from '../register/register';

/** What a vendor shows of a send when it is asked. */
export type Evidence<Found> =
	/** It took effect. */
	| { found: Found }
	/** It did not, as far as the vendor shows; with a remark if there is more to say. */
	| { missing: true; remark?: string }
	/** The vendor does not show it, which proves nothing; a sentence for the user. */
	| { notShown: string }
	/** The vendor could not be asked; a sentence for the user. */
	| { unclear: string };

/** Asks the vendor for what was sent. */
export type Ask<Found> = (limits: Limits) => Promise<Evidence<Found>>;

/** What the vendor says now of a send that it accepted. */
export type Standing =
	| 'holds'
	/** The vendor failed it for certain: its number is free. */
	| { failed: Fault }
	/** The vendor shows it as removed: its number is free. */
	| { removed: true }
	/** It stands in the way, and not for good. */
	| { fault: Fault };

/** The rules for one kind of write or event. */
export interface Policy {
	/** For messages. */
	vendor: string;
	/** Whether a fault frees the key, because it proves that the vendor did nothing, or doubles are allowed. */
	freesKey: (fault: Fault) => boolean;
	/** Whether it may be resent after a fault, once the vendor was asked and does not have it. */
	mayResend: (fault: Fault) => boolean;
	/** What to do after a lost answer: ask the vendor, resend, or leave it as it is. */
	ifLost: 'ask' | 'resend' | 'leave';
	/**
	 * It makes nothing. So a retry from the executions list resends what the vendor does not show, and a refusal
	 * may mean that it is done.
	 */
	isDeed?: true;
	/** Which failures the register lists: also of what did not even leave, only of what did, or none. */
	lists: 'all' | 'sent' | 'nothing';
	/** What another send may lead to, for the user of a dry run. */
	twice: string;
}

/** One thing to send. */
export interface Send<Found = never> extends Omit<Claim, 'execution' | 'until'> {
	policy: Policy;
	key: string;
	/** For messages, e.g. `order ORD-0001`, and the field that holds its number. */
	thing: string;
	label: string;
	/** What is sent, if it does not make the thing, e.g. `'Review bag' for bag B-1`. */
	deed?: string;
	/** What follows once it is sent; a sentence for a dry run. */
	then?: string;
	/** Needed where the policy asks. */
	ask?: Ask<Found>;
	/** Asks the vendor about an accepted send before it is output, or stands in the way of another. */
	standing?: (entry: Entry, limits: Limits) => Promise<Standing>;
	/** The fault if it is unknown whether it took effect. */
	unknown: (reason: Fault, finding: string) => Fault;
}

/** What to do if another execution has sent it. */
export type IfSentBefore = 'output' | 'fail' | 'send-again';

/** How a run sends. */
export interface SendOptions {
	register: Register;
	/** n8n's id of this execution. */
	execution: string;
	ifSentBefore: IfSentBefore;
	/** Ask the vendor before sending. */
	checkFirst: boolean;
	/** When this run began; milliseconds since 1970 UTC. What others have sent since is not sent again. */
	began?: number;
	/** It is a retry from the executions list. */
	isRetry?: boolean;
	/** It has waited already for another execution that was sending the same. */
	hasWaited?: boolean;
	/** Whether to wait while another execution is sending the same; of two that hold other keys neither may. */
	waits?: boolean;
	limits: Limits;
}

/** What became of a send that did not fail. */
export type Delivered<Answer, Found = never> = (
	| /** The vendor took it now. */
	  { how: 'sent'; answer: Answer }
	  /** The vendor took it before: in this execution, or in another. */
	| { how: 'sent-before'; entry: Entry }
	/** The vendor shows it, so it was not sent. */
	| { how: 'existing'; found: Found }
	/** It was sent, the answer was lost for a reason, and the vendor shows it. */
	| { how: 'recovered'; found: Found; reason: Fault }
) & {
	/** What the user should know about it. */
	remark?: string;
};
