import { delimiter, dirname } from 'node:path';

/** Where one running n8n lives and listens. */
export interface Place {
	/** n8n keeps its database, settings and community packages in `.n8n` under it. */
	userFolder: string;
	/** Port of the editor, the REST API and the webhooks. */
	port: number;
	/** Port on which n8n and its task runner speak; two n8n processes must not share it. */
	brokerPort: number;
	/** Further settings of n8n, such as those of queue mode; they win over ours. */
	settings?: Readonly<Record<string, string>>;
}

/** What runs it. */
export interface Runtime {
	/** n8n's version: a module name that a version does not know would stop it. */
	version: string;
	/** The Node executable, also for n8n's task runner, which takes it from the PATH. */
	node: string;
}

/** Settings of another n8n on this machine must not reach ours: they could name its database. */
const FOREIGN =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|OFFLOAD_|CREDENTIALS_|WEBHOOK_|NODES_|GENERIC_|npm_|NODE_(OPTIONS|PATH|ENV|FUNCTION_))/i;

/** The environment of an n8n that is reached from this machine only and calls nobody on its own. */
export function n8nEnvironment({ version, node }: Runtime, place: Place): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !FOREIGN.test(name) && !/^path$/i.test(name),
	);
	return {
		...Object.fromEntries(inherited),
		PATH: [dirname(node), process.env.PATH].join(delimiter),

		N8N_USER_FOLDER: place.userFolder,
		N8N_PROTOCOL: 'http',
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(place.port),
		// Loopback is plain http, where a browser keeps no secure cookie
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(place.brokerPort),
		N8N_PYTHON_ENABLED: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
		N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',

		// Ours is a community package that n8n has not verified
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',

		...(isAtLeast(version, 2, 41) && { N8N_DISABLED_MODULES: 'mcp-registry' }),
		// isolated-vm, which the default engine needs, has no binary for Macs with an Intel processor
		...(process.platform === 'darwin' &&
			process.arch === 'x64' && { N8N_EXPRESSION_ENGINE: 'legacy' }),

		...place.settings,
	};
}

function isAtLeast(version: string, major: number, minor: number): boolean {
	const [ourMajor = 0, ourMinor = 0] = version.split('.').map(Number);
	return ourMajor > major || (ourMajor === major && ourMinor >= minor);
}
