import type { Clock } from '../clock';
import type { JsonObject } from '../exchange';
import type { LedgerBook } from '../ledger';
import type { Settings } from '../settings';
import type { Account } from './account';
import type { BagStore } from './bag-store';
import type { BillBook } from './bill-book';
import type { OrderBook } from './orders';

/** What TW's endpoints work on. */
export interface TwBackend {
	settings: Settings;
	clock: Clock;
	ledger: LedgerBook;
	account: Account;
	orders: OrderBook;
	bags: BagStore;
	bills: BillBook;
	/** Origin of the label host. */
	labelUrl: string;
}

/** An endpoint: from the request's body to the answer's `data`. It throws a Refusal to say no. */
export type Endpoint = (body: JsonObject, backend: TwBackend) => unknown;
