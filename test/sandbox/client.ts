import { createHash } from 'node:crypto';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox';
import { example, TD_SHIP, TW_TICKET_WAREHOUSE } from '../contract/examples';

type JsonObject = Record<string, unknown>;

/** A sandbox for all tests of a file: started before the first of them, stopped after the last. */
export function useSandbox(options?: SandboxOptions): Sandbox {
	const sandbox = {} as Sandbox;
	beforeAll(async () => void Object.assign(sandbox, await startSandbox(options)));
	afterAll(async () => await sandbox.close());
	return sandbox;
}

/** An answer as a test looks at it. */
export interface Reply<Body> {
	status: number;
	headers: Headers;
	body: Body;
}

/** TW's envelope. */
export interface Envelope<Data> {
	code: number;
	message: string;
	data: Data;
}

export interface TdAnswer {
	code: number;
	message: string;
	sequence_id: string;
}

// What the tests read of TW's answers -----------------------------------------------------------

export interface Progress {
	request_id: string;
	no: string;
	errors: unknown;
	status: number;
}

export interface Details {
	tracking_number: string;
	charge_amount: string;
	practical_weight: string;
	removing_at: string | null;
	removed_at: string | null;
	real_removed_at: string | null;
	children: { tracking_number: string }[];
}

export interface FeeLine {
	name: string;
	amount: number;
}

export interface Fees {
	charges: Record<string, FeeLine[]>;
	discounts: FeeLine[];
}

export interface Bill {
	id: number;
	bill_at: string;
	balance_before: string;
	charge_price: string;
	balance_after: string;
	bill_price: string;
}

export interface Page<Entry> {
	current_page: number;
	data: Entry[];
	last_page: number;
	per_page: string;
	total: number;
}

/** The four headers TW demands, for the time `t` in seconds. */
export function signed(
	{ tw }: Sandbox,
	t: string = String(Math.floor(Date.now() / 1000)),
): Record<string, string> {
	const sign = createHash('md5').update(`${tw.apiToken}_${t}`).digest('hex');
	return { key: tw.apiKey, t, username: tw.username, sign };
}

/** Calls a TW endpoint, signed. */
export async function callTw<Data = JsonObject>(
	sandbox: Sandbox,
	endpoint: string,
	body: unknown,
	headers: Record<string, string> = signed(sandbox),
): Promise<Reply<Envelope<Data>>> {
	return read(
		await fetch(`${sandbox.url}/api/v2/${endpoint}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		}),
	);
}

/** Sends an event to TD. */
export async function callTd(
	{ td }: Sandbox,
	event: unknown,
	{ key = td.partnerKey, contentType = 'application/json' } = {},
): Promise<Reply<TdAnswer>> {
	return read(
		await fetch(`${td.baseUrl}?partner_code=${td.partnerCode}&partner_key=${key}`, {
			method: 'POST',
			headers: { 'content-type': contentType },
			body: typeof event === 'string' ? event : JSON.stringify(event),
		}),
	);
}

async function read<Body>(response: Response): Promise<Reply<Body>> {
	const { status, headers } = response;
	return { status, headers, body: (await response.json()) as Body };
}

/** The vendor's own example of a ticket: two boxes to a warehouse. */
export const ticket = (no: string, changes: JsonObject = {}): JsonObject => ({
	...example(TW_TICKET_WAREHOUSE),
	no,
	...changes,
});

/** Forecasts one ticket and gives its request id. */
export async function forecast(
	sandbox: Sandbox,
	no: string,
	changes?: JsonObject,
): Promise<string> {
	const tickets = [ticket(no, changes)];
	const { body } = await callTw<Progress[]>(sandbox, 'orderForecast', { tickets });
	const [progress] = body.data;
	if (!progress) throw new Error(`not accepted: ${body.message}`);
	return progress.request_id;
}

/** The vendor's own example of an event, changed where a test wants it. */
export const shipEvent = (changes: JsonObject = {}): JsonObject => ({
	...example(TD_SHIP),
	...changes,
});
