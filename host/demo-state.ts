import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Owner } from './rest';

/** What a start leaves to the next one, so that bookmarks, logins and flows stay good. */
export interface DemoState {
	owner: Owner;
	/** The example flow that was created; it may have been renamed since. */
	flowId?: string;
	ports?: { editor: number; broker: number; sandbox: number; labels: number };
}

/** Reads the state; without one there is a new owner with a password of their own. */
export function readDemoState(file: string): DemoState {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as DemoState;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		return { owner: newOwner('demo@example.com') };
	}
}

/** Only its user may read it: it holds the password. */
export function writeDemoState(file: string, state: DemoState): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, JSON.stringify(state, null, '\t'), { mode: 0o600 });
	chmodSync(file, 0o600);
}

/** An account with a generated password that meets n8n's rules: a capital letter and a digit. */
export function newOwner(email: string): Owner {
	return { email, password: `Tw1-${randomBytes(9).toString('base64url')}` };
}
