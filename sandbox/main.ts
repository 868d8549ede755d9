import { parseArgs } from 'node:util';
import { startSandbox, type Sandbox } from './index';

const help = `Usage: npm run sandbox -- [options]

Starts a stand-in for TW and TD on this machine. Ctrl-C stops it.

  --port <n>        port of the TW and TD endpoints (default 8787)
  --label-port <n>  port of the label files (default 8788)
  --https           speak HTTPS with a self-signed certificate
  --help            show this text
`;

/** Time between two forecast states, so that a person can watch an order pass through them. */
const watchableStepMs = 300;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '8787' },
			'label-port': { type: 'string', default: '8788' },
			https: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		process.stdout.write(help);
		return;
	}

	const sandbox = await startSandbox({
		port: readPort(values.port),
		labelPort: readPort(values['label-port']),
		https: values.https,
		settings: { stateStepMs: watchableStepMs },
	});
	process.stdout.write(greeting(sandbox));

	const stop = () => void sandbox.close();
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

function readPort(text: string): number {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`not a port: ${text}`);
	return port;
}

function greeting({ url, labelUrl, tw, td, settings }: Sandbox): string {
	return `Sandbox for TW and TD: ${url}  (open it in a browser)
Label files:           ${labelUrl}

TW API   Base URL      ${tw.baseUrl}
         User name     ${tw.username}
         API key       ${tw.apiKey}
         API token     ${tw.apiToken}

TD API   Base URL      ${td.baseUrl}
         Region        ${settings.region}
         Partner code  ${td.partnerCode}
         Partner key   ${td.partnerKey}
         Channel       ${td.channel}

Ctrl-C stops it.
`;
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
});
