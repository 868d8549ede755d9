/** What is said of orders whose sending did not go as it should. */
import {
	CancelledFault,
	type Fault,
	RefusedFault,
	UnfinishedFault,
	UnknownOutcomeFault,
} from '../../base/errors';
import { errorsText } from '../wire/answers';

export const unknownOrder = (no: string, reason: Fault, finding: string) =>
	new UnknownOutcomeFault(
		`It is unknown whether TW created order ${no}: ${reason.message}`,
		`${finding} The order was not sent again. Look up order ${no} with 'Get' in a few minutes: if TW shows it, it exists, and running this item again outputs it. If it stays missing, run this item again with 'If Sent Before' set to Send Again.`,
		reason.facts,
	);

export function refusedOrder(no: string, errors: unknown): Fault {
	const vendorMessage = errorsText(errors);
	return new RefusedFault(
		`TW refuses order ${no}: ${vendorMessage}`,
		'Correct what TW names and run the node again.',
		{ vendorMessage },
	);
}

export const withoutRequestId = (no: string): Fault =>
	new UnknownOutcomeFault(`TW's answer gives no request_id for order ${no}`, '');

/** For an order that is there, whatever the fault says of reading it. */
export const unreadOrder = (no: string, { message, advice, facts }: Fault): Fault =>
	new UnfinishedFault(`Order ${no} exists at TW, but could not be read: ${message}`, advice, facts);

export const notChecked = (no: string, fault: Fault): Fault =>
	fault instanceof CancelledFault
		? fault
		: fault.rephrased(
				`Order ${no} was not sent, because the check for an existing order did not succeed: ${fault.message}`,
			);
