import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything set-up and demo leave behind. Git-ignored; deleting it is always safe. */
export const stateDir = join(root, '.host');

/** Logs of npm and of the running n8n. */
export const logDir = join(stateDir, 'logs');
