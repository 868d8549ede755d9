/** An order that TW refuses or fails: what was sent, TW's words once, and what to look at. */
import { type Fault, RefusedFault, type VendorFacts } from '../../base/errors';
import { errorsText, isRecord } from '../../base/json';
import type { OrderCheckData } from '../wire/answers';
import { stateText } from '../wire/states';

/** An order by its number, and by its request_id where that is known. */
export interface NamedOrder {
	no: string;
	requestId?: string | undefined;
}

/** What of a sent order the person looks at when TW refuses it, as far as it is known. */
export interface SentAs {
	/** The channel. */
	product?: string | undefined;
	/** A country, or `warehouse` and its code. */
	destination?: string | undefined;
}

export interface OrderHandle extends NamedOrder, SentAs {
	requestId: string;
}

/** Why a failure is not certain. `shown`: TW shows the order all the same. */
export type Doubt = 'unconfirmed' | 'shown' | undefined;

/** TW says that an order failed; unlike its refusal to say how far the order is. */
export class OrderFailedFault extends RefusedFault {
	constructor(
		message: string,
		advice: string,
		facts: VendorFacts,
		/** Whether nothing more can come of it, so that its number is free. */
		readonly isCertain: boolean,
	) {
		super(message, advice, facts);
	}
}

/** A ticket's country or warehouse, in a word for messages; undefined if it names none. */
function destinationOf({ consignee }: Record<string, unknown>): string | undefined {
	if (typeof consignee === 'string') return `warehouse ${consignee}`;
	const country = isRecord(consignee) ? consignee['countryCode'] : undefined;
	return typeof country === 'string' && country !== '' ? country : undefined;
}

/** How an order was sent, behind its number: `, sent with channel UA to US`. */
function asSent({ product, destination }: SentAs): string {
	const ways = [product && `with channel ${product}`, destination && `to ${destination}`];
	const sent = ways.filter(Boolean).join(' ');
	return sent && `, sent ${sent}`;
}

const LOOK =
	"If that is not clear, look at 'Channel' (may your account use it, and does it go there?), then at the address and at weight and size of the boxes.";

/** What to look at, by state. ASSUMED: TW explains no state but in its name. */
const looks: Readonly<Record<number, string>> = {
	[-1]: `Correct what TW names. ${LOOK} Else ask TW with the request_id`,
	[-2]: `Correct what TW names. ${LOOK} Do that`,
	[-4]: 'Top up the TW account',
	[-6]: "TW found no price. See with 'Quote' which channels take this order, and correct 'Channel', address or boxes",
	[-9]: 'The carrier did not take it. Correct what TW names, or choose another channel',
};

/**
 * The fault for an order in a failing state.
 *
 * @param doubt ASSUMED: none about -1, which TW's forecast page names as the end; nor about another negative state that
 * was seen often enough, of an order that orderInfo does not show
 */
export function orderFailed(
	{ no, requestId, ...as }: OrderHandle,
	{ status, errors }: Pick<OrderCheckData, 'status' | 'errors'>,
	doubt?: Doubt,
): OrderFailedFault {
	const state = stateText(status);
	const said = beyond(state, errorsText(errors));
	const then = {
		unconfirmed: `then run this item again in a few minutes. TW may still complete the order, so it keeps its number until TW has failed it for good.`,
		shown: `then run this item again. TW shows the order and may still complete it, so it keeps its number. If it does not go on, delete it with 'Delete' first.`,
	};
	return new OrderFailedFault(
		`TW did not complete order ${no}${asSent(as)}: ${state} (${status})${said ? `: ${said}` : ''}`,
		`${looks[status] ?? `Correct what TW names. ${LOOK} Do that`}, ${doubt ? then[doubt] : 'then create the order again.'} (request_id ${requestId})`,
		{ code: status, ...(said ? { vendorMessage: said } : {}) },
		doubt === undefined,
	);
}

/** What TW says beyond the words of its state, which it may repeat. */
function beyond(state: string, said: string): string {
	const isNew = (part: string) =>
		part.replace(/^(message|msg|error): /, '').toLowerCase() !== state.toLowerCase();
	return said.split('; ').filter(isNew).join('; ');
}

/** TW's refusal of one order, in a batch that it took. */
export function refusedOrder(no: string, as: SentAs, ...words: unknown[]): RefusedFault {
	const vendorMessage = words.map(errorsText).filter(Boolean).join(': ');
	return asRefusalOf(no, as, new RefusedFault('', '', { vendorMessage }));
}

/** A refusal of the whole request, which held this order alone; any other fault as it is. */
export function asRefusalOf<Given extends Fault>(no: string, as: SentAs, fault: Given): Given {
	if (!(fault instanceof RefusedFault)) return fault;
	const { vendorMessage, code, httpStatus } = fault.facts;
	const words = vendorMessage ?? `without a word (${code ?? httpStatus})`;
	return fault.rephrased(
		`TW refuses order ${no}${asSent(as)}: ${words}`,
		`Correct what TW names and run the node again. ${LOOK}`,
	);
}

/** How a ticket is sent, for messages. */
export const sentAs = (ticket: Record<string, unknown> & { product?: string }): SentAs => ({
	product: ticket.product,
	destination: destinationOf(ticket),
});
