/** Money that went back to the customer. */
import { difference } from '../../base/money';
import {
	countOf,
	currencyOf,
	listOf,
	type Members,
	membersOf,
	textOf,
	unixTimeOf,
} from '../lenient';
import type { Refund } from '../order';
import { majorUnits } from './values';

/** A failed or canceled refund moves no money; nor does one of money that was only held. */
export const movesMoney = (refund: Members): boolean =>
	!['failed', 'canceled'].includes(textOf(refund['status']) ?? '') &&
	refund['reason'] !== 'expired_uncaptured_charge';

export function refundOf(refund: Members): Refund {
	const currency = currencyOf(refund['currency']);
	return {
		id: textOf(refund['id']),
		at: unixTimeOf(refund['created']),
		amount: majorUnits(refund['amount'], currency),
		currency,
		reason: textOf(refund['reason']),
	};
}

/**
 * What was held and never taken. Where less is captured, Stripe refunds the rest by itself, as if it had been paid. Read
 * off woocommerce-gateway-stripe, `is_partial_capture`.
 *
 * @returns in the currency's smallest unit
 */
const releasedOf = (charge: Members): number => {
	const [held, taken] = [countOf(charge['amount']), countOf(charge['amount_captured'])];
	return charge['captured'] === true && held !== null && taken ? Math.max(0, held - taken) : 0;
};

/** Whether some of the money that was taken went back. */
export const wasRefunded = (charge: Members): boolean =>
	(countOf(charge['amount_refunded']) ?? 0) > releasedOf(charge);

/** The refunds that a charge lists, newest first: until API 2022-11-15, or where somebody asked for them. */
export function refundsOf(charge: Members): Refund[] {
	const refunds = listOf(membersOf(charge['refunds'])['data']).filter(movesMoney);
	const released = releasedOf(charge);
	const release = released > 0 && refunds.findLast(({ amount }) => amount === released);
	return refunds.filter((refund) => refund !== release).map(refundOf);
}

/**
 * The newest refund of a charge that lists none. The event has what was refunded before, but not the
 * refund's id.
 *
 * @param before the event's `previous_attributes`
 * @param at when the event happened
 */
export function newestRefundOf(charge: Members, before: Members, at: string | null): Refund {
	const currency = currencyOf(charge['currency']);
	const amount = difference(charge['amount_refunded'], before['amount_refunded']);
	return { id: null, at, amount: majorUnits(amount, currency), currency, reason: null };
}
