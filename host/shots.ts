import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser } from './browser/chromium';
import { Editor } from './browser/editor';
import { takeShots } from './browser/take-shots';
import { readFlow } from './flow-file';
import { fillAddresses, nodeOf, ONE_BOX } from './flows/flow';
import { buildFlowStage } from './flows/stage';
import type { InstalledHost } from './n8n';
import { Shutdown } from './shutdown';

const images = join(__dirname, '..', 'docs', 'img');

/** Makes the pictures of README and docs anew, from the editor as it is. */
export async function shots(host: InstalledHost): Promise<void> {
	const shutdown = new Shutdown();
	shutdown.onSignals(130);
	mkdirSync(images, { recursive: true });
	try {
		const stage = await buildFlowStage(host, join(host.logDir, 'shots.log'), shutdown);
		const editor = new Editor(await openBrowser(stage.n8n, shutdown), stage.n8n);
		const flow = readFlow('shopify-cheapest-label.json', stage.credentials);
		fillAddresses(flow);
		Object.assign(nodeOf(flow, 'Buy Cheapest').parameters, ONE_BOX);
		await takeShots(editor, stage, images, flow);
	} finally {
		await shutdown.run();
	}
}
