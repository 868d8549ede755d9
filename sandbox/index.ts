import { selfSigned } from './certificate';
import { Clock } from './clock';
import { controlRoutes } from './control';
import {
	credentials as makeCredentials,
	type CredentialOverrides,
	type Credentials,
} from './credentials';
import type { FaultRule } from './faults/rules';
import { FaultSwitch } from './faults/switch';
import { type Counts, LedgerBook, type Ledger } from './ledger';
import { listen } from './listener';
import { changeSettings, defaultSettings, type Settings } from './settings';
import { tdPath } from './td/vendor';
import { makeVendors, type Vendors } from './vendors';

export type { CredentialOverrides } from './credentials';
export type { FaultRule } from './faults/rules';
export type * from './ledger';
export { refusedUrl } from './refused';
export type { Settings } from './settings';

export interface SandboxOptions {
	/** Port of the TW and TD endpoints; 0 (default) = any free one. */
	port?: number;
	/** Port of the label host; 0 (default) = any free one. */
	labelPort?: number;
	host?: string;
	/** Speak HTTPS on both ports, with a self-signed certificate. */
	https?: boolean;
	settings?: Partial<Settings>;
	/** Replacements for single credentials. */
	credentials?: CredentialOverrides;
}

/** Both vendors on this machine. */
export interface Sandbox {
	/** Origin of the TW and TD endpoints. */
	url: string;
	/** Origin of the label files: another one, so that a client's care with credentials can be seen. */
	labelUrl: string;
	tw: Credentials['tw'] & { baseUrl: string };
	td: Credentials['td'] & { baseUrl: string };
	/** The certificate to trust, PEM; undefined when the sandbox speaks plain HTTP. */
	certificate: string | undefined;
	settings: Readonly<Settings>;
	/** Changes settings from now on. */
	set(settings: Partial<Settings>): void;
	/** Adds a fault. Of several that match a request the one added first hits it. */
	fault(rule: FaultRule): void;
	clearFaults(): void;
	/** A copy of the ledger as it is now. */
	ledger(): Ledger;
	/** The ledger's counts alone, which are quicker to get. */
	counts(): Readonly<Counts>;
	/** Lets TW issue an empty bill as of now. Gives its id. */
	issueBill(): number;
	/** Hangs up on all clients of both listeners, which must be idle; waits until both sides are closed. */
	hangUp(): Promise<void>;
	/** Fresh state: no orders, bags, faults and ledger entries, the seeded balance. Settings stay. */
	reset(): void;
	/** Stops at once, busy and kept-alive connections included. */
	close(): Promise<void>;
}

/** Starts the sandbox. When it returns, both listeners are ready. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, labelPort = 0, host = '127.0.0.1', https = false } = options;
	const settings: Settings = { ...defaultSettings };
	changeSettings(settings, options.settings ?? {});

	const certificate = https ? await selfSigned() : undefined;
	const credentials = makeCredentials(options.credentials);
	const clock = new Clock(settings);
	const ledger = new LedgerBook(settings);
	const faults = new FaultSwitch();

	let vendors: Vendors;
	const common = { host, certificate, ledger, faults, clock };
	const label = await listen({
		...common,
		name: 'label',
		port: labelPort,
		vendor: (request) => vendors.label(request),
	});

	const controls = {
		settings,
		set: (changes: unknown) => changeSettings(settings, changes),
		fault: (rule: FaultRule) => faults.add(rule),
		clearFaults: () => faults.clear(),
		ledger: () => ledger.snapshot(),
		counts: () => ledger.counts,
		issueBill: () => vendors.issueBill().id,
		reset: () => {
			faults.clear();
			ledger.clear();
			vendors = makeVendors(settings, credentials, clock, ledger, label.url);
		},
	};
	controls.reset();

	const api = await listen({
		...common,
		name: 'api',
		port,
		vendor: (request) => vendors.api(request),
		routes: (app) => controlRoutes(app, controls, credentials),
	}).catch(async (error: unknown) => {
		await label.close();
		throw error;
	});

	return {
		...controls,
		url: api.url,
		labelUrl: label.url,
		tw: { baseUrl: api.url, ...credentials.tw },
		td: { baseUrl: `${api.url}${tdPath}`, ...credentials.td },
		certificate: certificate?.cert,
		hangUp: async () => {
			await Promise.all([api.hangUp(), label.hangUp()]);
		},
		close: async () => {
			await Promise.all([api.close(), label.close()]);
		},
	};
}
