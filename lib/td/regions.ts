/** TD's nodes: where events go, and in which currency every amount must be given there. */

export interface TdRegion {
	readonly name: string;
	/** Order Status API v3 [documented]. */
	readonly url: string;
	/**
	 * `amount_cny` is required on the China server, `amount_usd` on all others [documented]. That the China
	 * server is the cn host is ASSUMED.
	 */
	readonly requiredAmount: 'amount_usd' | 'amount_cny';
	/** Currency of that amount, ISO 4217. */
	readonly currency: 'USD' | 'CNY';
}

const offChina = { requiredAmount: 'amount_usd', currency: 'USD' } as const;

export const tdRegions = {
	us: { name: 'America', url: 'https://us-event.apitd.net/order/v3', ...offChina },
	cn: {
		name: 'China',
		url: 'https://cn-event.apitd.net/order/v3',
		requiredAmount: 'amount_cny',
		currency: 'CNY',
	},
	de: { name: 'Germany', url: 'https://de-event.apitd.net/order/v3', ...offChina },
	sg: { name: 'Singapore', url: 'https://sg-event.apitd.net/order/v3', ...offChina },
} as const satisfies Record<string, TdRegion>;

export type TdRegionCode = keyof typeof tdRegions;
