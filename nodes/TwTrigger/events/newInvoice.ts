/** Fires for each new invoice. */
import type { IDataObject } from 'n8n-workflow';
import { daysAgo, invoiceWith, readInvoices } from '../../../lib/tw/billing/invoices';
import { isNoData } from '../../../lib/tw/wire/answers';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { type Look, watch } from '../watch';

interface State {
	/** The invoices seen, by id: the day of the last poll that saw each. A list of ids as earlier versions kept it. */
	known: Record<string, string> | string[];
	/** Older invoices are no news, whenever TW shows them: the day before the first poll. */
	since?: string;
}

/** How long after its date an invoice may appear is not documented. Those seen are remembered for as long. */
const PERIOD_DAYS = 60;

export const newInvoice = watch({
	value: 'newInvoice',
	name: 'New Invoice',
	description: 'When TW issues an invoice; those from before the first look are no news',
	endpoints: [twEndpoints.getBill.title],
	output: {
		usual: () => invoiceWith(),
	},
	fields: {},
	poll: async (look, _settings, state?: State) => {
		const invoices = await recentInvoices(look, Number.POSITIVE_INFINITY);
		const day = (daysBefore: number) =>
			daysAgo(daysBefore, look.nowMs, look.client.account.timeZone);
		// A day of tolerance, since the zone of TW's dates is not documented
		const since = state ? state.since : day(1);
		const seen = new Map(
			Array.isArray(state?.known)
				? state.known.map((id) => [id, day(0)])
				: Object.entries(state?.known ?? {}),
		);
		// The first poll only learns what is there. On n8n 2.41 that is the first one by the clock, since
		// n8n does not keep what the poll at activation has seen.
		const items = invoices.filter((invoice) => {
			const isNew = state && !seen.has(idOf(invoice)) && dayOf(invoice) >= (since ?? '');
			// At once, since TW may list one twice
			seen.set(idOf(invoice), day(0));
			return isNew;
		});
		const kept = [...seen].filter(([, lastSeen]) => lastSeen >= day(PERIOD_DAYS));
		return { items, state: { known: Object.fromEntries(kept), ...(since && { since }) } };
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
	const invoices = await readInvoices(client, { from, to }, wanted, limits).catch(noneIfNoData);
	return invoices.map((invoice) => ({ ...invoice, currency, time_zone: timeZone }));
}

/** An account may have no invoice yet. */
function noneIfNoData(error: unknown): IDataObject[] {
	if (isNoData(error)) return [];
	throw error;
}

/** Documented as a number; an invoice without one is told by all that it holds. */
const idOf = (invoice: IDataObject) => {
	const { id } = invoice;
	return typeof id === 'number' || typeof id === 'string' ? String(id) : JSON.stringify(invoice);
};

/** The day an invoice was made, in whatever form TW writes it; of one that does not tell, none is too old. */
const dayOf = ({ created_at, bill_at, code }: IDataObject): string =>
	[created_at, bill_at, code].map(dayIn).find((day) => day !== undefined) ?? '9999';

function dayIn(at: unknown): string | undefined {
	const text = typeof at === 'string' || typeof at === 'number' ? String(at).trim() : '';
	if (/^[1-9]\d{9}(\d{3})?$/.test(text)) {
		return new Date(Number(text.padEnd(13, '0'))).toISOString().slice(0, 10);
	}
	const yearFirst = /^([1-9]\d{3})([-/.]?)(\d\d)\2(\d\d)(?!\d)/.exec(text);
	if (yearFirst) return `${yearFirst[1]}-${yearFirst[3]}-${yearFirst[4]}`;
	const [, day, month, year] = /^(\d\d)[-/.](\d\d)[-/.]([1-9]\d{3})/.exec(text) ?? [];
	return year && `${year}-${month}-${day}`;
}
