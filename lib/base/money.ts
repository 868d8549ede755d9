/** Exact decimals: amounts of money are never added or compared as floating point numbers. */

/** A decimal as an integer and its number of decimal places. */
interface Decimal {
	digits: bigint;
	places: number;
}

const FORM = /^([+-]?)(\d+)(?:\.(\d+))?$/;
/** The form that we write; most amounts come in it. */
const AS_WRITTEN = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** What is longer is no amount: a million digits take more than a second. */
const LONGEST = 100;

/** The exact decimal text of an amount in text or number; undefined if it is none. */
export function decimalText(amount: unknown): string | undefined {
	if (typeof amount === 'string' && amount.length <= LONGEST && AS_WRITTEN.test(amount))
		return amount;
	const decimal = parse(amount);
	return decimal && format(decimal);
}

/** The exact sum as decimal text; undefined if one of them is no amount. */
export function sum(amounts: readonly unknown[]): string | undefined {
	let total: Decimal = { digits: 0n, places: 0 };
	for (const amount of amounts) {
		const next = parse(amount);
		if (!next) return undefined;
		const places = Math.max(total.places, next.places);
		total = { digits: scaled(total, places) + scaled(next, places), places };
	}
	return format(total);
}

/** Exactly `a` minus `b` as decimal text; undefined if one of them is no amount. */
export function difference(a: unknown, b: unknown): string | undefined {
	const minus = parse(b);
	return minus && sum([a, format({ ...minus, digits: -minus.digits })]);
}

/**
 * An amount times a fraction, rounded half away from zero; undefined if something is no amount, or the
 * denominator is 0.
 *
 * @param by numerator, e.g. the quantity still to be shipped, or an exchange rate
 * @param of denominator, e.g. the quantity that was ordered
 * @param places decimal places of the result
 */
export function fractionOf(
	amount: unknown,
	by: unknown,
	of: unknown,
	places: number,
): string | undefined {
	const [value, numerator, denominator] = [parse(amount), parse(by), parse(of)];
	if (!value || !numerator || !denominator || denominator.digits === 0n) return undefined;
	const shift = places + denominator.places - value.places - numerator.places;
	const over = value.digits * numerator.digits * (shift > 0 ? 10n ** BigInt(shift) : 1n);
	const under = denominator.digits * (shift < 0 ? 10n ** BigInt(-shift) : 1n);
	return format({ digits: halfAway(over, under), places });
}

/**
 * Splits an amount into equal parts with exactly its sum: the first parts are one smallest unit larger
 * where it can't be divided.
 *
 * @param places decimal places of the parts, to which the amount itself is rounded
 * @returns each size and how many parts have it, the larger first; undefined if it is no amount
 */
export function inParts(
	amount: unknown,
	parts: number,
	places: number,
): Array<{ amount: string; parts: number }> | undefined {
	const whole = parse(fractionOf(amount, 1, 1, places));
	if (!whole || !Number.isSafeInteger(parts) || parts < 1 || whole.digits < 0n) return undefined;
	const size = whole.digits / BigInt(parts);
	const larger = Number(whole.digits % BigInt(parts));
	return [
		{ amount: format({ digits: size + 1n, places }), parts: larger },
		{ amount: format({ digits: size, places }), parts: parts - larger },
	].filter((one) => one.parts > 0);
}

/**
 * An amount in a currency's smallest unit, converted to major units.
 *
 * @param places decimal places of the currency, e.g. 2 for USD, 0 for JPY
 */
export function fromMinor(amount: unknown, places: number): string | undefined {
	const minor = parse(amount);
	return minor?.places === 0 ? format({ digits: minor.digits, places }) : undefined;
}

/** Currencies without two decimal places, from ISO 4217's own list; `Intl` rounds some others as well. */
const PLACES = new Map(
	Object.entries({
		0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
		3: 'BHD IQD JOD KWD LYD OMR TND',
		4: 'CLF UYW',
	}).flatMap(([places, codes]) => codes.split(' ').map((code) => [code, Number(places)] as const)),
);

/** Decimal places of a currency (ISO 4217); 2 for an unknown code. */
export const placesOf = (currency: string | null): number =>
	PLACES.get((currency ?? '').toUpperCase()) ?? 2;

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`; both decimal texts. */
export function compareAmounts(a: string, b: string): number {
	const [one, other] = [parse(a), parse(b)];
	if (!one || !other) return 0;
	const places = Math.max(one.places, other.places);
	const difference = scaled(one, places) - scaled(other, places);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function parse(amount: unknown): Decimal | undefined {
	// A number's shortest text is the decimal that the vendor wrote, or one that equals it as a number
	const text = typeof amount === 'number' ? String(amount) : amount;
	const form = typeof text === 'string' ? text.trim() : '';
	const match = form.length <= LONGEST ? FORM.exec(form) : null;
	if (!match) return undefined;
	const [, sign, whole = '0', fraction = ''] = match;
	const digits = BigInt(whole + fraction);
	return { digits: sign === '-' ? -digits : digits, places: fraction.length };
}

/** Integer division, rounded half away from zero. */
function halfAway(over: bigint, under: bigint): bigint {
	const isNegative = over < 0n !== under < 0n;
	const [top, bottom] = [over < 0n ? -over : over, under < 0n ? -under : under];
	const rounded = (top * 2n + bottom) / (bottom * 2n);
	return isNegative ? -rounded : rounded;
}

const scaled = ({ digits, places }: Decimal, to: number) =>
	to === places ? digits : digits * 10n ** BigInt(to - places);

function format({ digits, places }: Decimal): string {
	const sign = digits < 0n ? '-' : '';
	const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
	return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}
