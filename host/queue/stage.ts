import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox';
import { newOwner } from '../demo-state';
import type { Place } from '../environment';
import { launchN8n, placePackage, signIn, startN8n, type InstalledHost, type N8n } from '../n8n';
import { until } from '../poll';
import { freePorts } from '../ports';
import type { RunningProcess } from '../processes';
import type { Shutdown } from '../shutdown';
import { canary } from '../smoke/secrets';
import { startCanarySandbox } from '../smoke/stage';
import { expectNobodyIn } from './leftovers';
import { startPostgres, type Database } from './postgres';
import { findPrograms } from './programs';
import { startRedis } from './redis';

/** Executions that one worker works on at a time. */
export const WORKER_CONCURRENCY = 5;

/** Settings of a worker beside those that all processes have. */
export type WorkerSettings = Readonly<Record<string, string>>;

/**
 * Keeps the workers from looking for others that died. They run nothing again; all they do is to end
 * the dead ones' executions as failed, and in doing so the input that these began with is deleted.
 * It is the most that a timer can take: 24 days, in milliseconds.
 */
export const NO_STALLED_CHECK: WorkerSettings = {
	QUEUE_WORKER_STALLED_INTERVAL: String(2 ** 31 - 1),
};

/** n8n's queue mode with the sandbox: a main process, a webhook process, and workers on demand. */
export interface QueueStage {
	main: N8n;
	/** Origin of the webhook process. */
	webhookUrl: string;
	sandbox: Sandbox;
	database: Database;
	/** Starts a worker; it is given back when it takes jobs. */
	startWorker: (settings: WorkerSettings) => Promise<RunningProcess>;
	/** Has the user folder of every process. */
	folder: string;
	/** What all processes say. */
	logFile: string;
	/** Secrets that must not turn up anywhere. */
	canaries: string[];
}

/**
 * Builds the stage; `shutdown` tears it down.
 *
 * @param engine the workers' expression engine; n8n's default without one
 */
export async function buildQueueStage(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	engine: string | undefined,
): Promise<QueueStage> {
	const programs = findPrograms();
	const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
	// PostgreSQL, as a user of its own, has to get at its part
	chmodSync(folder, 0o711);
	shutdown.add(() => {
		rmSync(folder, { recursive: true, force: true });
		expectNobodyIn(folder);
	});
	const { sandbox, canaries } = await startCanarySandbox(shutdown);

	const [redisPort, postgresPort] = await freePorts([], []);
	const password = canary('database-password');
	const database = await startPostgres(
		programs,
		{ folder: join(folder, 'postgres'), port: postgresPort, password, logFile },
		shutdown,
	);
	const queue = await startRedis(
		programs,
		{ folder: join(folder, 'redis'), port: redisPort, logFile },
		shutdown,
	);
	const settings = {
		...database.settings,
		...queue,
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		N8N_ENCRYPTION_KEY: canary('encryption-key'),
	};
	const newPlace = async (name: string): Promise<Place> => {
		const userFolder = mkdtempSync(join(folder, `${name}-`));
		placePackage(host, userFolder);
		const [port, brokerPort] = await freePorts([], []);
		return { userFolder, port, brokerPort, settings };
	};

	const main = launchN8n(host, await newPlace('main'), logFile);
	shutdown.add(() => main.process.stop());
	// It makes the database's tables, so the others come after it
	await signIn(main, newOwner('queue@example.com'));

	const webhookPlace = await newPlace('webhook');
	const webhook = startN8n(host, webhookPlace, ['webhook'], logFile);
	shutdown.add(() => webhook.stop());
	const webhookUrl = `http://127.0.0.1:${webhookPlace.port}`;
	await isReady(webhookUrl);

	const startWorker = async (own: WorkerSettings) => {
		const place = await newPlace('worker');
		const health = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(place.port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			...(engine && { N8N_EXPRESSION_ENGINE: engine }),
		};
		const worker = startN8n(
			host,
			{ ...place, settings: { ...settings, ...health, ...own } },
			['worker', `--concurrency=${WORKER_CONCURRENCY}`],
			logFile,
		);
		shutdown.add(() => worker.stop());
		await isReady(`http://127.0.0.1:${place.port}`);
		return worker;
	};
	const secrets = [...canaries, password];
	return { main, webhookUrl, sandbox, database, startWorker, folder, logFile, canaries: secrets };
}

/** Waits until a webhook process or a worker says that it is ready. */
async function isReady(url: string): Promise<void> {
	await until(
		`${url} to be ready`,
		async () => {
			const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
			return answer?.ok ? true : undefined;
		},
		{ seconds: 180 },
	);
}
