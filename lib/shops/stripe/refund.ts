/** Money that went back to the customer. */
import { difference } from '../../base/money';
import { currencyOf, listOf, type Members, membersOf, secondsOf, textOf } from '../lenient';
import type { Refund } from '../order';
import { majorOf } from './amounts';

/** A refund that has come to nothing moved no money; nor does one of money that was only held. */
export const movesMoney = (refund: Members): boolean =>
	!['failed', 'canceled'].includes(textOf(refund['status']) ?? '') &&
	refund['reason'] !== 'expired_uncaptured_charge';

export function refundOf(refund: Members): Refund {
	const currency = currencyOf(refund['currency']);
	return {
		id: textOf(refund['id']),
		at: secondsOf(refund['created']),
		amount: majorOf(refund['amount'], currency),
		currency,
		reason: textOf(refund['reason']),
	};
}

/** The refunds that a charge lists itself, as until API 2022-11-15, or where somebody asked for them. */
export const refundsOf = (charge: Members): Refund[] =>
	listOf(membersOf(charge['refunds'])['data']).filter(movesMoney).map(refundOf);

/**
 * The newest refund of a charge that lists none. The event tells what was refunded before it, but not the
 * refund's id.
 *
 * @param before `previous_attributes` of the event
 * @param at when the event happened
 */
export function newestRefundOf(charge: Members, before: Members, at: string | null): Refund {
	const currency = currencyOf(charge['currency']);
	const amount = difference(charge['amount_refunded'], before['amount_refunded']);
	return { id: null, at, amount: majorOf(amount, currency), currency, reason: null };
}
