/** From a shop's order to a TW ticket, or to the reason why nothing is to be shipped. */
import { boxesOf } from './boxes';
import { consigneeOf, hasAddress } from './consignee';
import { type Choices, FREE_MEMBERS } from './form';
import { type Given, numberOf, orderName, shopName } from './given';
import { goingOf, leftOf } from './goods';
import { type Reason, reasonOf } from './reason';
import { overriding, problem } from './words';

/** A ticket's members in TW's names, not checked yet. */
export type Made = { ticket: Record<string, unknown> } | { reason: Reason };

/**
 * What TW is to be told of an order.
 *
 * Shipped is what was neither shipped nor refunded and is no gift card or download. Declared is what
 * the customer paid for that, in the account's currency. Whatever the user gives goes before what the
 * shop says.
 *
 * @param accountCurrency ISO 4217 code
 * @throws {ValidationFault} for what neither the shop nor the user tells
 */
export function ticketOf(given: Given, choices: Choices, accountCurrency: string): Made {
	const left = leftOf(given, choices);
	const reason = reasonOf(given, choices, left, hasAddress(given, choices));
	if (reason) return { reason };
	return {
		ticket: {
			no: ticketNumber(given, choices),
			...(choices.product === undefined ? {} : { product: choices.product }),
			...asGiven(choices),
			consignee: consigneeOf(given, choices),
			boxes: boxesOf(goingOf(given, left, choices), { given, choices, accountCurrency }),
		},
	};
}

/** The number at TW, or undefined if there is none to give. */
export function numberAtTw(given: Given, choices: Choices): string | undefined {
	if (choices.no !== undefined) return choices.no;
	const number = numberOf(given);
	return number === null ? undefined : `${choices.orderNumberPrefix ?? ''}${number}`;
}

function ticketNumber(given: Given, choices: Choices): string {
	const no = numberAtTw(given, choices);
	if (no !== undefined) return no;
	throw problem(
		`${orderName(given)} has no number that ${shopName(given)} tells`,
		'no',
		`Give ${overriding('no')}.`,
	);
}

/** The members of a ticket that the user gives, and no shop tells. */
function asGiven(choices: Choices): Record<string, unknown> {
	const members: Record<string, unknown> = {};
	for (const member of FREE_MEMBERS) {
		if (choices[member] !== undefined) members[member] = choices[member];
	}
	return members;
}
