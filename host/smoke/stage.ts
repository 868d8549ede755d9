import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { newOwner } from '../demo-state';
import { exampleFlow, shopAddress } from '../example-flow';
import { launchN8n, placePackage, signIn, type InstalledHost, type N8n } from '../n8n';
import { freePorts } from '../ports';
import type { Credential, Workflow } from '../rest';
import { saveSandboxCredentials } from '../sandbox-credentials';
import type { ShopAddress } from '../shop';
import type { Shutdown } from '../shutdown';
import { webhookListens } from '../webhook';
import { canary } from './secrets';

/** A fresh n8n with our package, and the sandbox with secrets of its own, thrown away at the end. */
export interface Stage {
	host: InstalledHost;
	n8n: N8n;
	sandbox: Sandbox;
	userFolder: string;
	/** Our package as n8n has it. */
	packageFolder: string;
	/** What the shops sign their webhooks with. */
	shopSecret: string;
	/** The secrets in the credentials. */
	canaries: string[];
}

/** n8n 2.41 forbids calls to this machine then, but for the address of the sandbox; older ones know no such thing. */
const protection = {
	N8N_SSRF_PROTECTION_ENABLED: 'true',
	N8N_SSRF_ALLOWED_IP_RANGES: '127.0.0.1/32',
};

/** Builds the stage; `shutdown` tears it down. */
export async function buildStage(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
): Promise<Stage> {
	const { port, brokerPort, ...props } = await buildProps(host, 'smoke', shutdown);
	const place = { userFolder: props.userFolder, port, brokerPort, settings: protection };
	const n8n = launchN8n(host, place, logFile);
	shutdown.add(() => n8n.process.stop());
	await signIn(n8n, newOwner('smoke@example.com'));
	return { host, n8n, ...props };
}

/** All that stands on a stage before n8n is started: folder, package, ports, sandbox with canaries. */
export async function buildProps(
	host: InstalledHost,
	name: string,
	shutdown: Shutdown,
): Promise<Omit<Stage, 'host' | 'n8n'> & { port: number; brokerPort: number }> {
	const userFolder = mkdtempSync(join(tmpdir(), `n8n-${name}-`));
	shutdown.add(() => rmSync(userFolder, { recursive: true, force: true }));

	const { sandbox, canaries: ofVendors } = await startCanarySandbox(shutdown);
	const shopSecret = canary('shop-secret');
	const canaries = [...ofVendors, shopSecret];
	const packageFolder = placePackage(host, userFolder);
	const [port, brokerPort] = await freePorts([], []);
	return { sandbox, userFolder, packageFolder, shopSecret, canaries, port, brokerPort };
}

/** The sandbox with secrets that occur nowhere else; `shutdown` closes it. */
export async function startCanarySandbox(
	shutdown: Shutdown,
): Promise<Pick<Stage, 'sandbox' | 'canaries'>> {
	const tw = { apiKey: canary('api-key'), apiToken: canary('api-token') };
	const td = { partnerKey: canary('partner-key') };
	const sandbox = await startSandbox({ credentials: { tw, td } });
	shutdown.add(() => sandbox.close());
	return { sandbox, canaries: [...Object.values(tw), ...Object.values(td)] };
}

/** Creates the credentials and the example flow, and waits until its trigger listens. */
export async function buildFlow({ n8n, sandbox, shopSecret }: Stage): Promise<Flow> {
	const credentials = await saveSandboxCredentials(n8n.rest, sandbox, shopSecret);
	const wanted = exampleFlow(credentials);
	const workflow = await n8n.rest.createWorkflow(wanted);
	await n8n.rest.activate(workflow);
	const webhook = shopAddress(n8n.url, wanted)!;
	await webhookListens(webhook);
	return { credentials, workflow, shop: { url: webhook, secret: shopSecret } };
}

export interface Flow {
	credentials: Credential[];
	workflow: Workflow;
	/** Where the example flow's shop delivers to. */
	shop: ShopAddress;
}
