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
 * @param name what they are called, behind the vendor
 */
export async function saveSandboxCredentials(
	rest: N8nRest,
	sandbox: Sandbox,
	shopSecret?: string,
	name = 'Sandbox',
): Promise<Credential[]> {
	const data = credentialData(sandbox, shopSecret);
	const vendors = [
		await rest.saveCredential(`TW ${name}`, 'twApi', data.twApi),
		await rest.saveCredential(`TD ${name}`, 'tdApi', data.tdApi),
	];
	if (shopSecret === undefined) return vendors;
	return [
		...vendors,
		await rest.saveCredential('Shop Webhook Secret', 'shopWebhookApi', data.shopWebhookApi),
	];
}
