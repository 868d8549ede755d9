import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Owner } from './rest';

/** What a start leaves to the next one, so that bookmarks, logins and flows stay good. */
export interface DemoState {
	owner: Owner;
	/** What the demo's shop signs with. */
	shopSecret: string;
	/** The example flow that was created; it may have been renamed since. */
	flowId?: string;
	/** Where the example flow's shop delivers to. */
	webhook?: string | undefined;
	ports?: { editor: number; broker: number; sandbox: number; labels: number };
}

/** @param folder where all that is kept between starts lies */
export const demoStateFile = (folder: string) => join(folder, 'demo.json');

/** Reads the state; without one there is a new owner with a password of their own, and a new shop. */
export function readDemoState(file: string): DemoState {
	try {
		// A start of an older version has left no secret
		const left = JSON.parse(readFileSync(file, 'utf8')) as Partial<DemoState> &
			Pick<DemoState, 'owner'>;
		return { ...left, shopSecret: left.shopSecret ?? newSecret() };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		return { owner: newOwner('demo@example.com'), shopSecret: newSecret() };
	}
}

/** Only its user may read it: it holds the password and the shop's secret. */
export function writeDemoState(file: string, state: DemoState): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, JSON.stringify(state, null, '\t'), { mode: 0o600 });
	chmodSync(file, 0o600);
}

const newSecret = () => randomBytes(24).toString('hex');

/** An account with a generated password that meets n8n's rules: a capital letter and a digit. */
export function newOwner(email: string): Owner {
	return { email, password: `Tw1-${randomBytes(9).toString('base64url')}` };
}
