/** Regions as they are understood outside of the shop: a code that post or ISO know, or else the name. */
import { firstText, textOf } from '../lenient';
import { WOOCOMMERCE_REGIONS } from './woocommerce-regions';

/**
 * WooCommerce's `state`: a code of its own list where the country has one, else what the customer wrote.
 *
 * @returns the name where the code is WooCommerce's own or a number; ISO's letters without the country before
 * them; null for a number of WooCommerce's that nobody can look up
 */
export function woocommerceRegion(state: unknown, country: string | null): string | null {
	const region = textOf(state);
	if (region === null || country === null || !/^[A-Z0-9-]{1,7}$/i.test(region)) return region;
	const code = region.toUpperCase();
	const own = code.startsWith(country) ? code.slice(country.length) : code;
	const name = nameOf(code, country) ?? nameOf(own.replace('-', ''), country);
	if (name !== null) return name;
	// `CN33` is no code of ISO's, unlike `XX-33`
	if (own !== code && /^\d+$/.test(own)) return null;
	return /^-[A-Z]{1,3}$/.test(own) ? own.slice(1) : region;
}

function nameOf(code: string, country: string): string | null {
	const regions = WOOCOMMERCE_REGIONS[country]?.split('|') ?? [];
	return regions.find((one) => one.startsWith(`${code} `))?.slice(code.length + 1) ?? null;
}

/**
 * Shopify's region: `province_code` where it is letters, as the post of that country writes it; where it is a number
 * or has the country before it (`JP-08`, `PE-LIM`), the name in `province`.
 */
export function shopifyRegion(code: unknown, name: unknown): string | null {
	return /[\d-]/.test(textOf(code) ?? '') ? firstText(name, code) : firstText(code, name);
}
