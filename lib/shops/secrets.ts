/** Reads and checks the credential that holds a shop's signing secrets. */
import * as z from 'zod/v4';
import { trimmed } from '../base/blanks';
import { ValidationFault } from '../base/errors';
import type { CredentialVerdict } from '../http/credential';

/** Shops trim a secret when they save it, so blanks around it are no part of it. */
const credential = z.looseObject({
	secret: z.string().overwrite(trimmed).default(''),
	previousSecret: z.string().overwrite(trimmed).default(''),
});

/**
 * The current secret, then the previous one if there is one.
 *
 * @param data a decrypted credential of type `shopWebhookApi`
 * @throws {ValidationFault} if there is no current one
 */
export function secretsOf(data: unknown): string[] {
	const { secret, previousSecret } = credential.parse(data);
	if (secret === '') {
		throw new ValidationFault(
			"'Secret' of the Shop Webhook Secret credential is empty",
			'Secret',
			'Open the credential and fill it in. Until then no delivery can be checked.',
		);
	}
	return previousSecret === '' ? [secret] : [secret, previousSecret];
}

/** What people mistake for the secret. */
const MISTAKEN: ReadonlyArray<[pattern: RegExp, what: string]> = [
	[/^(sk|rk|pk)_/, 'an API key of Stripe; the signing secret begins with whsec_'],
	[/^we_/, 'the ID of a Stripe endpoint; the signing secret begins with whsec_'],
	[/^shp(at|ca|pa)_/, "a Shopify access token; the webhooks' secret is a different one"],
	[/^c[ks]_/, "a key of WooCommerce's REST API; each webhook has its own secret"],
	[/^https?:/, 'an address'],
];

/** Before the first delivery, all that can be tested is whether it looks like a secret. */
export function testSecret(data: unknown): CredentialVerdict {
	const { secret, previousSecret } = credential.parse(data);
	if (secret === '') return { ok: false, message: "'Secret' is empty" };
	for (const [label, value] of Object.entries({
		Secret: secret,
		'Previous Secret': previousSecret,
	})) {
		const mistaken = MISTAKEN.find(([pattern]) => pattern.test(value));
		if (mistaken) return { ok: false, message: `'${label}' is ${mistaken[1]}` };
	}
	const message = "It looks like a secret. The first delivery will show whether it is the shop's.";
	return { ok: true, message };
}
