import { newOwner } from '../demo-state';
import { launchN8n, signIn, type InstalledHost, type N8n } from '../n8n';
import type { Shutdown } from '../shutdown';
import { buildProps, type Stage } from '../smoke/stage';

/** A stage whose n8n can be killed and started again where it was. */
export interface KillStage extends Stage {
	/** Starts n8n anew, after it was killed; `n8n` is the new one from then on. */
	restart: () => Promise<N8n>;
}

/**
 * Builds the stage; `shutdown` tears it down, whichever n8n runs by then.
 *
 * @param settings of n8n's, beside ours
 */
export async function buildKillStage(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	settings: Readonly<Record<string, string>> = {},
): Promise<KillStage> {
	const { port, brokerPort, ...props } = await buildProps(host, 'faults', shutdown);
	const place = { userFolder: props.userFolder, port, brokerPort, settings };
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
		...props,
		restart: async () => (stage.n8n = await start()),
	};
	return stage;
}
