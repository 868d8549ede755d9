/** Reads and checks the credential that holds a shop's signing secrets. */
import * as z from 'zod/v4';
import { ValidationFault } from '../base/errors';
import { pasted } from '../http/credential';
import type { Shop } from './order';

/** Shops trim a secret when they save it, so blanks around it are no part of it. */
const credential = z.looseObject({
	secret: pasted().default(''),
	previousSecret: pasted().default(''),
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

/** What people mistake for the secret of each shop, and what it never is there. */
const MISTAKEN: Readonly<Record<Shop, ReadonlyArray<[pattern: RegExp, what: string]>>> = {
	stripe: [
		[/^(sk|rk|pk)_/, 'an API key of Stripe; the signing secret begins with whsec_'],
		[/^we_/, 'the ID of a Stripe endpoint; the signing secret begins with whsec_'],
	],
	shopify: [[/^shp(at|ca|pa)_/, "a Shopify access token; the webhooks' secret is a different one"]],
	// Its owner may enter any text
	woocommerce: [],
};
const NOWHERE: ReadonlyArray<[pattern: RegExp, what: string]> = [
	[/^https?:\/\//, 'an address'],
	[/^whsec_…$/, 'the example'],
];

/**
 * Refuses a credential that certainly holds no secret of this shop. Whether another one is the shop's shows with
 * the first delivery.
 *
 * @param data a decrypted credential of type `shopWebhookApi`
 * @throws {ValidationFault} naming the field
 */
export function checkSecrets(shop: Shop, data: unknown): void {
	const [secret = '', previousSecret = ''] = secretsOf(data);
	for (const [label, value] of Object.entries({
		Secret: secret,
		'Previous Secret': previousSecret,
	})) {
		const mistaken = [...MISTAKEN[shop], ...NOWHERE].find(([pattern]) => pattern.test(value));
		if (mistaken) {
			throw new ValidationFault(
				`'${label}' of the Shop Webhook Secret credential is ${mistaken[1]}`,
				label,
				'Open the credential: its window says where the secret is. With this one every delivery would be refused.',
			);
		}
	}
}
