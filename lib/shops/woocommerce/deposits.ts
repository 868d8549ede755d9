/**
 * Deposits: what a customer pays of an order at first, and the balance that follows.
 *
 * WooCommerce Deposits and YITH put the deposit alone into the order's lines, and make another order of the balance;
 * its shipment belongs to the first one, unless the balance has a shipping method of its own. Acowebs, Webtomizer and
 * Bayna leave the order whole, and send no webhook for its parts. All of them set the time of payment with the
 * first part. Read off the plugins' published code.
 */
import { compareAmounts, difference, fractionOf, sum } from '../../base/money';
import { amountOf, isZero, listOf, type Members, textOf } from '../lenient';

/** What the plugins that make an order of the balance write into its `created_via`. */
const BALANCES = ['wc_deposits', 'yith_wcdp_balance_order'];

/** WooCommerce Deposits gives an order that was paid so the usual status, although only the deposit is paid. */
const BY_HAND = ['bacs', 'cheque', 'cod'];

/** A line of which the order has only the deposit. */
export interface Deposit {
	/** What all of it is worth, without tax; null if the order does not say. */
	full: string | null;
	/** Whether nothing is left to pay, as far as the line says. */
	isPaid: boolean;
	/** It is sent with the balance's order. */
	isSentLater: boolean;
	plugin: 'woocommerce' | 'yith';
}

/** What a line says of its deposit; null if it was sold without one. */
export function depositOf(line: Members, body: Members): Deposit | null {
	const meta = (name: string) =>
		listOf(line['meta_data']).find(({ key }) => key === name)?.['value'];
	if (isSet(meta('_is_deposit'))) {
		const deferred = firstAmount(meta('_deposit_deferred_discount_ex_tax')) ?? '0';
		const full = difference(meta('_deposit_full_amount_ex_tax'), deferred) ?? null;
		const deposit = firstAmount(meta('_deposit_deposit_amount_ex_tax'), line['total']);
		const isAll = full !== null && deposit !== null && compareAmounts(full, deposit) <= 0;
		const isPaid = isAll || isSet(meta('_remaining_balance_paid'));
		return { full, isPaid, isSentLater: false, plugin: 'woocommerce' };
	}
	const balance = firstAmount(meta('_deposit_balance'));
	if (!isSet(meta('_deposit')) || balance === null) return null;
	// The balance is that of one, with tax where the shop's prices are
	const rest = isZero(amountOf(body['total_tax']))
		? fractionOf(balance, line['quantity'], 1, 2)
		: null;
	return {
		full: sum([line['total'], rest]) ?? null,
		isPaid: isZero(balance),
		isSentLater: isSet(meta('_deposit_balance_shipping')),
		plugin: 'yith',
	};
}

/** Whether its completion, which the plugins make of the last payment, says nothing of a parcel. */
export const hasDeposits = (body: Members): boolean => depositsIn(body).length > 0;

/** Whether more may be owed than the order's status says. */
export const mayOweBalance = (body: Members): boolean =>
	depositsIn(body).some(
		({ isPaid, plugin }) =>
			!isPaid && (plugin === 'yith' || BY_HAND.includes(textOf(body['payment_method']) ?? '')),
	);

const depositsIn = (body: Members): Deposit[] =>
	listOf(body['line_items']).flatMap((line) => depositOf(line, body) ?? []);

/** Whether it is the order of a balance. Its lines are worth more than what is paid with it. */
export const isBalance = (body: Members): boolean =>
	BALANCES.includes(textOf(body['created_via'])?.toLowerCase() ?? '');

/** Whether it only takes the balance of what another order sends. */
export const isBalanceAlone = (body: Members): boolean =>
	isBalance(body) && listOf(body['shipping_lines']).length === 0;

const isSet = (mark: unknown) =>
	mark === true || !['0', 'no', 'false', null].includes(textOf(mark));

const firstAmount = (...values: unknown[]) =>
	values.map(amountOf).find((amount) => amount !== null) ?? null;
