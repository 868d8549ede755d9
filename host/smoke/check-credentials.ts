import { credentialData } from '../sandbox-credentials';
import type { Checks } from './checks';
import { expectEqual } from './expect';
import type { Flow, Stage } from './stage';

/** Only a shop's own delivery shows whether its secret is right, so nothing tests that. */
const UNTESTED = 'shopWebhookApi';

/** The test of the credential's panel says yes to what is right, and no to a wrong token. */
export async function checkCredentials(
	{ n8n, sandbox, shopSecret }: Stage,
	{ credentials }: Flow,
	checks: Checks,
): Promise<void> {
	const data = credentialData(sandbox, shopSecret);
	for (const credential of credentials.filter(({ type }) => type !== UNTESTED)) {
		await checks.check(`the credential ${credential.name} passes its test`, async () => {
			const fields = data[credential.type as keyof typeof data];
			const { status, message } = await n8n.rest.testCredential(credential, fields);
			expectEqual(message, status, 'OK');
		});
		if (credential.type !== 'twApi') continue;
		await checks.check(`with a wrong token ${credential.name} does not`, async () => {
			const wrong = { ...data.twApi, apiToken: 'wrong' };
			const { status, message } = await n8n.rest.testCredential(credential, wrong);
			expectEqual(message, status, 'Error');
		});
	}
}
