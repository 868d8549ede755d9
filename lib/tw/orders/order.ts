/** An order on its way to TW, what may become of it, and what the user reads where that went wrong. */
import {
	BadAnswerFault,
	type Fault,
	UnfinishedFault,
	UnknownOutcomeFault,
} from '../../base/errors';
import { fingerprint } from '../../base/fingerprint';
import { serialise } from '../../base/json';
import type { ShownRequest } from '../../base/dry-run';
import { lostAnswer, SEND_AGAIN, senderOf } from '../../once/claim';
import type { Preview } from '../../once/preview';
import type { Ask, Policy, Send } from '../../once/send';
import type { Entry, Parcel } from '../../register/register';
import type { TwClient } from '../wire/client';
import { markOf, TW_WRITE } from '../writes/policy';
import { type AcceptedTicket, REMEMBERED_TICKET_MEMBERS } from './forecast';
import { findOrder, type FoundOrder, isRemoved } from './info';
import { boxCount, type Ticket } from './ticket';
import { standingOf } from './wait';

/** What became of one ticket. */
export type Placed = (
	| /** TW took it: in this try or an earlier one of this execution, or from another execution before. */
	  { how: 'accepted'; ticket: AcceptedTicket; sentBefore?: boolean }
	  /** TW already showed an order of this number; it was found, not sent. */
	| { how: 'existing'; order: FoundOrder }
	/** It was sent, the answer was lost, and TW shows it. */
	| { how: 'recovered'; order: FoundOrder }
	/** A dry run: what would have been sent. */
	| { how: 'preview'; request: ShownRequest; register: Preview }
) & {
	/** What the user should know about it. */
	remark?: string;
};

/** The user looks for failed orders in the register. */
const ORDER: Policy = { ...TW_WRITE, lists: 'all' };

/** Two tickets with the same fingerprint are the same order. */
export interface Order extends Send<FoundOrder> {
	ticket: Ticket;
	ask: Ask<FoundOrder>;
	/** The ticket as sent: serialised once, for the wire and for its fingerprint. */
	json: string;
}

/** What of a shop's order is in an order. */
export interface Contents {
	parcel: Parcel;
	/** Of the order as it was sent, where a delivery does not tell all that is in it. */
	print?: string;
}

/**
 * Readies a ticket for sending.
 *
 * @param sameAs what makes a ticket the same order as an earlier one, if not all of it
 * @param contents what of a shop's order is in it
 */
export function orderOf(
	client: TwClient,
	ticket: Ticket,
	sameAs?: object,
	contents?: Contents,
): Order {
	const json = serialise(ticket);
	const { no } = ticket;
	return {
		...markOf('order', client.account, no),
		policy: ORDER,
		body: contents?.print ?? fingerprint(sameAs ? serialise(sameAs) : json),
		parcel: contents?.parcel,
		keeps: REMEMBERED_TICKET_MEMBERS,
		thing: `order ${no}`,
		label: 'Order Number',
		ask: lookUp(client, no),
		standing: async (entry, limits) => {
			const now = await standingOf(client, no, entry, limits);
			return now === 'gone' ? { fault: noLongerKnown(no, entry) } : now;
		},
		unknown: (reason, finding) => unknownOrder(no, reason, finding),
		ticket,
		json,
	};
}

/** Asks TW for an order by its number. A deleted one counts as missing, with a remark. */
function lookUp(client: TwClient, no: string): Ask<FoundOrder> {
	return async (limits) => {
		const order = await findOrder(client, no, limits);
		if (!order) return { missing: true };
		const { info } = order;
		if (!isRemoved(info)) return { found: order };
		const at = info.removed_at ?? info.real_removed_at;
		return { missing: true, remark: `TW shows an order of this number that was deleted at ${at}.` };
	};
}

/** For the user: that the order was matched by its number, and whether its boxes differ. */
export function remarkOn(ticket: Ticket, { info }: FoundOrder): string {
	const remark = 'Matched by order number only; TW does not show what else the order was made of.';
	const theirs = info.practical_boxes_number;
	const ours = boxCount(ticket);
	const differs = typeof theirs === 'number' && theirs !== ours;
	return [
		remark,
		...(differs ? [`TW has ${theirs} box(es), this item has ${ours}.`] : []),
		...(info.removing_at ? [`Its deletion was requested at ${info.removing_at}.`] : []),
	].join(' ');
}

export const unknownOrder = (no: string, reason: Fault, finding: string) =>
	new UnknownOutcomeFault(
		`It is unknown whether TW created order ${no}: ${reason.message}`,
		`${finding} The order was not sent again. Look up order ${no} with 'Get' in a few minutes: if TW shows it, it exists, and running this item again outputs it. If it stays missing, ${SEND_AGAIN}.`,
		reason.facts,
	);

export const errorsBeside = (no: string, errors: string): Fault =>
	new BadAnswerFault(`TW's answer gives a request_id for order ${no}, and errors: ${errors}`, '');

export const withoutRequestId = (no: string): Fault =>
	new BadAnswerFault(`TW's answer gives no request_id for order ${no}`, '');

const noLongerKnown = (no: string, entry: Entry): Fault =>
	unknownOrder(
		no,
		new UnfinishedFault(`TW took it ${senderOf(entry)}, and now knows nothing of it`, ''),
		'TW knows neither its request_id nor its number.',
	);

export const noLongerShown = (no: string, entry: Entry): Fault =>
	unknownOrder(no, lostAnswer(entry), 'TW showed it then, and does not show it now.');

/** For an order that exists, though it could not be read. */
export const unreadOrder = (no: string, { message, advice, facts }: Fault): Fault =>
	new UnfinishedFault(`Order ${no} exists at TW, but could not be read: ${message}`, advice, facts);
