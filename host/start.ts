import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { registerFile } from '../lib/run/registers';
import { startSandbox } from '../sandbox';
import { setUpDemo } from './demo';
import { demoStateFile, readDemoState, writeDemoState, type DemoState } from './demo-state';
import { HostError } from './errors';
import { launchN8n, placePackage, signIn, type InstalledHost } from './n8n';
import { panel } from './panel';
import { freePorts } from './ports';
import { Shutdown } from './shutdown';

/** The port that n8n is known for. */
const EDITOR_PORT = 5678;

/** Runs the demo until it is stopped: the sandbox, and n8n with our nodes, an owner and a flow. */
export async function start(host: InstalledHost): Promise<void> {
	const shutdown = new Shutdown();
	shutdown.onSignals(0);
	try {
		await run(host, shutdown);
	} catch (error) {
		const wasStopping = shutdown.hasBegun;
		await shutdown.run();
		if (!wasStopping) throw error;
	}
}

async function run(host: InstalledHost, shutdown: Shutdown): Promise<void> {
	const stateFile = demoStateFile(host.stateDir);
	const state = readDemoState(stateFile);
	const ports = await choosePorts(state.ports);
	writeDemoState(stateFile, { ...state, ports });

	const sandbox = await startSandbox({ port: ports.sandbox, labelPort: ports.labels });
	shutdown.add(() => sandbox.close());

	const userFolder = join(host.stateDir, 'home');
	const firstTime = !existsSync(userFolder);
	console.log(`Starting n8n …${firstTime ? ' The first time takes up to a minute.' : ''}`);
	mkdirSync(userFolder, { recursive: true });
	placePackage(host, userFolder);
	// The sandbox begins anew, so what was sent to the last one was not sent to this one
	rmSync(dirname(registerFile({ N8N_USER_FOLDER: userFolder })), { recursive: true, force: true });
	const place = { userFolder, port: ports.editor, brokerPort: ports.broker };
	const logFile = join(host.logDir, 'n8n.log');
	rmSync(logFile, { force: true });
	const n8n = launchN8n(host, place, logFile);
	shutdown.add(() => n8n.process.stop());
	await signIn(n8n, state.owner);

	const { flow, webhook } = await setUpDemo(n8n.rest, sandbox, state);
	writeDemoState(stateFile, { ...state, ports, flowId: flow.id, webhook });

	console.log(panel({ editor: n8n.url, owner: state.owner, flow, sandbox, userFolder }));

	await n8n.process.exited;
	if (!shutdown.hasBegun) throw new HostError(`n8n has ended by itself; its log: ${n8n.logFile}`);
	// Whoever has begun to stop us ends the process too, when everything else is down
	await shutdown.run();
}

type Ports = NonNullable<DemoState['ports']>;

/** Those of the last start, where they are still free, so that bookmarks stay good. */
async function choosePorts(last: Partial<Ports> = {}): Promise<Ports> {
	const [editor, broker, sandbox, labels] = await freePorts(
		[last.editor, EDITOR_PORT],
		[last.broker],
		[last.sandbox],
		[last.labels],
	);
	const wished = last.editor ?? EDITOR_PORT;
	if (editor !== wished) console.log(`Port ${wished} is taken, so n8n gets ${editor}.`);
	return { editor, broker, sandbox, labels };
}
