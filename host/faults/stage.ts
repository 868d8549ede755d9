import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox';
import { newOwner } from '../demo-state';
import { launchN8n, placePackage, signIn, type InstalledHost, type N8n } from '../n8n';
import { freePorts } from '../ports';
import type { Shutdown } from '../shutdown';
import { canary } from '../smoke/secrets';
import type { Stage } from '../smoke/stage';

/** A stage whose n8n can be killed and started again where it was. */
export interface KillStage extends Stage {
	/** Starts n8n anew, after it was killed; `n8n` is the new one from then on. */
	restart: () => Promise<N8n>;
}

/** Builds the stage; `shutdown` tears it down, whichever n8n runs by then. */
export async function buildKillStage(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
): Promise<KillStage> {
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-faults-'));
	shutdown.add(() => rmSync(userFolder, { recursive: true, force: true }));
	const secrets = {
		apiKey: canary('api-key'),
		apiToken: canary('api-token'),
		partnerKey: canary('partner-key'),
	};
	const sandbox = await startSandbox({
		credentials: {
			tw: { apiKey: secrets.apiKey, apiToken: secrets.apiToken },
			td: { partnerKey: secrets.partnerKey },
		},
	});
	shutdown.add(() => sandbox.close());

	const packageFolder = placePackage(host, userFolder);
	const [port, brokerPort] = await freePorts([], []);
	const place = { userFolder, port, brokerPort };
	const owner = newOwner('faults@example.com');
	const start = async () => {
		const n8n = launchN8n(host, place, logFile);
		shutdown.add(() => n8n.process.stop());
		await signIn(n8n, owner);
		return n8n;
	};
	const stage: KillStage = {
		host,
		n8n: await start(),
		sandbox,
		userFolder,
		packageFolder,
		canaries: Object.values(secrets),
		restart: async () => (stage.n8n = await start()),
	};
	return stage;
}
