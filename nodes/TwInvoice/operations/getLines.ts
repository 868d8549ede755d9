/** List the lines of an invoice: TW's "Query the invoice details" [documented]. */
import * as z from 'zod/v4';
import { number } from '../../../lib/fields/field';
import { moneyMembers } from '../../../lib/tw/billing/invoices';
import { lineMembers } from '../../../lib/tw/wire/members';
import { readPages } from '../../../lib/tw/wire/pages';
import { listControls, wanted } from '../../shared/fields';
import { twOperation } from '../../shared/tw';

export const getLines = twOperation({
	value: 'getLines',
	name: 'Get Lines',
	action: 'Get the lines of an invoice',
	description: 'List what an invoice charges, line by line',
	kind: 'read',
	endpoints: ['getBillInfo'],
	output: {
		usual: () => {
			const { no, tracking_number, fee_name, product_name, main_number, id } = lineMembers().shape;
			return z.looseObject({
				...{ no, tracking_number, fee_name, value: z.string(), currency: z.string() },
				...{ product_name, main_number, value_number: z.number(), id },
			});
		},
	},
	fields: {
		bill_id: number('Invoice ID', {
			grade: 'required',
			whole: true,
			max: Number.MAX_SAFE_INTEGER,
			initial: '={{ $json.id }}',
			placeholder: 'e.g. 10001',
			description: "The id that 'Get Many' puts out",
		}),
	},
	controls: listControls,
	performEach: async ({ client, limits }, { body, settings }) => {
		const { currency } = client.account;
		const lines = await readPages(client, 'getBillInfo', body, wanted(settings), limits);
		return lines.map((line) => ({ json: { ...line, ...moneyMembers(line, ['value']), currency } }));
	},
});
