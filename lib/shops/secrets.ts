/** The secrets that a shop signs with, as the credential holds them. */
import * as z from 'zod/v4';
import { ValidationFault } from '../base/errors';

/** The credential's fields. Shops cut blanks off a secret when it is saved, so they are no part of it. */
const credential = z.looseObject({
	secret: z.string().trim().default(''),
	previousSecret: z.string().trim().default(''),
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

/** What a shop shows beside its secret, and people take for it. */
const MISTAKEN: ReadonlyArray<[form: RegExp, what: string]> = [
	[/^(sk|rk|pk)_/, "an API key of Stripe's; the signing secret begins with whsec_"],
	[/^we_/, "the name of an endpoint of Stripe's; the signing secret begins with whsec_"],
	[/^shp(at|ca|pa)_/, "an access token of Shopify's; the webhooks' secret is another one"],
	[/^c[ks]_/, "a key of WooCommerce's REST API; each webhook has a secret of its own"],
	[/^https?:/, 'an address'],
];

/** What can be said of a secret before a delivery has come: whether it looks like one. */
export function testSecret(data: unknown): { ok: boolean; message: string } {
	const { secret, previousSecret } = credential.parse(data);
	if (secret === '') return { ok: false, message: "'Secret' is empty" };
	for (const [label, value] of Object.entries({
		Secret: secret,
		'Previous Secret': previousSecret,
	})) {
		const mistaken = MISTAKEN.find(([form]) => form.test(value));
		if (mistaken) return { ok: false, message: `'${label}' is ${mistaken[1]}` };
	}
	return {
		ok: true,
		message: "It looks like a secret. Whether it is the shop's shows with the first delivery.",
	};
}
