/** A ticket on its way to TW, and what may become of it. */
import { fingerprint } from '../../base/fingerprint';
import type { Limits } from '../../base/limits';
import { serialise } from '../../base/safe-json';
import type { TwClient } from '../wire/client';
import { markOf } from '../wire/keys';
import type { Mark, Remembering } from '../writes/claim';
import { type AcceptedTicket, TICKET_MEMBERS } from './forecast';
import type { FoundOrder } from './info';
import type { Ticket } from './ticket';

/** What became of one ticket. */
export type Placed = (
	| /** TW took it: in this try or an earlier one of this execution, or from another execution before. */
	  { how: 'accepted'; ticket: AcceptedTicket; sentBefore?: boolean }
	  /** TW already showed an order of this number; it was found, not sent. */
	| { how: 'existing'; order: FoundOrder }
	/** It was sent, the answer was lost, and TW shows it. */
	| { how: 'recovered'; order: FoundOrder }
) & {
	/** What the user should know about it. */
	remark?: string;
};

export interface CreateOptions extends Remembering {
	limits: Limits;
	/** Ask orderInfo before sending, for every order. */
	checkFirst: boolean;
	/** What makes a ticket the same order as an earlier one, if not all of it. */
	sameAs?: (ticket: Ticket) => object;
}

export interface Order {
	ticket: Ticket;
	/** What the register knows it by; its fingerprint is what makes two tickets the same order. */
	mark: Mark;
	/** The ticket as it goes out: serialised once, for the wire and for its fingerprint. */
	json: string;
}

/** Readies a ticket of an account for sending. */
export function orderOf(
	{ account }: Pick<TwClient, 'account'>,
	ticket: Ticket,
	{ sameAs }: Pick<CreateOptions, 'sameAs'>,
): Order {
	const json = serialise(ticket);
	const { no } = ticket;
	const mark: Mark = {
		body: fingerprint(sameAs ? serialise(sameAs(ticket)) : json),
		thing: `order ${no}`,
		label: 'Order Number',
		keeps: TICKET_MEMBERS,
		...markOf('order', account, no),
	};
	return { ticket, mark, json };
}
