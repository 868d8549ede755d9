import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newOwner } from '../host/demo-state';
import {
	type ChainNode,
	createFlow,
	executionIds,
	type HostFlow,
	nextExecution,
	type NodeRun,
	post,
} from '../host/faults/flow';
import { type InstalledHost, launchN8n, type N8n, placePackage, signIn } from '../host/n8n';
import { freePorts } from '../host/ports';
import type { Credential, N8nRest } from '../host/rest';
import type { Shutdown } from '../host/shutdown';
import { orders } from '../test/unit/shops/shopify/orders';
import type { Vendor } from './vendor-process';

/** A fresh n8n with our package and the benchmark's nodes, and credentials for the vendors. */
export interface BenchStage {
	n8n: N8n;
	userFolder: string;
	credentials: Credential[];
	/** Credentials for the same vendors over the slow link. */
	slowCredentials: Credential[];
}

/** @param settings further environment variables of n8n */
export async function buildStage(
	host: InstalledHost,
	vendor: Vendor,
	shutdown: Shutdown,
	settings: Record<string, string> = {},
): Promise<BenchStage> {
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-bench-'));
	shutdown.add(() => rmSync(userFolder, { recursive: true, force: true }));
	const ours = placePackage(host, userFolder);
	const bench = join(dirname(ours), 'n8n-nodes-bench');
	cpSync(join(__dirname, 'probe'), bench, { recursive: true });
	writeFileSync(join(bench, 'nodes', 'shop-order.json'), JSON.stringify(orders[0]!.body));

	const [port, brokerPort] = await freePorts([], []);
	const logFile = join(host.logDir, `bench-${process.pid}.log`);
	const n8n = launchN8n(host, { userFolder, port, brokerPort, settings }, logFile);
	shutdown.add(() => n8n.process.stop());
	await signIn(n8n, newOwner('bench@example.com'));
	return {
		n8n,
		userFolder,
		credentials: await saveCredentials(n8n.rest, 'Near', vendor.origin),
		slowCredentials: await saveCredentials(n8n.rest, 'Far', vendor.slowOrigin),
	};
}

async function saveCredentials(rest: N8nRest, name: string, origin: string): Promise<Credential[]> {
	return [
		await rest.saveCredential(`${name} TW`, 'twApi', {
			baseUrl: origin,
			username: 'TW0001',
			apiKey: 'bench-api-key',
			apiToken: 'bench-api-token',
			ignoreSslIssues: true,
		}),
		await rest.saveCredential(`${name} TD`, 'tdApi', {
			region: 'sg',
			baseUrl: origin,
			partnerCode: 'bench',
			partnerKey: 'bench-partner-key',
			channel: 'web',
			ignoreSslIssues: true,
		}),
	];
}

/** A flow that makes items and hands them to the node that is measured. */
export interface MeasuredFlow {
	/** Runs it once; gives back every run of the measured node. */
	run: () => Promise<NodeRun[]>;
}

/** Asked seldom, since asking takes its share of the host that is measured. */
const PATIENCE = { seconds: 900, every: 500 };

/**
 * @param chain the measured node last
 * @param isOfShop whether each item is an order as a shop sends it
 */
export async function measuredFlow(
	{ n8n: { rest } }: BenchStage,
	name: string,
	items: number,
	chain: ChainNode[],
	credentials: Credential[],
	isOfShop = false,
): Promise<MeasuredFlow> {
	const nodes = [itemsNode(items, isOfShop), ...chain];
	const flow: HostFlow = await createFlow(rest, name, nodes, credentials, 'at once');
	const measured = chain.at(-1)!.name;
	return {
		run: async () => {
			const known = await executionIds(rest, flow);
			await post(flow.webhook, {});
			const { failure, runs } = await nextExecution(rest, flow, known, PATIENCE);
			if (failure) throw new Error(`${name}: ${failure.message} ${failure.description}`);
			return runs[measured]!;
		},
	};
}

const itemsNode = (count: number, isOfShop: boolean): ChainNode => ({
	name: 'Items',
	type: 'n8n-nodes-bench.benchItems',
	typeVersion: 1,
	parameters: { count, of: isOfShop ? 'shop' : 'bench' },
});

/** n8n's own figure, summed over the node's runs, in milliseconds. */
export function executionTime(runs: NodeRun[]): number {
	return runs.reduce((sum, run) => sum + run.executionTime, 0);
}

/** From the start of the node's first run to the end of its last, in milliseconds. */
export function wholeTime(runs: NodeRun[]): number {
	const ends = runs.map((run) => run.startTime + run.executionTime);
	return Math.max(...ends) - Math.min(...runs.map((run) => run.startTime));
}

/** Resident memory of a process in bytes, and the most it has had since {@link forgetPeak}. Linux. */
export function memoryOf(pid: number): { now: number; peak: number } {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const read = (name: string) =>
		Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)![1]) * 1024;
	return { now: read('VmRSS'), peak: read('VmHWM') };
}

export function forgetPeak(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
