/** The fee lines of orderFee [documented] and their total. */
import * as z from 'zod/v4';
import { isEmpty, isRecord, type JsonObject } from '../../base/json';
import type { Limits } from '../../base/limits';
import { sum } from '../../base/money';
import { amount, list, optional, readData } from '../wire/answers';
import type { TwClient } from '../wire/client';
import { twEndpoints } from '../wire/endpoints';
import { type FoundOrder, trackingNumbers } from './info';
import { whyNotKnown } from './why';

const feeLine = z.looseObject({
	name: optional(z.string()),
	amount: optional(amount),
	note: optional(z.string()),
});
type FeeLine = z.infer<typeof feeLine>;

/** Fee lines. What can't be read stays as a line without an amount, so that there is no total of a part. */
const feeLines = z.preprocess(
	(value) => {
		if (isEmpty(value)) return [];
		return typeof value !== 'object' || (isRecord(value) && 'amount' in value) ? [value] : value;
	},
	list
		.transform((lines) => lines.map((line) => (isRecord(line) ? line : {})))
		.pipe(z.array(feeLine)),
);

/** In place of a tracking number, where TW names no box. */
const NO_BOX = '';

/**
 * A map by tracking number [documented]. ASSUMED for answers that are not public, such as the trial's,
 * which knows no tracking number yet: a plain list; and PHP backends send an empty map as one.
 */
const chargesMap = z.preprocess(
	(value) => (Array.isArray(value) ? { [NO_BOX]: value } : value),
	z.record(z.string(), feeLines),
);

export const feeData = z.looseObject({
	/** Without them there is no total. */
	discounts: feeLines.optional(),
	charges: chargesMap,
	additionally_proportion: z.unknown(),
	additionally_amount: z.unknown(),
});
export type FeeData = z.infer<typeof feeData>;

/**
 * The fees of a parcel.
 *
 * @param body names it by the carrier's `tracking_number`; members the user added go along
 * @param isSplit one item for each line; else one for all, with the total
 */
export async function readFees(
	{ client, limits }: { client: TwClient; limits: Limits },
	body: { tracking_number: string },
	isSplit: boolean,
): Promise<JsonObject[]> {
	const { tracking_number } = body;
	const data = await client
		.call('orderFee', body, { rule: 'read', ...limits })
		.catch(async (error: unknown) => {
			const asked = { given: tracking_number, field: 'Tracking Number' };
			throw await whyNotKnown({ client, limits }, 'orderFee', asked, error, trackingAdvice);
		});
	const fees = readData(feeData, data, twEndpoints.orderFee.title);
	const { currency } = client.account;
	if (isSplit) return linesOf(fees).map((line) => ({ tracking_number, ...line, currency }));
	const total = derivedTotal(fees) ?? null;
	const total_number = total === null ? null : Number(total);
	const own = { total, total_number, total_is_derived: true, currency };
	return [{ tracking_number, ...(data as JsonObject), ...own }];
}

function trackingAdvice({ info }: FoundOrder): string {
	const [number] = trackingNumbers(info);
	return number
		? `Its tracking number is ${number}. Map the tracking_number that 'Create' or 'Get' puts out.`
		: 'That order is not completed yet, so it has no tracking number and no charges.';
}

/** All lines in TW's order: charges box by box, discounts, then the surcharge if there is one. */
function linesOf({ charges, discounts = [], additionally_amount: extra }: FeeData) {
	const line = (
		kind: 'charge' | 'discount' | 'surcharge',
		box_tracking_number: string | null,
		{ name = null, amount: one = null, note = null }: FeeLine,
	) => ({ box_tracking_number, kind, name, amount: one, note });
	return [
		...Object.entries(charges).flatMap(([box, fees]) =>
			fees.map((fee) => line('charge', box || null, fee)),
		),
		...discounts.map((fee) => line('discount', null, fee)),
		...(isEmpty(extra) || Number(extra) === 0
			? []
			: [
					line('surcharge', null, {
						name: 'additionally_amount',
						amount: amount.safeParse(extra).data,
					}),
				]),
	];
}

/**
 * The net total: all charges, discounts (negative) and the surcharge.
 *
 * ASSUMED: TW names no total; this sum is our reading.
 *
 * @returns exact decimal text; undefined if there is no charge, or something can't be read that may hold an amount
 */
export function derivedTotal(fees: FeeData): string | undefined {
	const lines = linesOf(fees);
	const { additionally_proportion: rate, additionally_amount: extra } = fees;
	// A surcharge whose amount is not told
	if (!isEmpty(rate) && Number(rate) !== 0 && isEmpty(extra)) return undefined;
	if (!fees.discounts || !lines.some(({ kind }) => kind === 'charge')) return undefined;
	return sum(lines.map(({ amount: one }) => one));
}
