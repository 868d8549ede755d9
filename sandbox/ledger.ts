import type { Settings } from './settings';

/** Which of the two listeners, that is origins, a request came to. */
export type ListenerName = 'api' | 'label';

/** One request, whatever became of it. */
export interface RequestEntry {
	/** When it had arrived completely, ISO 8601, real time. */
	at: string;
	listener: ListenerName;
	/** Number of the TCP connection it came on; a number is never used twice, also not after a reset. */
	connection: number;
	method: string;
	path: string;
	/** The query as sent: TD's key travels there, and a scan for leaked secrets must know what to look for. */
	query: string;
	headers: Record<string, string>;
	/** TW's `sign` header, for the same scan; null when there was none. */
	sign: string | null;
	body: string;
	/** HTTP status that was sent; null while there is none, or if the request never got one. */
	status: number | null;
	/** Kind of the fault that hit it. */
	fault: string | null;
	/** True when the vendor worked on it, even if the client never heard the answer. */
	processed: boolean;
	/** True when the vendor worked on it and did what was asked. */
	accepted: boolean;
}

/** One accepted forecast ticket: the same `no` accepted twice makes two entries. */
export interface OrderEntry {
	at: string;
	no: string;
	product: string;
	requestId: string;
	boxes: number;
	ticket: unknown;
}

export interface DeletionEntry {
	at: string;
	no: string;
	requestId: string;
}

export interface BagEntry {
	at: string;
	action: 'create' | 'delete' | 'review';
	bagNo: string;
	nos: string[];
}

/** One accepted TD event: a resend makes a second entry, whose `raw` shows whether it is the same bytes. */
export interface EventEntry {
	at: string;
	eventType: string;
	orderId: string;
	eventTime: string;
	sequenceId: string;
	raw: string;
}

/** One request to the label host, with every header, to show that no credential went there. */
export interface DownloadEntry {
	at: string;
	path: string;
	headers: Record<string, string>;
	status: number;
}

/** Counts go on also while recording is off. */
export interface Counts {
	requests: number;
	processed: number;
	accepted: number;
	orders: number;
	deletions: number;
	bagActions: number;
	events: number;
	labelDownloads: number;
}

/** All that the sandbox received and accepted, as plain JSON. */
export interface Ledger {
	/** TCP connections accepted by each listener since the last reset, those of /sandbox/ included. */
	connections: Record<ListenerName, number>;
	counts: Counts;
	requests: RequestEntry[];
	orders: OrderEntry[];
	deletions: DeletionEntry[];
	bags: BagEntry[];
	events: EventEntry[];
	labelDownloads: DownloadEntry[];
}

/** Writes the ledger. It only ever records what has really happened. */
export class LedgerBook {
	private ledger = emptyLedger();
	private lastConnection = 0;

	constructor(private readonly settings: Settings) {}

	/** Counts a connection and gives its number. */
	connection(listener: ListenerName): number {
		this.ledger.connections[listener]++;
		return ++this.lastConnection;
	}

	/** Records a request; the entry is filled in further while it is handled. */
	request(entry: RequestEntry): void {
		this.ledger.counts.requests++;
		if (this.settings.recordRequests) this.ledger.requests.push(entry);
	}

	/** Notes in a request's entry that the vendor has worked on it. */
	processed(entry: RequestEntry, accepted: boolean): void {
		entry.processed = true;
		entry.accepted = accepted;
		this.ledger.counts.processed++;
		if (accepted) this.ledger.counts.accepted++;
	}

	order(entry: OrderEntry): void {
		this.ledger.counts.orders++;
		if (this.settings.recordRequests) this.ledger.orders.push(entry);
	}

	deletion(entry: DeletionEntry): void {
		this.ledger.counts.deletions++;
		if (this.settings.recordRequests) this.ledger.deletions.push(entry);
	}

	bag(entry: BagEntry): void {
		this.ledger.counts.bagActions++;
		if (this.settings.recordRequests) this.ledger.bags.push(entry);
	}

	event(entry: EventEntry): void {
		this.ledger.counts.events++;
		if (this.settings.recordRequests) this.ledger.events.push(entry);
	}

	labelDownload(entry: DownloadEntry): void {
		this.ledger.counts.labelDownloads++;
		if (this.settings.recordRequests) this.ledger.labelDownloads.push(entry);
	}

	get counts(): Readonly<Counts> {
		return this.ledger.counts;
	}

	/** A copy that later requests do not change. */
	snapshot(): Ledger {
		return structuredClone(this.ledger);
	}

	clear(): void {
		this.ledger = emptyLedger();
	}
}

function emptyLedger(): Ledger {
	return {
		connections: { api: 0, label: 0 },
		counts: {
			requests: 0,
			processed: 0,
			accepted: 0,
			orders: 0,
			deletions: 0,
			bagActions: 0,
			events: 0,
			labelDownloads: 0,
		},
		requests: [],
		orders: [],
		deletions: [],
		bags: [],
		events: [],
		labelDownloads: [],
	};
}
