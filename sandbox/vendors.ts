import type { Clock } from './clock';
import type { Credentials } from './credentials';
import type { Vendor, VendorRequest } from './exchange';
import { labelHost } from './label/host';
import type { LedgerBook } from './ledger';
import type { Settings } from './settings';
import { tdPath, tdVendor } from './td/vendor';
import { Account } from './tw/account';
import { BillBook } from './tw/bill-book';
import { type Bill, billSeeds } from './tw/bill-seeds';
import { labelFinder } from './tw/box-labels';
import { OrderBook } from './tw/orders';
import { twVendor } from './tw/vendor';

/** The stand-ins, in the state the vendors are in before the first request. */
export interface Vendors {
	/** TW and TD, told apart by the path. */
	api: Vendor;
	/** The host that serves label files. */
	label: Vendor;
	/** Lets TW issue a bill. */
	issueBill: () => Bill;
}

/** Makes fresh stand-ins: seeded balance and bills, no orders, no bags. */
export function makeVendors(
	settings: Settings,
	credentials: Credentials,
	clock: Clock,
	ledger: LedgerBook,
	labelUrl: string,
): Vendors {
	const account = new Account(billSeeds(Date.now()).balance);
	const orders = new OrderBook(settings, clock, account);
	const bills = new BillBook(clock, account);
	const backend = { settings, clock, ledger, account, orders, bags: new Map(), bills, labelUrl };
	const tw = twVendor(backend, credentials.tw);
	const td = tdVendor(settings, ledger, credentials.td);

	return {
		api: (request) => (isForTd(request) ? td(request) : tw(request)),
		label: labelHost(settings, ledger, labelFinder(orders)),
		issueBill: () => bills.issue(),
	};
}

function isForTd({ method, path }: VendorRequest): boolean {
	return method === 'POST' && path === tdPath;
}
