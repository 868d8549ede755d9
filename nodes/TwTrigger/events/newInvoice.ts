/** Fires for each new invoice. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { daysAgo, readInvoices } from '../../../lib/tw/billing/invoices';
import { invoiceMembers } from '../../../lib/tw/wire/members';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { type Look, watch } from '../watch';

interface State {
	/** Ids of the period's invoices at the last poll. */
	known: string[];
}

/** How long after its date an invoice may appear is not documented. */
const PERIOD_DAYS = 60;

export const newInvoice = watch({
	value: 'newInvoice',
	name: 'New Invoice',
	description: 'When TW issues an invoice; those that exist at the first look are no news',
	endpoints: [twEndpoints.getBill.title],
	output: {
		usual: () => invoiceMembers().extend({ currency: z.string(), time_zone: z.string() }),
	},
	fields: {},
	poll: async (look, _settings, state?: State) => {
		const invoices = await recentInvoices(look, Number.POSITIVE_INFINITY);
		const known = invoices.map(idOf);
		// The first poll only learns what is there. On n8n 2.41 that is the first one by the clock, since
		// n8n does not keep what the poll at activation has seen.
		const items = state ? invoices.filter((invoice) => !state.known.includes(idOf(invoice))) : [];
		return { items, state: { known } };
	},
	sample: async (look) => await recentInvoices(look, 1),
});

async function recentInvoices(
	{ client, limits, nowMs }: Look,
	wanted: number,
): Promise<IDataObject[]> {
	const { timeZone, currency } = client.account;
	// A day beyond today, since the zone of TW's dates is not documented.
	const [from, to] = [daysAgo(PERIOD_DAYS, nowMs, timeZone), daysAgo(-1, nowMs, timeZone)];
	const invoices = await readInvoices(client, { from, to }, wanted, limits);
	return invoices.map((invoice) => ({ ...invoice, currency, time_zone: timeZone }));
}

/** Documented as a number; kept as text. */
const idOf = ({ id }: IDataObject) => (typeof id === 'number' ? String(id) : JSON.stringify(id));
