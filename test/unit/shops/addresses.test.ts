/** What becomes of the parts of an address, case by case. */
import { linesOf, type Parts, partsOf } from '../../../lib/shops/addresses/parts';
import { dialled, phoneOf } from '../../../lib/shops/addresses/phone';
import { shopifyRegion, woocommerceRegion } from '../../../lib/shops/addresses/regions';
import { tidyAddress } from '../../../lib/shops/addresses/tidy';
import { WOOCOMMERCE_REGIONS } from '../../../lib/shops/addresses/woocommerce-regions';

const parts = (some: Partial<Parts>): Parts => ({
	...{ street: null, number: null, suffix: null, district: null, city: null, region: null },
	...some,
});

describe('a house number in a place of its own', () => {
	test.each<[line1: string | null, parts: Partial<Parts>, country: string, right: string | null]>([
		['Rua das Flores', { number: '123' }, 'BR', 'Rua das Flores, 123'],
		['Rua das Flores, 123', { number: '123' }, 'BR', 'Rua das Flores, 123'],
		[
			'Rua das Flores 123 - Centro',
			{ number: '123', district: 'Centro' },
			'BR',
			'Rua das Flores 123 - Centro',
		],
		// The street's own number is none of the house
		['Rua 7 de Setembro', { number: '7' }, 'BR', 'Rua 7 de Setembro, 7'],
		['Rua 1123', { number: '123' }, 'BR', 'Rua 1123, 123'],
		['Rua das Flores', { number: 'S/N' }, 'BR', 'Rua das Flores, S/N'],
		['Siriusdreef', { number: '66', suffix: 'B' }, 'NL', 'Siriusdreef 66 B'],
		['Siriusdreef 66b', { number: '66', suffix: 'B' }, 'NL', 'Siriusdreef 66b'],
		['Siriusdreef 66', { number: '66', suffix: '2' }, 'NL', 'Siriusdreef 66-2'],
		['Musterstr.12', { number: '12' }, 'DE', 'Musterstr.12'],
		[null, { street: 'Siriusdreef', number: '66' }, 'NL', 'Siriusdreef 66'],
		[null, { number: '66' }, 'NL', null],
	])('%j with %j in %s', (line1, some, country, right) => {
		expect(linesOf({ line1, line2: null }, parts(some), country).line1).toBe(right);
	});

	test.each<[line2: string | null, district: string, right: string]>([
		[null, 'Centro', 'Centro'],
		['Apto 4', 'Centro', 'Apto 4, Centro'],
		['Apto 4 - centro', 'Centro', 'Apto 4 - centro'],
		['Recentro', 'Centro', 'Recentro, Centro'],
	])('%j with the district %j', (line2, district, right) => {
		expect(linesOf({ line1: 'Rua X', line2 }, parts({ district }), 'BR').line2).toBe(right);
	});
});

describe('the parts that plugins keep', () => {
	const meta = (...pairs: Array<[key: string, value: unknown]>) =>
		pairs.map(([key, value]) => ({ key, value }));
	test.each<[address: object, meta: unknown, right: Partial<Parts>]>([
		[{ number: '12', neighborhood: 'Centro' }, [], { number: '12', district: 'Centro' }],
		[{ number: '' }, meta(['_shipping_number', '12']), { number: '12' }],
		[{}, meta(['_wc_shipping/postnl/house_number', 66]), { number: '66' }],
		// The other address's, a filler, a number of a parcel, and a plugin's own number of a district
		[{}, meta(['_billing_number', '12']), {}],
		[{ number: '-', house_number_suffix: '.' }, [], {}],
		[{}, meta(['_shipping_number', '00340434161094022115']), {}],
		[{}, meta(['_shipping_number', '1234567890']), {}],
		[{}, meta(['_shipping_distrito', '150101']), {}],
		[{ number: { no: 1 } }, null, {}],
	])('of %j and %j', (address, pairs, right) => {
		expect(partsOf({ ...address }, pairs, 'shipping')).toEqual(parts(right));
	});
});

