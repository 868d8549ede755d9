/** List the lines of an invoice: TW's "Query the invoice details" [documented]. */
import * as z from 'zod/v4';
import { number } from '../../../lib/operation/fields/model';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { moneyMembers } from '../../../lib/tw/billing/amounts';
import type { TwClient } from '../../../lib/tw/wire/client';
import { lineMembers } from '../../../lib/tw/wire/members';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { readPages } from '../../../lib/tw/wire/pages';
import { listControls, type ListSettings, wanted } from '../../shared/fields';

export const getLines: Operation<TwClient, { bill_id: number }, ListSettings> = {
	value: 'getLines',
	name: 'Get Lines',
	action: 'Get the lines of an invoice',
	description: 'List what an invoice charges, line by line',
	kind: 'read',
	endpoints: [twEndpoints.getBillInfo.title],
	output: {
		usual: () =>
			lineMembers().extend({ value: z.string(), value_number: z.number(), currency: z.string() }),
	},
	fields: {
		bill_id: number('Invoice ID', {
			grade: 'required',
			whole: true,
			placeholder: 'e.g. 10001',
			description: "The id that 'Get Many' puts out",
		}),
	},
	controls: listControls,
	perform: perItem(async ({ client, limits }, { body, settings }) => {
		const lines = await readPages(client, 'getBillInfo', body, wanted(settings), limits);
		return lines.map((line) => ({
			json: {
				...line,
				...moneyMembers(line, ['value']),
				currency: client.account.currency,
			},
		}));
	}),
};
