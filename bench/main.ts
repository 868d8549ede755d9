import { parseArgs } from 'node:util';
import { HostError } from '../host/errors';
import type { InstalledHost } from '../host/n8n';
import { Shutdown } from '../host/shutdown';
import { measureLabels } from './labels';
import { measureLibrary } from './library';
import { measureLoad } from './load';
import { measureRegister } from './register';
import { Report } from './report';
import { measureSizes } from './size';
import { measureFarAway, measureSpeed, type Scale } from './speed';
import { buildStage } from './stage';
import { measureTickets } from './tickets';
import { measureTrigger } from './trigger';
import { startVendor, type Vendor } from './vendor-process';

type Part = (context: {
	host: InstalledHost;
	vendor: Vendor;
	shutdown: Shutdown;
	scale: Scale;
	report: Report;
}) => Promise<void>;

const parts: Record<string, Part> = {
	speed: async ({ host, vendor, shutdown, scale, report }) => {
		const stage = await buildStage(host, vendor, shutdown);
		await measureSpeed(stage, vendor, scale, report);
	},
	far: async ({ host, vendor, shutdown, scale, report }) => {
		await measureFarAway(await buildStage(host, vendor, shutdown), vendor, scale, report);
	},
	tickets: async ({ host, vendor, shutdown, scale, report }) => {
		await measureTickets(await buildStage(host, vendor, shutdown), vendor, scale, report);
	},
	size: async ({ host, vendor, shutdown, scale, report }) => {
		await measureSizes(await buildStage(host, vendor, shutdown), scale.rounds, report);
	},
	labels: async ({ host, vendor, shutdown, report }) => {
		await measureLabels(host, vendor, shutdown, report);
	},
	register: async ({ host, vendor, shutdown, scale, report }) => {
		await measureRegister(await buildStage(host, vendor, shutdown), vendor, scale, report);
	},
	library: async ({ host, vendor, scale, report }) => {
		await measureLibrary(host, vendor, scale.rounds, report);
	},
	trigger: async ({ host, vendor, shutdown, scale, report }) => {
		await measureTrigger(host, vendor, shutdown, scale, report);
	},
	load: async ({ host, scale, report }) => {
		measureLoad(host, scale.rounds, report);
	},
};

/**
 * `npm run bench`: ratios within one run, each with the least and the most of its rounds.
 *
 * @param args `--json` for programs, `--rounds=5`, `--items=1000`, `--only=` names of parts, `--case=` words of a case's
 * name
 */
export async function bench(host: InstalledHost, args: string[]): Promise<void> {
	const { values } = parseArgs({
		args: args.filter((arg) => !arg.startsWith('--host=')),
		options: {
			json: { type: 'boolean', default: false },
			rounds: { type: 'string', default: '5' },
			items: { type: 'string', default: '1000' },
			case: { type: 'string', default: '' },
			only: { type: 'string', default: Object.keys(parts).join(',') },
		},
	});
	const chosen = values.only.split(',');
	const unknown = chosen.filter((name) => !(name in parts));
	if (unknown.length > 0) throw new HostError(`There is no part ${unknown.join(', ')}`);

	const report = new Report(values.json);
	const scale = {
		rounds: Number(values.rounds),
		items: Number(values.items),
		named: values.case,
	};
	const shutdown = new Shutdown();
	shutdown.onSignals(130);
	try {
		const vendor = await startVendor(shutdown);
		for (const name of chosen)
			await inPart(parts[name]!, { host, vendor, scale, report }, shutdown);
	} finally {
		await shutdown.run();
	}
	const { reached, missed } = report.goals;
	if (values.json)
		console.log(JSON.stringify({ n8n: host.version, ...scale, figures: report.figures }));
	else console.log(`\n${reached.length} goals reached, ${missed.length} missed`);
	process.exitCode = missed.length > 0 ? 1 : 0;
}

/** What a part starts ends with it, or ends with everything if the part does not come to its end. */
async function inPart(
	part: Part,
	context: Omit<Parameters<Part>[0], 'shutdown'>,
	whole: Shutdown,
): Promise<void> {
	const shutdown = new Shutdown();
	whole.add(() => shutdown.run());
	await part({ ...context, shutdown });
	await shutdown.run();
}
