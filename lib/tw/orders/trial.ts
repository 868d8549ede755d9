/**
 * Reads the answer of orderTrial, which no public page shows.
 *
 * A price is read only from members whose meaning is documented elsewhere (orderInfo's charges,
 * orderFee's lines); otherwise there is none. It is never worked out from a part.
 */
import { decimalText } from '../../base/money';
import { errorsText } from '../wire/answers';
import { isRecord } from '../../base/json-value';
import { derivedTotal, feeData } from './fees';

export interface TrialReading {
	/** Exact decimal text; null if there is none to read. */
	price: string | null;
	source: 'charge_total_amount' | 'charge_amount' | 'derived' | null;
	/** TW's reason for not taking the order; null if it names none. */
	refused: string | null;
}

/** Members of orderInfo that hold a price [documented there], the one for all of it first. */
const PRICE_MEMBERS = ['charge_total_amount', 'charge_amount'] as const;
const MAX_DEPTH = 3;
const NOTHING: TrialReading = { price: null, source: null, refused: null };

/** The price in one order's answer, in whatever shape it comes: itself, in a list of one, or as a member. */
export function readTrial(answer: unknown): TrialReading {
	return read(answer, MAX_DEPTH) ?? NOTHING;
}

function read(data: unknown, depth: number): TrialReading | undefined {
	if (Array.isArray(data)) return data.length === 1 ? read(data[0], depth - 1) : undefined;
	if (!isRecord(data)) return undefined;
	const refused = errorsText(data['errors']);
	if (refused) return { ...NOTHING, refused };
	for (const source of PRICE_MEMBERS) {
		const price = decimalText(data[source]);
		if (price !== undefined) return { price, source, refused: null };
	}
	const fees = feeData.safeParse(data);
	if (fees.success) {
		const total = derivedTotal(fees.data);
		return total === undefined ? NOTHING : { price: total, source: 'derived', refused: null };
	}
	const inner = Object.values(data).filter((value) => typeof value === 'object' && value !== null);
	return depth > 0 && inner.length === 1 ? read(inner[0], depth - 1) : undefined;
}

/** One order's part of an answer to several: matched by its number, never by position. */
export function answerFor(data: unknown, no: string, depth = MAX_DEPTH): unknown {
	if (Array.isArray(data)) {
		const own = data.filter((entry) => isRecord(entry) && String(entry['no']) === no);
		return own.length === 1 ? own[0] : undefined;
	}
	if (!isRecord(data) || depth === 0) return undefined;
	if (isRecord(data[no])) return data[no];
	const inner = Object.values(data).filter((value) => typeof value === 'object');
	return inner.length === 1 ? answerFor(inner[0], no, depth - 1) : undefined;
}
