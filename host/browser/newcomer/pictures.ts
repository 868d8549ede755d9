import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { InstalledHost } from '../../n8n';

/** Keeps a picture of what a check cannot judge. */
export type Pictures = (name: string, part: Locator) => Promise<void>;

/** Pictures in a folder of the host's own, beside the logs. */
export function picturesOf({ logDir, version }: InstalledHost): Pictures {
	const folder = join(logDir, '..', 'pictures', version);
	mkdirSync(folder, { recursive: true });
	return async (name, part) => {
		await part.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
	};
}
