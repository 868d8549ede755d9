/** Peak memory while labels of 50 MB are downloaded, in each of n8n's modes for files. */
import type { ChainNode } from '../host/faults/flow';
import type { InstalledHost } from '../host/n8n';
import { Shutdown } from '../host/shutdown';
import type { Report } from './report';
import { probe } from './speed';
import { buildStage, forgetPeak, measuredFlow, memoryOf } from './stage';
import { LABEL_BYTES } from './vendor';
import type { Vendor } from './vendor-process';

const CONCURRENCY = 10;
const MB = 1024 * 1024;

interface Mode {
	/** n8n's name for it. */
	name: 'filesystem' | 'database' | 'default';
	documents: number;
	/** Megabytes above idle. */
	atMost?: number;
	remark?: string;
}

const modes: Mode[] = [
	{ name: 'filesystem', documents: 40, atMost: 150 },
	{ name: 'database', documents: 40, atMost: (CONCURRENCY * LABEL_BYTES) / MB + 150 },
	// Every file stays in memory and goes into the execution's record, so there is no bound to keep
	{ name: 'default', documents: 4, remark: 'in memory: grows with every document' },
];

const download: ChainNode = {
	name: 'Labels',
	type: 'n8n-nodes-tw-td.twLabel',
	typeVersion: 1,
	parameters: {
		operation: 'download',
		no: '={{ $json.order.no }}',
		binaryProperty: 'data',
		options: { concurrency: CONCURRENCY },
	},
};

export async function measureLabels(
	host: InstalledHost,
	vendor: Vendor,
	shutdown: Shutdown,
	report: Report,
): Promise<void> {
	for (const mode of modes) {
		const here = new Shutdown();
		shutdown.add(() => here.run());
		report.note(`${mode.documents} labels of ${LABEL_BYTES / MB} MB, ${mode.name}`);
		report.add({
			part: `Labels of ${LABEL_BYTES / MB} MB, ${CONCURRENCY} at a time, peak memory above idle`,
			what: `${mode.documents} labels, binary data mode ${mode.name}`,
			value: (await peakOf(mode, host, vendor, here)) / MB,
			unit: 'MB',
			digits: 0,
			...(mode.atMost && { atMost: mode.atMost }),
			...(mode.remark && { remark: mode.remark }),
		});
		await here.run();
	}
}

async function peakOf(
	{ name, documents }: Mode,
	host: InstalledHost,
	vendor: Vendor,
	shutdown: Shutdown,
): Promise<number> {
	const settings = { N8N_DEFAULT_BINARY_DATA_MODE: name };
	const stage = await buildStage(host, vendor, shutdown, settings);
	const { pid } = stage.n8n.process;
	const flow = async (items: number, node: ChainNode) =>
		await measuredFlow(stage, node.name, items, [node], stage.credentials);
	const all = await flow(documents, download);
	// Idle is a host that has done all of this before
	await (await flow(1, download)).run();
	await (await flow(1, probe('benchCollect', {}))).run();

	const { now } = memoryOf(pid);
	forgetPeak(pid);
	await all.run();
	return memoryOf(pid).peak - now;
}
