/** Fires when the balance falls below a threshold, once each time it does. */
import * as z from 'zod/v4';
import { number } from '../../../lib/fields/field';
import { compareAmounts } from '../../../lib/base/money';
import { readBalance } from '../../../lib/tw/billing/balance';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { assumedCaveat } from '../../shared/tw';
import { type Look, watch } from '../watch';

interface State {
	below: boolean;
	/** If it has changed, the watch starts anew. */
	threshold: number;
}

export const lowBalance = watch({
	value: 'lowBalance',
	name: 'Low Balance',
	description: `When the balance of the account falls below a threshold ${assumedCaveat('getBalance')}`,
	endpoints: [twEndpoints.getBalance.title],
	output: {
		usual: () =>
			z.looseObject({
				balance: z.string(),
				currency: z.string(),
				threshold: z.number(),
				balance_number: z.number(),
			}),
	},
	fields: {
		threshold: number('Threshold', {
			grade: 'required',
			// No account has more, and each cent below it is exact
			min: -1e12,
			max: 1e12,
			placeholder: 'e.g. 500',
			description:
				"In the account's currency. Fires once when the balance falls below it, and again only after it was at or above it; also at the first look if it is below already.",
		}),
	},
	poll: async (look, { threshold }, state?: State) => {
		const item = await balanceItem(look, threshold);
		const below = compareAmounts(item.balance, String(threshold)) < 0;
		const wasBelow = state?.threshold === threshold && state.below;
		return { items: below && !wasBelow ? [item] : [], state: { below, threshold } };
	},
	sample: async (look, { threshold }) => [await balanceItem(look, threshold)],
});

async function balanceItem({ client, limits }: Look, threshold: number) {
	const { balance } = await readBalance(client, limits);
	const { currency } = client.account;
	return { balance, balance_number: Number(balance), threshold, currency };
}
