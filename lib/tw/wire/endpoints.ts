/** TW's endpoints: the only place that has their paths, and says how sure we are of them. */

export interface TwEndpoint {
	/** The vendor's English menu entry. */
	readonly title: string;
	readonly path: string;
	/**
	 * `documented`: path and request are on a public page of the vendor. `assumed`: the vendor's menu names
	 * the endpoint, but its page is not public; path and body are our working assumption, and the user can
	 * override the path in the credential.
	 */
	readonly source: 'documented' | 'assumed';
}

const documented = (title: string, path: string): TwEndpoint => ({
	title,
	path,
	source: 'documented',
});
const assumed = (title: string, path: string): TwEndpoint => ({ title, path, source: 'assumed' });

export const twEndpoints = {
	getProduct: assumed('Get the list of delivery channels', '/api/v2/getProduct'),
	orderTrial: documented('Order trial calculation', '/api/v2/orderTrial'),
	orderForecast: documented('Order forecast', '/api/v2/orderForecast'),
	orderFee: documented('Prepaid charge', '/api/v2/orderFee'),
	orderCheck: documented('Order status inquiry', '/api/v2/orderCheck'),
	getBill: documented('Invoice Enquiry', '/api/v2/getBill'),
	orderInfo: documented('Order details', '/api/v2/orderInfo'),
	orderLabel: assumed('Download the label', '/api/v2/orderLabel'),
	orderDelete: assumed('Order deleted', '/api/v2/orderDelete'),
	getBillInfo: documented('Query the invoice details', '/api/v2/getBillInfo'),
	getBalance: assumed('Available balance', '/api/v2/getBalance'),
	bagInfo: assumed('Query bag information', '/api/v2/bagInfo'),
	bagDelete: assumed('Delete the package', '/api/v2/bagDelete'),
	bagCreate: assumed('Create a package', '/api/v2/bagCreate'),
	bagReview: assumed('Review bag', '/api/v2/bagReview'),
} as const satisfies Record<string, TwEndpoint>;

export type TwEndpointName = keyof typeof twEndpoints;

/** The endpoints that change nothing; that a trial costs nothing is ASSUMED. */
export const readEndpoints = [
	'getProduct',
	'orderTrial',
	'orderFee',
	'orderCheck',
	'getBill',
	'orderInfo',
	'orderLabel',
	'getBillInfo',
	'getBalance',
	'bagInfo',
] as const satisfies readonly TwEndpointName[];

export type TwReadName = (typeof readEndpoints)[number];

/** The endpoints whose path the user may override. */
export const assumedEndpoints = (Object.keys(twEndpoints) as TwEndpointName[]).filter(
	(name) => twEndpoints[name].source === 'assumed',
);
