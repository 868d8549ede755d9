/** The clock of n8n's process, which can be set wrong while it runs. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shutdown } from '../shutdown';

export class HostClock {
	/** Tells n8n's process how wrong its clock is. */
	private readonly file: string;

	constructor(shutdown: Shutdown) {
		const folder = mkdtempSync(join(tmpdir(), 'n8n-clock-'));
		shutdown.add(() => rmSync(folder, { recursive: true, force: true }));
		this.file = join(folder, 'clock');
		this.set(0);
	}

	/** What n8n has to be started with, so that its clock can be set. */
	get settings(): Record<string, string> {
		return {
			NODE_OPTIONS: `--require=${join(__dirname, 'clock.cjs')}`,
			HOST_CLOCK_FILE: this.file,
		};
	}

	/** @param ahead of the right time, in milliseconds; below 0 it is behind */
	set(ahead: number): void {
		// Never seen half written
		writeFileSync(`${this.file}.new`, String(ahead));
		renameSync(`${this.file}.new`, this.file);
	}
}
