/** List the lines of an invoice: TW's "Query the invoice details" [documented]. */
import { number } from '../../../lib/fields/model';
import { type Operation, perItem } from '../../../lib/operation';
import { moneyMembers } from '../../../lib/tw/bill';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { readPages } from '../../../lib/tw/pages';
import { listControls, type ListSettings, wanted } from '../../shared/fields';

export const getLines: Operation<TwClient, { bill_id: number }, ListSettings> = {
	value: 'getLines',
	name: 'Get Lines',
	action: 'Get the lines of an invoice',
	description: 'List what an invoice charges, line by line',
	kind: 'read',
	endpoints: [twEndpoints.getBillInfo.title],
	fields: {
		bill_id: number('Invoice ID', {
			grade: 'required',
			whole: true,
			placeholder: 'e.g. 10001',
			description: "The id that 'Get Many' puts out",
		}),
	},
	controls: listControls,
	perform: perItem(async ({ client, deadline, signal }, { body, settings }) => {
		const limits = { deadline, signal };
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
