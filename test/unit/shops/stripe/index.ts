import type { ShopBody } from '../body';
import * as bodies from './bodies';

const about: ReadonlyArray<[name: keyof typeof bodies, what: string]> = [
	['chargeSucceeded', 'a charge: card and order are in it'],
	['intentSucceeded', "an intent: its charge's id alone"],
	['oldIntentSucceeded', 'until 2022-08-01: the intent lists its charges; BIN enabled'],
	['ancientCharge', '2018: a card as source, no intent'],
	['chargeDeclined', 'the bank declined'],
	['intentDeclined', 'the same told by the intent'],
	['yenInTestMode', 'yen, guest, no address, test mode, device in metadata'],
	['dinars', 'thousandths'],
	['crowns', 'Icelandic crowns, which Stripe counts in hundredths'],
	['heldOnly', 'held, not taken'],
	['takenInPart', 'of what was held a part is taken'],
	['renewal', "a subscription's renewal names no order"],
	['chargeRefunded', 'the second refund of a part, not listed'],
	['oldChargeRefunded', 'until 2022-08-01: all refunds listed, one failed'],
	['heldIsReleased', 'held and given free'],
	['refundCreated', 'the refund itself'],
	['refundOfExpandedCharge', 'a refund on its way, charge expanded'],
	['refundFailed', 'a refund that failed'],
	['disputeCreated', 'a dispute: payment by id alone'],
	['inquiry', 'the bank only asks, charge expanded'],
	['disputeLost', 'a dispute is over'],
	['sessionCompleted', 'a payment link'],
	['sessionUnpaid', 'a payment link, the transfer is awaited'],
	['hardlyAnything', 'all that may be null is'],
	['ownMember', 'the order in a member of its own'],
	['restIntent', 'an intent from the REST API, charge expanded'],
];

/** An object of the REST API has none. */
const topicOf = (body: object) =>
	'type' in body && typeof body.type === 'string' ? body.type : null;

export const stripe: ShopBody[] = about.map(([name, what]) => ({
	name,
	shop: 'stripe',
	topic: topicOf(bodies[name]),
	about: what,
	body: bodies[name],
	...(name === 'ownMember' ? { orderMember: 'shop_ref' } : {}),
}));
