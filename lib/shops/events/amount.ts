/** A shop's amounts as TD takes them: with their worth in the currency that TD's region requires. */
import { ValidationFault } from '../../base/errors';
import { compareAmounts, fractionOf, placesOf } from '../../base/money';
import type { TdRegion } from '../../td/regions';
import { amountOf, currencyOf, isNegative, type Members } from '../lenient';

/** The field that asks for exchange rates, as the editor calls it. */
export const RATES_LABEL = 'Exchange Rates';

/** What one unit of a currency is worth, as exact decimal text. */
export type Rates = ReadonlyMap<string, string>;

/**
 * Rates as a person writes them: `EUR 1.08, GBP 1.27`.
 *
 * Each names its currency, so that no amount is ever converted by another one's rate.
 *
 * @returns undefined if a part of the text is no rate
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

/** An amount with everything TD requires. */
export interface Money {
	/** Exact decimal text in major units, not negative. */
	local: string;
	/** ISO 4217. */
	currency: string;
}

/** A shop's amount, or the name of what it lacks, for a sentence. What is negative is no amount that was paid. */
export function moneyOf(
	amount: string | null | undefined,
	currency: string | null,
): Money | 'amount' | 'currency' {
	const local = amountOf(amount);
	if (local === null || isNegative(local)) return 'amount';
	const code = currencyOf(currency);
	return code === null ? 'currency' : { local, currency: code };
}

/** Money that went back: some shops write it with a sign, some without. */
export const moneyBackOf = (amount: string | null, currency: string | null) =>
	moneyOf(amountOf(amount)?.replace(/^-/, ''), currency);

/**
 * An amount in TD's form. The worth in TD's currency is rounded to that currency's places; an amount
 * already in it is left to TD's own rule.
 *
 * @throws {ValidationFault} if the currency is not TD's and has no rate
 */
export function tdAmount({ local, currency }: Money, { region, rates }: Exchange): Members {
	const amount: Members = { currency, amount_local: Number(local) };
	if (currency === region.currency) return amount;
	const rate = rates.get(currency);
	if (rate === undefined) {
		throw new ValidationFault(
			`The shop's amounts are in ${currency}, TD's region ${region.name} requires them in ${region.currency}, and '${RATES_LABEL}' has no rate for ${currency}`,
			RATES_LABEL,
			`Add what one ${currency} is worth in ${region.currency} to this field, such as ${currency} 1.08. Nothing was reported for this item.`,
		);
	}
	const worth = fractionOf(local, rate, '1', placesOf(region.currency));
	return { ...amount, [region.requiredAmount]: Number(worth) };
}