describe('a region', () => {
	test.each<[state: unknown, country: string | null, right: string | null]>([
		['JP08', 'JP', 'Ibaraki'],
		['TR34', 'TR', 'İstanbul'],
		['CN2', 'CN', 'Beijing'],
		['TH-10', 'TH', 'Bangkok'],
		['GU', 'GT', 'Guatemala'],
		['CL-RM', 'CL', 'RM'],
		['MN', 'US', 'MN'],
		['SP', 'BR', 'SP'],
		// What a customer writes, and what nobody can look up
		['Ibaraki', 'JP', 'Ibaraki'],
		['USA', 'US', 'USA'],
		['CN99', 'CN', null],
		['XX-99', 'XX', 'XX-99'],
		['JP08', null, 'JP08'],
		['', 'JP', null],
	])("WooCommerce's %j in %s is %j", (state, country, right) => {
		expect(woocommerceRegion(state, country)).toBe(right);
	});

	test.each([
		['JP-08', 'Ibaraki', 'Ibaraki'],
		['PE-LIM', 'Lima', 'Lima'],
		['MN', 'Minnesota', 'MN'],
		['KR-11', null, 'KR-11'],
		[null, 'Hamburg', 'Hamburg'],
	])("Shopify's %j beside %j is %j", (code, name, right) => {
		expect(shopifyRegion(code, name)).toBe(right);
	});

	test('has one name for each code', () => {
		for (const regions of Object.values(WOOCOMMERCE_REGIONS)) {
			const all = regions.split('|').map((one) => /^([A-Z\d]+) (\S.*\S)$/.exec(one)?.[1]);
			expect(all).not.toContain(undefined);
			expect(new Set(all).size).toBe(all.length);
		}
	});
});

describe('an address as people fill in a form', () => {
	const whole = {
		...{
			name: 'Ada Example',
			company: 'Example & Co',
			line1: '1 Example Street',
			line2: 'Back door',
		},
		...{ city: 'Sampletown', region: 'MN', postcode: '55401', country: 'US', phone: null },
	};
	test.each([
		[{ name: 'Ada .' }, { name: 'Ada' }],
		[{ name: '- Ada & Otto -' }, { name: 'Ada & Otto' }],
		[{ name: '.' }, { name: null }],
		[{ company: '--' }, { company: null }],
		// Carriers treat companies in their own way
		[{ company: 'Ada Example' }, { company: 'Ada Example' }],
		[{ line2: '1 example street.' }, { line2: null }],
		[{ line2: 'Example & Co' }, { line2: null }],
		[{ line2: 'Sampletown' }, { line2: null }],
		[{ line2: '55401' }, { line2: null }],
		[{ line2: '.' }, { line2: null }],
		[{ line1: null }, { line1: 'Back door', line2: null }],
		[{ line1: '-' }, { line1: 'Back door', line2: null }],
		[
			{ name: '山田 太郎', line2: '２号' },
			{ name: '山田 太郎', line2: '２号' },
		],
	])('%j becomes %j', (given, right) => {
		expect(tidyAddress({ ...whole, ...given })).toEqual({ ...whole, ...given, ...right });
	});
});

describe('a phone number', () => {
	test('is the first with digits, as it is written', () => {
		expect(phoneOf(null, ' - ', 'n/a', '\u202a(0)12 ext. 5\u202c', '+1 612 555 0134')).toBe(
			'(0)12 ext. 5',
		);
		expect(phoneOf('', undefined, {}, '.')).toBeNull();
	});

	test.each<[phone: string, country: string, right: [string, string] | undefined]>([
		['(612) 555-0134', 'US', ['1', '6125550134']],
		['+49 151 23456789', 'US', ['49', '15123456789']],
		['0151 23456789', 'DE', ['49', '15123456789']],
		['090-1234-5678', 'JP', ['81', '9012345678']],
		// Italy keeps the 0
		['06 1234 5678', 'IT', ['39', '0612345678']],
		// Nobody has it, or nobody knows whose it is
		['12345', 'US', undefined],
		['+1 555-555-0100', 'US', undefined],
		['0151 23456789', 'XX', undefined],
	])('%s in %s is %j', (phone, country, right) => {
		const parts = dialled(phone, country);
		expect(parts && [parts.callingCode, parts.national]).toEqual(right);
	});
});
