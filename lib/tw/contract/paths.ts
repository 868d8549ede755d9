/**
 * Other paths that an assumed read may have; asked only if ours is not found.
 *
 * Each is named as TW names its reads (`getBill`, `orderInfo`), so that none can be a write: a path that
 * may review, print or delete something has no place here.
 */
import { twEndpoints, type TwReadName } from '../wire/endpoints';

export const likelyPaths: Readonly<Partial<Record<TwReadName, readonly string[]>>> = {
	getProduct: [
		'/api/v2/getProducts',
		'/api/v2/getProductList',
		'/api/v2/productList',
		'/api/v2/getChannel',
		'/api/v2/getChannelList',
	],
	orderLabel: ['/api/v2/getLabel', '/api/v2/getOrderLabel', '/api/v2/labelInfo'],
	getBalance: [
		'/api/v2/getAvailableBalance',
		'/api/v2/getAccountBalance',
		'/api/v2/balanceInfo',
		'/api/v2/accountInfo',
	],
	bagInfo: ['/api/v2/getBag', '/api/v2/getBagInfo', '/api/v2/bagList', '/api/v2/packageInfo'],
};

/** Where else an endpoint may be, if it is not at `path`. */
export function otherPaths(name: TwReadName, path: string): string[] {
	const { path: own, source } = twEndpoints[name];
	if (source === 'documented') return [];
	return [own, ...(likelyPaths[name] ?? [])].filter((other) => other !== path);
}
