/** A shop's amounts as TD takes them: with their worth in the currency that TD's region demands. */
import { ValidationFault } from '../base/errors';
import { compareAmounts, fractionOf, placesOf } from '../base/money';
import type { TdRegion } from '../td/regions';
import { amountOf, currencyOf, type Members } from './lenient';

/** The field that asks for exchange rates, as the editor calls it. */
export const RATES_LABEL = 'Exchange Rates to USD or CNY';

/** What one unit of a currency is worth, as exact decimal text. */
export type Rates = ReadonlyMap<string, string>;

/**
 * Rates as a person writes them: `EUR 1.08, GBP 1.27`.
 *
 * Each names its currency, so that no amount is ever converted by another one's rate.
 *
 * @returns undefined if a part of the text is none
 */
export function readRates(text: string): Rates | undefined {
	const rates = new Map<string, string>();
	for (const part of text.split(/[,;\n]/)) {
		if (part.trim() === '') continue;
		const [, currency = '', worth = ''] =
			/^([A-Za-z]{3})[\s:=]+(\d+(?:\.\d+)?)$/.exec(part.trim()) ?? [];
		if (currency === '' || compareAmounts(worth, '0') <= 0) return undefined;
		rates.set(currency.toUpperCase(), worth);
	}
	return rates;
}

/** What converting needs to know. */
export interface Exchange {
	region: TdRegion;
	rates: Rates;
}

/** An amount of which everything is told that TD demands. */
export interface Money {
	/** Exact decimal text in major units, without a sign: shops write what goes back with or without one. */
	local: string;
	/** ISO 4217. */
	currency: string;
}

export const isZero = (amount: string | null): boolean => {
	const local = amountOf(amount);
	return local !== null && compareAmounts(local, '0') === 0;
};

/** An amount of a shop's, or what it lacks: the word for a sentence. */
export function moneyOf(
	amount: string | null | undefined,
	currency: string | null,
): Money | 'amount' | 'currency' {
	const local = amountOf(amount)?.replace(/^[+-]/, '');
	if (local === undefined) return 'amount';
	const code = currencyOf(currency);
	return code === null ? 'currency' : { local, currency: code };
}

/**
 * An amount in TD's form. The worth in TD's currency is rounded to its places; in the same currency it
 * is left to TD's own rule.
 *
 * @throws {ValidationFault} if the currency is not TD's and has no rate
 */
export function tdAmount({ local, currency }: Money, { region, rates }: Exchange): Members {
	const amount: Members = { currency, amount_local: Number(local) };
	if (currency === region.currency) return amount;
	const rate = rates.get(currency);
	if (rate === undefined) throw noRate(currency, region);
	const worth = fractionOf(local, rate, '1', placesOf(region.currency));
	return { ...amount, [region.requiredAmount]: Number(worth) };
}

const noRate = (currency: string, { name, currency: wanted }: TdRegion) =>
	new ValidationFault(
		`The shop's amounts are in ${currency}, TD's region ${name} demands them in ${wanted}, and '${RATES_LABEL}' has no rate for ${currency}`,
		RATES_LABEL,
		`Add what one ${currency} is worth in ${wanted} to this field, such as ${currency} 1.08. Nothing was reported for this item.`,
	);
