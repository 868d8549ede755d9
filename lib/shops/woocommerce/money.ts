/**
 * What the goods of a WooCommerce order are worth: its lines, less what fees and lines of a negative amount take off.
 * WooCommerce lets plugins give discounts so; a wallet writes what it pays in the same way. Source: "Order - Fee
 * lines properties" and "Line items properties" of its REST API [documented]; plugins read off their published code.
 */
import { difference, fractionOf, placesOf, sum } from '../../base/money';
import {
	amountOf,
	currencyOf,
	isList,
	isNegative,
	listOf,
	type Members,
	pairOf,
	textOf,
} from '../lenient';
import { depositOf, isBalance } from './deposits';

/** Fees that are a payment with a customer's credit: the goods are worth no less. */
const PAYMENTS: ReadonlyArray<(fee: Members) => boolean> = [
	// TeraWallet; only the older ones without the key have the name alone
	(fee) => pairOf(fee['meta_data'], '_legacy_fee_key') === '_via_wallet_partial_payment',
	(fee) => /^via[ _]wallet$/i.test(textOf(fee['name']) ?? ''),
];

/** Whether a line is a discount, or what a customer brought back: nothing of it is sent. */
export const isNoGoods = (line: Members): boolean =>
	isReturned(line) || isNegative(amountOf(line['total']));

const isReturned = (line: Members) => isNegative(amountOf(line['quantity']));

/** What all lines come to as the order has them, less the discounts among its fees; null if unknown. */
export function goodsOf(body: Members): string | null {
	const lines = body['line_items'];
	if (!isList(lines)) return null;
	return sum([...listOf(lines).map((line) => line['total']), ...feeDiscounts(body)]) ?? null;
}

/**
 * What the customer pays for each line, in their order; null for what the order does not say. Discounts that belong to
 * no line lower all goods in proportion, to exactly what is left.
 */
export function valuesOf(body: Members): Array<string | null> {
	const lines = listOf(body['line_items']);
	const goods = lines.filter((line) => !isNoGoods(line)).map((line) => fullValueOf(line, body));
	const onLines = lines.filter((line) => isNoGoods(line) && !isReturned(line));
	const discounts = [...feeDiscounts(body), ...onLines.map((line) => amountOf(line['total']))];
	const paid = discounts.length === 0 ? goods : lowered(goods, discounts, placesIn(goods, body));
	return lines.map((line) => (isNoGoods(line) ? amountOf(line['total']) : paid.shift()!));
}

/** With a balance comes only a part of what the line is worth. */
function fullValueOf(line: Members, body: Members): string | null {
	if (isBalance(body)) return null;
	const deposit = depositOf(line, body);
	return deposit ? deposit.full : amountOf(line['total']);
}

const feeDiscounts = (body: Members): string[] =>
	listOf(body['fee_lines'])
		.filter((fee) => !PAYMENTS.some((isPayment) => isPayment(fee)))
		.flatMap((fee) => amountOf(fee['total']) ?? [])
		.filter(isNegative);

/** Each as its part of the sum up to it, so that nothing is lost in rounding; all null if one is unknown. */
function lowered(
	values: ReadonlyArray<string | null>,
	discounts: ReadonlyArray<string | null>,
	places: number,
): Array<string | null> {
	const all = sum(values);
	const rest = sum([all, ...discounts]);
	if (all === undefined || rest === undefined) return values.map(() => null);
	const left = isNegative(rest) ? '0' : rest;
	let [full, given] = ['0', '0'];
	return values.map((value) => {
		full = sum([full, value])!;
		const before = given;
		given = fractionOf(full, left, all, places) ?? '0';
		return difference(given, before)!;
	});
}

const placesIn = (values: ReadonlyArray<string | null>, body: Members) =>
	Math.max(
		placesOf(currencyOf(body['currency'])),
		...values.map((value) => value?.split('.')[1]?.length ?? 0),
	);
