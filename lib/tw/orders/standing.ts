/** What is to be said of an order that was sent before. */
import { asFault, type Fault } from '../../base/errors';
import type { Entry } from '../../operation/needs';
import type { TwClient } from '../wire/client';
import { recorded } from '../../once/recorded';
import { lostBy } from '../writes/claim';
import { settleLoss } from '../writes/settle';
import { recallTicket } from './forecast';
import { findOrder } from './info';
import { lookUp, remarkOn } from './look-up';
import type { CreateOptions, Order, Placed } from './order';
import { unknownOrder, unreadOrder } from './words';

/** An order that TW took, or of which TW has to be asked because its sender is gone. */
export async function settleStanding(
	client: TwClient,
	order: Order,
	standing: Entry,
	options: CreateOptions,
): Promise<Placed | Fault> {
	if (standing.state === 'accepted') return await taken(client, order, standing, options);
	const { ticket, mark } = order;
	const look = await settleLoss(lookUp(client, ticket), options.limits);
	if (look.how === 'unknown') return unknownOrder(ticket.no, lostBy(standing), look.finding);
	await recorded(options.register.settle(mark.key, standing, 'accepted'));
	return { how: 'recovered', order: look.found, remark: remarkOn(ticket, look.found) };
}

/** By its request_id, or by its number where that was never learned. */
async function taken(
	client: TwClient,
	{ ticket }: Order,
	entry: Entry,
	{ limits }: CreateOptions,
): Promise<Placed | Fault> {
	const { no } = ticket;
	const known = recallTicket(no, entry.answer);
	if (known) return { how: 'accepted', sentBefore: entry.execution !== '', ticket: known };
	try {
		const found = await findOrder(client, no, limits);
		if (found) return { how: 'existing', order: found, remark: remarkOn(ticket, found) };
		return unknownOrder(no, lostBy(entry), 'TW showed it then, and does not show it now.');
	} catch (error) {
		return unreadOrder(no, asFault(error));
	}
}
