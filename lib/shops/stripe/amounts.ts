/** Stripe's amounts: integers of a currency's smallest unit. */
import { fromMinor } from '../../base/money';
import { currencyOf } from '../lenient';

/**
 * Stripe's own decimal places, where they are not 2. Source: docs.stripe.com/currencies [documented],
 * "Zero-decimal currencies" and "Three-decimal currencies". They are not those of ISO 4217: Stripe counts
 * ISK, and also UGX although it stands in the list of zero-decimal ones, in hundredths ("Special cases":
 * "to charge 5 UGX, provide an amount value of 500"), and HUF and TWD too, but in payouts.
 */
const PLACES: Readonly<Record<string, number>> = {
	...{ BIF: 0, CLP: 0, DJF: 0, GNF: 0, JPY: 0, KMF: 0, KRW: 0, MGA: 0, PYG: 0, RWF: 0 },
	...{ VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0 },
	...{ BHD: 3, JOD: 3, KWD: 3, OMR: 3, TND: 3 },
};

/** The amount in major units; null where it, or its currency, is not told: then nobody knows the unit. */
export function majorOf(amount: unknown, currency: unknown): string | null {
	const code = currencyOf(currency);
	if (code === null) return null;
	return fromMinor(amount, PLACES[code] ?? 2) ?? null;
}
