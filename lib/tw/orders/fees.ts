/** The fee lines of orderFee [documented] and what can be derived from them. */
import * as z from 'zod/v4';
import { sum } from '../../base/money';

const amount = z.union([z.number(), z.string()]);
const feeLine = z.looseObject({ name: z.string().nullish(), amount, note: z.string().nullish() });
type FeeLine = z.infer<typeof feeLine>;

/** Stands for "no box told" among the tracking numbers. */
const NO_BOX = '';

/**
 * A map by tracking number [documented]. ASSUMED for answers that are not public, such as the trial's,
 * which knows no tracking number yet: a plain list; and PHP backends send an empty map as one.
 */
const chargesMap = z.preprocess(
	(value) => (Array.isArray(value) ? { [NO_BOX]: value } : value),
	z.record(z.string(), z.array(feeLine)),
);

export const feeData = z.looseObject({
	discounts: z.array(feeLine),
	charges: chargesMap,
	additionally_proportion: amount.nullish(),
	additionally_amount: amount.nullish(),
});
export type FeeData = z.infer<typeof feeData>;

/** One line of a bill of fees, whose box it belongs to told where TW tells it. */
export interface FlatFee {
	kind: 'charge' | 'discount' | 'surcharge';
	tracking_number: string | null;
	name: string | null;
	amount: string | number;
	note: string | null;
}

/** All lines in TW's order: charges box by box, discounts, then the surcharge if there is one. */
export function flattenFees({
	charges,
	discounts,
	additionally_amount: extra,
}: FeeData): FlatFee[] {
	const line = (kind: FlatFee['kind'], box: string | null, fee: FeeLine): FlatFee => ({
		kind,
		tracking_number: box,
		name: fee.name ?? null,
		amount: fee.amount,
		note: fee.note ?? null,
	});
	return [
		...Object.entries(charges).flatMap(([box, fees]) =>
			fees.map((fee) => line('charge', box || null, fee)),
		),
		...discounts.map((fee) => line('discount', null, fee)),
		...(extra !== null && extra !== undefined && Number(extra) !== 0
			? [line('surcharge', null, { name: 'additionally_amount', amount: extra })]
			: []),
	];
}

/**
 * The net total: all charges, discounts (negative) and the surcharge.
 *
 * ASSUMED: TW names no total; this sum is our reading.
 *
 * @returns exact decimal text; undefined if there is no charge or an amount can't be read
 */
export function derivedTotal(fees: FeeData): string | undefined {
	const lines = flattenFees(fees);
	if (!lines.some(({ kind }) => kind === 'charge')) return undefined;
	return sum(lines.map(({ amount: one }) => one));
}
