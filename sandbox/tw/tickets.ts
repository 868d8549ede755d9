import { isObject, type JsonObject } from '../exchange';
import type { Settings } from '../settings';
import { Refusal } from './envelope';
import { ticketErrors, type Ticket } from './ticket';

/** A ticket that is fit to be worked on. */
export interface GoodTicket {
	ticket: Ticket;
}

/** A ticket that is not, and why. `no` is '' when there is none to be read. */
export interface BadTicket {
	no: string;
	errors: string[];
}

export type CheckedTicket = GoodTicket | BadTicket;

export function isBad(checked: CheckedTicket): checked is BadTicket {
	return 'errors' in checked;
}

/**
 * Reads `{tickets: [...]}` [doc] and judges each ticket, first by its form and then by `alsoCheck`.
 *
 * ASSUMED: one bad ticket refuses the whole request, or, with `ticketFailure: 'partial'`, only itself;
 * a request with no good ticket at all is always refused.
 */
export function readTickets(
	body: JsonObject,
	settings: Settings,
	alsoCheck: (ticket: Ticket, earlier: readonly Ticket[]) => string | undefined,
): CheckedTicket[] {
	const tickets = body['tickets'];
	if (!Array.isArray(tickets) || tickets.length === 0) {
		throw new Refusal(400, 'tickets must be a list with at least one ticket');
	}

	const good: Ticket[] = [];
	const checked = tickets.map((value: unknown): CheckedTicket => {
		const errors = ticketErrors(value, settings.requireExampleMembers);
		if (errors.length > 0) return { no: readNo(value), errors };
		const ticket = value as Ticket;
		const error = alsoCheck(ticket, good);
		if (error !== undefined) return { no: ticket.no, errors: [error] };
		good.push(ticket);
		return { ticket };
	});

	const bad = checked.filter(isBad);
	if (good.length === 0 || (bad.length > 0 && settings.ticketFailure === 'all')) {
		const reasons = bad.map(
			({ no, errors }) => `${no || '(no order number)'}: ${errors.join(', ')}`,
		);
		throw new Refusal(400, reasons.join('; '), bad);
	}
	return checked;
}

function readNo(ticket: unknown): string {
	return isObject(ticket) && typeof ticket['no'] === 'string' ? ticket['no'] : '';
}
