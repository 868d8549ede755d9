/** What people write for a country, and the code that goes out. */
import { countryCode } from '../../../lib/base/countries';

it.each<[string, string | undefined]>([
	['US', 'US'],
	['us', 'US'],
	[' us\u00a0', 'US'],
	['ＵＳ', 'US'],
	['USA', 'US'],
	['usa', 'US'],
	['U.S.A.', 'US'],
	['United States', 'US'],
	['united states of america', 'US'],
	['The United States', 'US'],
	['美国', 'US'],
	['美國', 'US'],
	['Vereinigte Staaten', 'US'],
	['Estados Unidos', 'US'],
	['UK', 'GB'],
	['England', 'GB'],
	['DEU', 'DE'],
	['Germany', 'DE'],
	['Deutschland', 'DE'],
	['österreich', 'AT'],
	['CHN', 'CN'],
	['中国', 'CN'],
	["Cote d'Ivoire", 'CI'],
	['Trinidad & Tobago', 'TT'],
	['Hong Kong', 'HK'],
	['South Korea', 'KR'],
	['Czech Republic', 'CZ'],
	['XK', 'XK'],
	// As Chinese shops, WooCommerce and ISO write them
	['中国台湾', 'TW'],
	['臺灣', 'TW'],
	['中国香港', 'HK'],
	['中國香港', 'HK'],
	['中国澳门', 'MO'],
	['United Kingdom (UK)', 'GB'],
	['United States (US)', 'US'],
	['Großbritannien', 'GB'],
	['Korea, Republic of', 'KR'],
	['Republic of the Congo', 'CG'],
	['Democratic Republic of the Congo', 'CD'],
	['DR Congo', 'CD'],
	// As ISO sorts them, and forms, exports and shops that have their lists from it
	['Iran, Islamic Republic of', 'IR'],
	['Moldova, Republic of', 'MD'],
	['Macedonia, the former Yugoslav Republic of', 'MK'],
	['Taiwan, Province of China', 'TW'],
	['Congo, The Democratic Republic of the', 'CD'],
	['Bolivia (Plurinational State of)', 'BO'],
	["Korea, Democratic People's Republic of", 'KP'],
	['Palestinian Territory, Occupied', 'PS'],
	['Holy See (Vatican City State)', 'VA'],
	['Virgin Islands, U.S.', 'VI'],
	['Virgin Islands, British', 'VG'],
	['Bonaire, Sint Eustatius and Saba', 'BQ'],
	['Bahamas, The', 'BS'],
	['The Gambia', 'GM'],
	['Saint Kitts and Nevis', 'KN'],
	['Saint Vincent and the Grenadines', 'VC'],
	// Shopify's codes and names for parts of one country of ISO's
	['AC', 'SH'],
	['TA', 'SH'],
	['Ascension Island', 'SH'],
	['Tristan da Cunha', 'SH'],
	// As WooCommerce's list has them
	['Congo (Kinshasa)', 'CD'],
	['Saint Martin (French part)', 'MF'],
	['Saint Martin (Dutch part)', 'SX'],
	['South Georgia/Sandwich Islands', 'GS'],
	['Virgin Islands (US)', 'VI'],
	['Belau', 'PW'],
	// In the language of the country
	['Sverige', 'SE'],
	['Polska', 'PL'],
	['Ελλάδα', 'GR'],
	['Vereinigte Staaten von Amerika', 'US'],
	// With its code
	['Australia (AU)', 'AU'],
	['United Arab Emirates (UAE)', 'AE'],
	['United States of America (USA)', 'US'],
	['US - United States', 'US'],
	['United States (CA)', undefined],
	['Mexico - US', undefined],
	['US (or Canada)', undefined],
	['China (Taiwan)', undefined],
	['China (CN) Taiwan', undefined],
	['Republic of China', undefined],
	// Not certain, or none
	['Korea', undefined],
	['Congo', undefined],
	['America', undefined],
	['EU', undefined],
	['XX', undefined],
	['ZZ', undefined],
	['California', undefined],
	['US-CA', undefined],
	['840', undefined],
	['1', undefined],
	['-', undefined],
	['', undefined],
	['USA or Canada', undefined],
])('%j is %s', (written, code) => {
	expect(countryCode(written)).toBe(code);
});

it('each code of ISO has a name in Unicode', () => {
	const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
	const codes = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
		.flatMap((one, _i, all) => all.map((other) => one + other))
		.filter((code) => countryCode(code) === code);
	expect(codes).toHaveLength(250);
	expect(codes.filter((code) => !names.of(code))).toEqual([]);
});
