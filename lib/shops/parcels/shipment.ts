/** What a ticket is made of, for another one to be made of it. */
import { asFault, Fault } from '../../base/errors';
import { OrderFault, type TicketChoices } from '../ticket/fields';
import type { GivenOrder } from '../ticket/given-order';
import { needsOwner } from '../ticket/reasons';
import { ticketOf, type TicketOrReason } from '../ticket/ticket';

export interface ShopShipment {
	given: GivenOrder;
	choices: TicketChoices;
	/** ISO 4217. */
	accountCurrency: string;
	/** The shop does not say what is left: the ticket is of all, and this is said if the register does not know either. */
	unsure?: OrderFault;
}

/**
 * The ticket of all that is to go, as far as the shop says.
 *
 * @param isRemembered whether it is remembered what has gone: then the shop need not say what is left
 * @throws {OrderFault} for what neither the shop nor the user says, unless such orders are skipped; {ValidationFault}
 */
export function shipmentOf(
	order: ShopShipment,
	isRemembered: boolean,
): { made: TicketOrReason; source: ShopShipment } {
	const { given, choices, accountCurrency } = order;
	const made = attempt(() => ticketOf(given, choices, accountCurrency));
	if (!(made instanceof Fault)) return { made, source: order };
	const refused = () => {
		if (!isSkipped(made, choices)) throw made;
		return { made: { reason: { code: made.code, text: made.message } }, source: order };
	};
	const isOpen = isRemembered && made instanceof OrderFault && made.code === 'unknown_left';
	// What was sent of it may tell what is left. Without articles there is nothing to remember
	if (!isOpen || given.order.articles.length === 0) return refused();
	const all = attempt(() => ticketOf(given, { ...choices, shipAll: true }, accountCurrency));
	// What is missing beside it can wait
	if (all instanceof Fault) return refused();
	return { made: all, source: { ...order, unsure: made } };
}

/** Whether an order that lacks something is skipped, since the user does not want it to fail. */
export const isSkipped = (fault: Fault, { ifMissing }: TicketChoices): fault is OrderFault =>
	fault instanceof OrderFault && needsOwner(fault.code) && ifMissing !== 'fail';

function attempt<T>(work: () => T): T | Fault {
	try {
		return work();
	} catch (error) {
		return asFault(error);
	}
}
