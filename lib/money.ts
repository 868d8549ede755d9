/** Exact decimals. Amounts of money are never added or compared as floating point numbers. */

/** A decimal as an integer and its number of decimal places. */
interface Decimal {
	digits: bigint;
	places: number;
}

const FORM = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** The exact decimal text of an amount that came as text or number; undefined if it is none. */
export function decimalText(amount: unknown): string | undefined {
	const decimal = parse(amount);
	return decimal && format(decimal);
}

/** The sum of amounts as exact decimal text; undefined if one of them is no amount. */
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

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`; both decimal texts. */
export function compareAmounts(a: string, b: string): number {
	const left = parse(a);
	const right = parse(b);
	if (!left || !right) return 0;
	const places = Math.max(left.places, right.places);
	const difference = scaled(left, places) - scaled(right, places);
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function parse(amount: unknown): Decimal | undefined {
	// A JSON number's shortest text is the decimal that the vendor wrote, or one it can't be told from.
	const text = typeof amount === 'number' ? String(amount) : amount;
	const match = typeof text === 'string' ? FORM.exec(text.trim()) : null;
	if (!match) return undefined;
	const [, sign, whole = '0', fraction = ''] = match;
	const digits = BigInt(whole + fraction);
	return { digits: sign === '-' ? -digits : digits, places: fraction.length };
}

const scaled = ({ digits, places }: Decimal, to: number) => digits * 10n ** BigInt(to - places);

function format({ digits, places }: Decimal): string {
	const sign = digits < 0n ? '-' : '';
	const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
	return places === 0 ? sign + text : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`;
}
