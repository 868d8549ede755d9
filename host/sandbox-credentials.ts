import type { Sandbox } from '../sandbox';
import type { Credential, N8nRest } from './rest';

/** The fields of our credential types that reach the sandbox; the others keep their defaults. */
export function credentialData(sandbox: Sandbox) {
	return {
		twApi: { ...sandbox.tw, ignoreSslIssues: false },
		tdApi: { region: 'sg', ...sandbox.td, ignoreSslIssues: false },
	};
}

/** Creates the credentials that reach the sandbox, or points them at where it is now. */
export async function saveSandboxCredentials(
	rest: N8nRest,
	sandbox: Sandbox,
): Promise<Credential[]> {
	const data = credentialData(sandbox);
	return [
		await rest.saveCredential('TW Sandbox', 'twApi', data.twApi),
		await rest.saveCredential('TD Sandbox', 'tdApi', data.tdApi),
	];
}
