/** List invoices of a period: TW's "Invoice Enquiry" [documented]. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { ValidationFault } from '../../../lib/base/errors';
import { day } from '../../../lib/operation/fields/model';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { moneyMembers } from '../../../lib/tw/billing/amounts';
import type { TwClient } from '../../../lib/tw/wire/client';
import { invoiceMembers } from '../../../lib/tw/wire/members';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { readPages } from '../../../lib/tw/wire/pages';
import { listControls, type ListSettings, simplify, wanted } from '../../shared/fields';

interface Body extends Record<string, unknown> {
	from: string;
	to: string;
}

const BILL_MONEY = [
	'balance_before',
	'charge_price',
	'refund_price',
	'bill_price',
	'balance_after',
];
const SIMPLE = [
	'id',
	'bill_at',
	'code',
	'charge_price',
	'refund_price',
	'bill_price',
	'bill_price_number',
	'balance_after',
	'balance_after_number',
];

export const getMany: Operation<TwClient, Body, ListSettings & { simplify?: boolean }> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many invoices',
	description: 'List the invoices of a period, with what was charged and the balance',
	kind: 'read',
	endpoints: [twEndpoints.getBill.title],
	output: {
		usual: () =>
			z.looseObject({
				id: z.number(),
				bill_at: z.string(),
				code: z.string(),
				charge_price: z.string(),
				refund_price: z.string(),
				bill_price: z.string(),
				bill_price_number: z.number(),
				balance_after: z.string(),
				balance_after_number: z.number(),
				currency: z.string(),
			}),
		otherwise: () =>
			invoiceMembers().extend({
				...Object.fromEntries(BILL_MONEY.map((member) => [`${member}_number`, z.number()])),
				currency: z.string(),
				time_zone: z.string(),
			}),
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
	},
	controls: { ...listControls, simplify },
	perform: perItem(async ({ client, limits }, { body, settings }) => {
		const { from, to, ...more } = body;
		if (from > to) {
			throw new ValidationFault(`'From' (${from}) is after 'To' (${to})`, 'From');
		}
		// TW's example also sends `date`, but its answer shows that it does not filter.
		const request = { date_scope: [from, to], ...more };
		const bills = await readPages(client, 'getBill', request, wanted(settings), limits);
		return bills.map((bill) => ({
			json: settings.simplify ? simplified(client, bill) : inFull(client, bill),
		}));
	}),
};

function simplified(client: TwClient, bill: Record<string, unknown>): IDataObject {
	const exact = { ...bill, ...moneyMembers(bill, BILL_MONEY) } as IDataObject;
	const picked = Object.fromEntries(SIMPLE.map((member) => [member, exact[member] ?? null]));
	return {
		...picked,
		currency: client.account.currency,
	};
}

/** All that TW sent: its exact texts, and the same amounts as numbers beside them. */
function inFull({ account }: TwClient, bill: Record<string, unknown>): IDataObject {
	return {
		...bill,
		...moneyMembers(bill, BILL_MONEY),
		currency: account.currency,
		time_zone: account.timeZone,
	};
}
