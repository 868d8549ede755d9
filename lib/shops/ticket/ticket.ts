/** From a shop's order to a TW ticket, or to the reason why nobody waits for one. */
import { boxesOf } from './boxes';
import { consigneeOf, hasAddress } from './consignee';
import { checkFreeGoods } from './customs';
import {
	completeAddress,
	orderFault,
	overrideLabels,
	quotedLabel,
	type TicketChoices,
	USER_MEMBERS,
} from './fields';
import {
	type GivenNothing,
	type GivenOrder,
	orderName,
	orderNumberOf,
	shopName,
} from './given-order';
import { articlesToShip, type Remaining, remainingArticles } from './goods';
import { keysOf } from './lines';
import { type Reason, reasonNotToShip } from './reason';

/** A ticket's members in TW's names, not checked yet. */
export type TicketOrReason = { ticket: Record<string, unknown> } | { reason: Reason };

/**
 * The ticket of an order.
 *
 * It ships what was neither shipped nor refunded and is no gift card or download. It declares what the
 * customer paid for that, in the account's currency. What the user gives goes before what the shop says.
 *
 * @param accountCurrency ISO 4217 code
 * @param part what of it, and under which number, where that is decided already
 * @throws {OrderFault} for what neither the shop nor the user says, {ValidationFault} for what the user contradicts
 */
export function ticketOf(
	given: GivenOrder | GivenNothing,
	choices: TicketChoices,
	accountCurrency: string,
	part?: OrderPart,
): TicketOrReason {
	if ('why' in given) return { reason: { code: 'nothing_happened', text: given.why } };
	const all = remainingArticles(given, choices);
	if (!part) {
		const isAddressed = hasAddress(given, choices);
		const reason = reasonNotToShip(given, choices, all, isAddressed);
		if (reason) return { reason };
		if (!isAddressed) throw withoutAddress(given);
	}
	const remaining = part ? partOf(given, part) : all;
	const no = part ? part.no : numberAtTw(given, choices);
	if (no === undefined) {
		throw orderFault(
			'no_number',
			`${orderName(given)} has no number: ${shopName(given)} gives none`,
			'no',
			`Give ${overrideLabels('no')}.`,
		);
	}
	const consignee = consigneeOf(given, choices);
	const terms = { choices, accountCurrency };
	const boxes = boxesOf(articlesToShip(given, remaining, choices), { given, ...terms });
	checkFreeGoods(boxes, consignee, given, terms);
	const chosen = ['product', ...USER_MEMBERS].filter((member) => choices[member] !== undefined);
	return {
		ticket: {
			no,
			...Object.fromEntries(chosen.map((member) => [member, choices[member]])),
			consignee,
			boxes,
		},
	};
}

const withoutAddress = (given: GivenOrder) =>
	orderFault(
		'no_address',
		`${orderName(given)} is not shipped: it has no shipping address`,
		'shopOrder',
		`${completeAddress(given)}. If such orders need no parcel, set ${quotedLabel('ifMissing')} to Leave Out.`,
	);

/** Some pieces of an order, by line, and their number at TW. */
export interface OrderPart {
	no: string;
	pieces: ReadonlyMap<string, number>;
}

function partOf({ order: { articles } }: GivenOrder, { pieces }: OrderPart): Remaining[] {
	const keys = keysOf(articles);
	return articles.flatMap((article) => {
		const count = pieces.get(keys.get(article)!);
		return count === undefined ? [] : [{ article, pieces: count }];
	});
}

/** The number at TW, or undefined if neither shop nor user give one. */
export function numberAtTw(given: GivenOrder, choices: TicketChoices): string | undefined {
	if (choices.no !== undefined) return choices.no;
	const number = orderNumberOf(given);
	return number === null ? undefined : `${choices.orderNumberPrefix ?? ''}${number}`;
}
