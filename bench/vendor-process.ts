import { fork } from 'node:child_process';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import type { Shutdown } from '../host/shutdown';
import type { Counts, VendorPorts } from './vendor';

/** The vendors' process, from outside. */
export interface Vendor {
	origin: string;
	/** The same vendors over the slow link. */
	slowOrigin: string;
	/** What it has been asked since the last call of this. */
	counts: () => Promise<Counts>;
}

export async function startVendor(shutdown: Shutdown): Promise<Vendor> {
	const child = fork(join(__dirname, 'vendor.ts'), [], {
		cwd: __dirname,
		execArgv: ['--require', 'tsx/cjs'],
	});
	shutdown.add(() => void child.kill());
	const { port, slowPort } = await new Promise<VendorPorts>((resolve, reject) => {
		child.once('message', resolve);
		child.once('exit', (code) => reject(new Error(`The vendors' process ended with ${code}`)));
	});
	const origin = `https://127.0.0.1:${port}`;
	const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
	shutdown.add(async () => await dispatcher.destroy());
	return {
		origin,
		slowOrigin: `https://127.0.0.1:${slowPort}`,
		counts: async () => {
			const answer = await request(`${origin}/counts`, { dispatcher });
			return (await answer.body.json()) as Counts;
		},
	};
}
