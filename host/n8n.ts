import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { n8nEnvironment, type Place } from './environment';
import { HostError } from './errors';
import { until } from './poll';
import { startNode, type RunningProcess } from './processes';
import { N8nRest, RestError, type Owner } from './rest';

/** What the set-up (host/setup) has installed. */
export interface InstalledHost {
	/** n8n's version. */
	version: string;
	/** The folder with n8n in its node_modules. */
	folder: string;
	/** The Node executable that runs it. */
	node: string;
	/** Our package with its own dependencies, ready to be copied. */
	packageFolder: string;
	/** Everything set-up and demo leave behind. */
	stateDir: string;
	logDir: string;
}

/** A running n8n. */
export interface N8n {
	url: string;
	rest: N8nRest;
	process: RunningProcess;
	logFile: string;
}

/** Puts our package where n8n looks for community packages, in place of what was there. */
export function placePackage(host: InstalledHost, userFolder: string): string {
	const target = join(userFolder, '.n8n', 'nodes', 'node_modules', basename(host.packageFolder));
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	cpSync(host.packageFolder, target, { recursive: true });
	return target;
}

/** Starts n8n; `signIn` waits until one can work with it. */
export function launchN8n(host: InstalledHost, place: Place, logFile: string): N8n {
	const url = `http://127.0.0.1:${place.port}`;
	const process = startN8n(host, place, ['start'], logFile);
	return { url, rest: new N8nRest(url), process, logFile };
}

/** Starts any command of n8n's command line, such as `worker`. */
export function startN8n(
	host: InstalledHost,
	place: Place,
	args: string[],
	logFile: string,
): RunningProcess {
	return startNode(host.node, [n8nScript(host), ...args], {
		cwd: place.userFolder,
		env: n8nEnvironment(host, place),
		logFile,
	});
}

/** Signs in as soon as n8n lets us. On a fresh user folder the owner is created. */
export async function signIn({ rest, process, logFile }: N8n, owner: Owner): Promise<void> {
	let ended = false;
	void process.exited.then(() => (ended = true));
	try {
		// Its health check can answer before the routes are there, so the routes themselves are asked
		const needsOwner = await until(
			'n8n to start',
			async () => {
				if (ended) throw new HostError('n8n ended while it was starting');
				return await rest.needsOwner().catch(() => undefined);
			},
			{ seconds: 180 },
		);
		if (needsOwner) await rest.createOwner(owner);
		await rest.login(owner);
	} catch (error) {
		if (error instanceof RestError && error.status === 401) {
			throw new HostError(
				`n8n refuses the password of ${owner.email}. If it was changed in the editor, change it ` +
					`back to ${owner.password}; deleting n8n's user folder (and all flows in it) helps too.`,
			);
		}
		throw new HostError(`${(error as Error).message}\n${lastLines(logFile)}`);
	}
}

/** Runs a command of n8n's command line beside a running n8n, to its end. */
export async function n8nCommand(
	host: InstalledHost,
	place: Place,
	args: string[],
	logFile: string,
): Promise<void> {
	const code = await startN8n(host, place, args, logFile).exited;
	if (code !== 0) throw new HostError(`n8n ${args[0]} ended with ${code}\n${lastLines(logFile)}`);
}

/** The file that Node runs as n8n. */
export function n8nScript(host: Pick<InstalledHost, 'folder'>): string {
	return join(host.folder, 'node_modules', 'n8n', 'bin', 'n8n');
}

function lastLines(logFile: string): string {
	const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15);
	return [...lines.map((line) => `    ${line}`), `All of it: ${logFile}`].join('\n');
}
