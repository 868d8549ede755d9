/** Read the account's balance: TW's "Available balance" [ASSUMED: path and answer]. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { readBalance } from '../../../lib/tw/billing/balance';
import { twOperation } from '../../shared/tw';

export const get = twOperation({
	value: 'get',
	name: 'Get',
	action: 'Get the balance',
	description: 'Read how much is left in your account for labels',
	kind: 'read',
	endpoints: ['getBalance'],
	output: {
		usual: () =>
			z.looseObject({ balance: z.string(), currency: z.string(), balance_number: z.number() }),
	},
	fields: {},
	performEach: async ({ client, limits }, { body }) => {
		const { balance, raw } = await readBalance(client, limits, body);
		const { currency } = client.account;
		const own = { balance, balance_number: Number(balance), currency };
		return [{ json: { ...(raw as IDataObject), ...own } }];
	},
});
