/** Read the account's balance: TW's "Available balance" [ASSUMED: path and answer]. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { readBalance } from '../../../lib/tw/billing/balance';
import type { TwClient } from '../../../lib/tw/wire/client';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { assumedNotice } from '../../shared/tw';

export const get: Operation<TwClient, object> = {
	value: 'get',
	name: 'Get',
	action: 'Get the balance',
	description: 'Read how much is left in your account for labels',
	kind: 'read',
	endpoints: [twEndpoints.getBalance.title],
	notice: assumedNotice('getBalance')!,
	output: {
		usual: () =>
			z.looseObject({ balance: z.string(), balance_number: z.number(), currency: z.string() }),
	},
	fields: {},
	perform: perItem(async ({ client, limits }, { body }) => {
		const { balance, raw } = await readBalance(client, limits, body);
		return [
			{
				json: {
					...(raw as IDataObject),
					balance,
					balance_number: Number(balance),
					currency: client.account.currency,
				},
			},
		];
	}),
};
