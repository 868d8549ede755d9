/** The rules for writes at TW: what proves that TW did nothing, and what may be resent. */
import {
	type Fault,
	leavesOutcomeOpen,
	UnavailableFault,
	UnfinishedFault,
} from '../../base/errors';
import type { Limits } from '../../base/limits';
import type { IfSentBefore, Policy, SendOptions } from '../../once/send';
import type { Register, RememberPlace, EntryKind } from '../../register/register';
import { keyOf, SEND_AGAIN } from '../../once/claim';
import type { TwAccount } from '../wire/account';
import type { TwClient } from '../wire/client';

/**
 * Whether a fault says for certain that TW did nothing: the request never left, or TW refused it with
 * an HTTP status of 4xx (but 408), or with another code than 200 in words and without data.
 *
 * ASSUMED: no failure answer is documented. 200 is the only documented code of success, but no page
 * says that another one means that nothing was done.
 */
export function wasNotDone(fault: Fault): boolean {
	if (leavesOutcomeOpen(fault)) return false;
	const { httpStatus, vendorMessage, data } = fault.facts;
	const inEnvelope = httpStatus !== undefined && httpStatus < 300;
	return !inEnvelope || (vendorMessage !== undefined && data === undefined);
}

export const TW_WRITE: Policy = {
	vendor: 'TW',
	freesKey: wasNotDone,
	mayResend: (fault) => fault instanceof UnavailableFault && fault.facts.httpStatus === 503,
	ifLost: 'ask',
	lists: 'sent',
	twice: 'it may exist twice',
};

/** A deed to a thing: it makes nothing, so a person who asks for it again by a retry gets it again. */
export const TW_DEED: Policy = { ...TW_WRITE, isDeed: true, twice: 'it is carried out twice' };

/** What a write needs of the run that it is part of. */
export interface WriteContext {
	client: TwClient;
	limits: Limits;
	register: (place: RememberPlace) => Promise<Register>;
	/** n8n's id of the execution. */
	execution: string;
	/** A retry from the executions list: TW is asked before anything is sent. */
	isRetry: boolean;
	/** When this run began; milliseconds since 1970 UTC. */
	began: number;
	/** Identifies the round of a loop. */
	run: string;
}

/** Where the user wants a write remembered, and what to do if it was sent before. */
export interface RememberSettings {
	remember: RememberPlace;
	ifSentBefore?: IfSentBefore | undefined;
}

/** How a run sends its writes. */
export async function sendOptions(
	{ register, execution, limits, isRetry, began }: WriteContext,
	{ remember, ifSentBefore = 'output' }: RememberSettings,
	checkFirst = isRetry,
): Promise<SendOptions> {
	const how = { ifSentBefore, checkFirst, isRetry, began };
	return { register: await register(remember), execution, limits, ...how };
}

/** Remarks as one; empty if there are none. */
export const joined = (...remarks: Array<string | undefined>): string =>
	remarks.filter(Boolean).join(' ');

/** @param thing e.g. `order ORD-0001` */
export const notRemovedYet = (thing: string) =>
	new UnfinishedFault(
		`The deletion of ${thing} was requested, and TW does not show it as removed yet`,
		`Nothing was sent. Run this item again in a few minutes. If TW never shows it as removed, make sure at TW that it is, and ${SEND_AGAIN}.`,
	);

/** @param name what the user calls it, e.g. the order number */
export function markOf(
	kind: EntryKind,
	{ mark: account }: Pick<TwAccount, 'mark'>,
	name: string,
): { kind: EntryKind; account: string; name: string; key: string } {
	return { kind, account, name, key: keyOf(kind, account, name) };
}
