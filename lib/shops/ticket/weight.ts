/** Weights in the unit of a TW account. */

/** What a TW account may be kept in; sorted by name, as the editor lists them. */
export const WEIGHT_UNITS = [
	{ name: 'Grams', value: 'g' },
	{ name: 'Kilograms', value: 'kg' },
	{ name: 'Ounces', value: 'oz' },
	{ name: 'Pounds', value: 'lb' },
] as const;

export type WeightUnit = (typeof WEIGHT_UNITS)[number]['value'];

/** Exact by definition. */
const GRAMS: Readonly<Record<WeightUnit, number>> = {
	g: 1,
	kg: 1000,
	oz: 28.349523125,
	lb: 453.59237,
};

export const fromGrams = (grams: number, unit: WeightUnit): number => grams / GRAMS[unit];

/**
 * Rounded up to three decimals, so that a box is never declared lighter than it is, and never weighs
 * nothing.
 */
export function roundedUp(weight: number): number {
	// What floating point adds beyond the ninth decimal is no weight
	const thousandths = Math.ceil(Number((weight * 1000).toFixed(6)));
	return Math.max(thousandths, weight > 0 ? 1 : 0) / 1000;
}
