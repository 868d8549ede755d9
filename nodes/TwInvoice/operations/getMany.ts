/** List invoices of a period: TW's "Invoice Enquiry" [documented]. */
import * as z from 'zod/v4';
import { day } from '../../../lib/fields/field';
import {
	fullInvoice,
	invoiceWith,
	INVOICE_MONEY,
	readInvoices,
	simpleInvoice,
} from '../../../lib/tw/billing/invoices';
import { listControls, simplify, wanted } from '../../shared/fields';
import { twOperation } from '../../shared/tw';

export const getMany = twOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many invoices',
	description: 'List the invoices of a period, with what was charged and the balance',
	kind: 'read',
	endpoints: ['getBill'],
	output: {
		usual: () =>
			z.looseObject({
				code: z.string(),
				bill_at: z.string(),
				bill_price: z.string(),
				currency: z.string(),
				balance_after: z.string(),
				charge_price: z.string(),
				refund_price: z.string(),
				bill_price_number: z.number(),
				balance_after_number: z.number(),
				id: z.number(),
			}),
		otherwise: () =>
			invoiceWith(
				Object.fromEntries(INVOICE_MONEY.map((member) => [`${member}_number`, z.number()])),
			),
	},
	fields: {
		from: day('From', {
			grade: 'required',
			initial: '={{ $now.minus({ days: 30 }).toISODate() }}',
			description: 'First day, in the time zone of TW',
		}),
		to: day('To', {
			grade: 'required',
			initial: '={{ $now.toISODate() }}',
			description: 'Last day, in the time zone of TW',
		}),
		date: day('Date', {
			description:
				"A day of its own, sent beside 'From' and 'To' as TW's example does. What it changes is not documented: in the example it does not narrow the period.",
		}),
	},
	controls: { ...listControls, simplify },
	performEach: async ({ client, limits }, { body, settings }) => {
		const invoices = await readInvoices(client, body, wanted(settings), limits);
		const shown = settings.simplify ? simpleInvoice : fullInvoice;
		return invoices.map((invoice) => ({ json: shown(client.account, invoice) }));
	},
});
