/** Read the account's balance: TW's "Available balance" [ASSUMED: path and answer]. */
import type { IDataObject } from 'n8n-workflow';
import { type Operation, perItem } from '../../../lib/operation';
import { readBalance } from '../../../lib/tw/balance';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { assumedNotice } from '../../shared/tw';

export const get: Operation<TwClient, object> = {
	value: 'get',
	name: 'Get',
	action: 'Get the balance',
	description: 'Read how much is left in your account for labels',
	kind: 'read',
	endpoints: [twEndpoints.getBalance.title],
	notice: assumedNotice('getBalance')!,
	fields: {},
	perform: perItem(async ({ client, deadline, signal }, { body }) => {
		const { balance, raw } = await readBalance(client, { deadline, signal }, body);
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
