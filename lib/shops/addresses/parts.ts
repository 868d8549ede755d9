/**
 * Parts of an address that plugins ask for in fields of their own, where WooCommerce has only two lines. A parcel
 * without its house number can't be delivered.
 */
import { addressLineOf, firstOf, firstText, type Members, pairOf } from '../lenient';

/**
 * Names of the parts: as members of the address, or in `meta_data` with `_shipping_` or `shipping_` before them.
 * Read off published code: `number` and `neighborhood` of Brazilian Market; `street_name`, `house_number` and
 * `house_number_suffix` of MyParcel, PostNL and WooCommerce NL Postcode Checker; `houseno` of Billie and of the
 * snippet that most shops copy; `distrito` of Ubigeo Peru; `colonia` of PKT1 in Mexico; the others of shops' own checkouts.
 */
const NAMES = {
	street: ['street_name'],
	number: ['number', 'house_number', 'houseno', 'street_number', 'numero'],
	suffix: ['house_number_suffix', 'house_number_addition'],
	district: [
		'neighborhood',
		'neighbourhood',
		'district',
		'distrito',
		'barrio',
		'colonia',
		'comuna',
		'ward',
	],
	city: ['comuna', 'provincia'],
	region: ['departamento'],
} as const;

export type Part = keyof typeof NAMES;

/** The checkout's block keeps them under the plugin's own name. */
const IN_BLOCKS: Partial<Record<Part, readonly string[]>> = {
	number: ['csbmw/number', 'postnl/house_number'],
	district: ['csbmw/neighborhood'],
};

/** Longer than any house number: plugins for tracking use `_shipping_number`, too. */
const LONGEST_NUMBER = 10;

export type Parts = Readonly<Record<Part, string | null>>;

/**
 * The parts of a WooCommerce order's address.
 *
 * @param kind which of the order's two addresses
 */
export function partsOf(address: Members, meta: unknown, kind: 'shipping' | 'billing'): Parts {
	const read = (part: Part) => {
		const names = NAMES[part];
		return firstOf(
			firstText(...names.map((name) => address[name])),
			pairOf(
				meta,
				...names.flatMap((name) => [`_${kind}_${name}`, `${kind}_${name}`]),
				...(IN_BLOCKS[part] ?? []).map((name) => `_wc_${kind}/${name}`),
			),
		);
	};
	return {
		street: read('street'),
		number: shortOf(read('number')),
		suffix: shortOf(read('suffix')),
		district: named(read('district')),
		city: named(read('city')),
		region: named(read('region')),
	};
}

/**
 * The parts of a shipping address that is a copy of the billing address: some plugins have their fields there alone,
 * and WooCommerce copies only its own. Another house number shows that it is no copy.
 */
export function copiedParts(shipping: Parts, billing: Parts): Parts {
	if (shipping.number !== null && shipping.number !== billing.number) return shipping;
	const read = (part: Part) => shipping[part] ?? billing[part];
	return {
		street: read('street'),
		number: read('number'),
		suffix: read('suffix'),
		district: read('district'),
		city: read('city'),
		region: read('region'),
	};
}

/** null for a `-`, and for what is too long to be of a house. */
const shortOf = (text: string | null) =>
	text !== null && text.length <= LONGEST_NUMBER && /^(?!.*\d{6}).*[\p{L}\p{N}]/u.test(text)
		? text
		: null;

/** Some plugins keep their own number of a district in its place, such as `150101`. */
const named = (text: string | null) => (text !== null && /\p{L}/u.test(text) ? text : null);

/** Both lines, with the parts that they lack. */
export function linesOf(
	given: { line1: unknown; line2: unknown },
	{ street, number, suffix, district }: Parts,
	country: string | null,
): { line1: string | null; line2: string | null } {
	const line1 = addressLineOf(given.line1) ?? street;
	return {
		line1: line1 && withNumber(line1, { number, suffix, district }, country),
		line2: withDistrict(addressLineOf(given.line2), line1, district),
	};
}

function withNumber(
	line: string,
	{ number, suffix, district }: Pick<Parts, 'number' | 'suffix' | 'district'>,
	country: string | null,
): string {
	if (number === null) return line;
	const whole = suffix === null ? number : number + betweenNumberAnd(suffix) + suffix;
	if (endsWith(line, whole) || endsWith(line, `${whole} ${district ?? ''}`)) return line;
	if (suffix !== null && endsWith(line, number)) return line + whole.slice(number.length);
	// Brazil's post writes a comma before the number
	return `${line}${country === 'BR' ? ', ' : ' '}${whole}`;
}

/** `66 B`, `66-68`, or as the suffix itself has it. */
const betweenNumberAnd = (suffix: string) =>
	/^\p{L}/u.test(suffix) ? ' ' : /^\p{N}/u.test(suffix) ? '-' : '';

function withDistrict(line2: string | null, line1: string | null, district: string | null) {
	if (district === null || (line1 && endsWith(line1, district))) return line2;
	if (line2 === null) return district;
	return endsWith(line2, district) ? line2 : `${line2}, ${district}`;
}

/** Whether a line ends with these letters and digits, however they are set apart, and they begin there. */
function endsWith(line: string, end: string): boolean {
	const [all, last] = [charactersOf(line), charactersOf(end)];
	const from = all.length - last.length;
	if (from < 0 || last.some((one, at) => one.character !== all[from + at]?.character)) return false;
	const before = all[from - 1];
	// `123` does not begin within `1123`, nor `Centro` within `Recentro`, but `12` does after `Str`
	const first = all[from]!;
	return (
		!before || before.at + 1 < first.at || isDigit(before.character) !== isDigit(first.character)
	);
}

const charactersOf = (text: string) =>
	[...text.toLowerCase()]
		.map((character, at) => ({ character, at }))
		.filter(({ character }) => /[\p{L}\p{N}]/u.test(character));

const isDigit = (character: string) => /\p{N}/u.test(character);
