import type { Sandbox } from '../sandbox';
import type { Credential, N8nRest } from './rest';

/** The fields of our credential types that reach the sandbox; the others keep their defaults. */
export function credentialData(sandbox: Sandbox, shopSecret = '') {
	return {
		twApi: { ...sandbox.tw, ignoreSslIssues: false },
		tdApi: { region: 'sg', ...sandbox.td, ignoreSslIssues: false },
		shopWebhookApi: { secret: shopSecret },
	};
}

/**
 * Creates the credentials that reach the sandbox, or points them at where it is now.
 *
 * @param shopSecret what a shop signs its webhooks with, where there is one
 */
export async function saveSandboxCredentials(
	rest: N8nRest,
	sandbox: Sandbox,
	shopSecret?: string,
): Promise<Credential[]> {
	const data = credentialData(sandbox, shopSecret);
	const vendors = [
		await rest.saveCredential('TW Sandbox', 'twApi', data.twApi),
		await rest.saveCredential('TD Sandbox', 'tdApi', data.tdApi),
	];
	if (shopSecret === undefined) return vendors;
	return [
		...vendors,
		await rest.saveCredential('Shop Webhook Secret', 'shopWebhookApi', data.shopWebhookApi),
	];
}
