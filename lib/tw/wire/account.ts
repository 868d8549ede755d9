/** Reads a TW credential: everything the client needs to know about the account. */
import * as z from 'zod/v4';
import { ValidationFault } from '../../base/errors';
import { accountMark } from '../../base/fingerprint';
import { checkBaseUrl, keyText, pasted, readCredential } from '../../http/credential';
import { twEndpoints, type TwEndpointName } from './endpoints';
import type { TwKeys } from './signing';

export interface TwAccount extends TwKeys {
	/** Where TW's paths begin; may have a path of its own. */
	baseUrl: URL;
	/** Names the account in the register. */
	mark: string;
	ignoreSslIssues: boolean;
	/** ISO 4217 code; TW names none. */
	currency: string;
	/** IANA name of the zone of TW's time stamps, which name none. */
	timeZone: string;
	/** Paths that replace assumed ones. */
	paths: Partial<Record<TwEndpointName, string>>;
}

/** TW's own paths, which are no part of a base URL. */
const OWN_PATH = /\/api\/v2(?=\/|$)/;

/** The credential's fields as the editor shows them. */
export const twAccountLabels = {
	baseUrl: 'Base URL',
	username: 'User Name',
	apiKey: 'API Key',
	apiToken: 'API Token',
	currency: 'Account Currency',
	timeZone: 'Account Time Zone',
	pathOverrides: 'Path Overrides',
} as const;

const headerText = pasted()
	.min(1, 'is empty')
	.regex(/^[\x20-\x7e]+$/, 'has a character that cannot be sent in a request header');

const credential = z.object({
	baseUrl: pasted().min(1, 'is empty'),
	username: headerText,
	apiKey: keyText(headerText),
	apiToken: keyText(pasted().min(1, 'is empty')),
	ignoreSslIssues: z.boolean().default(false),
	currency: pasted().default(''),
	timeZone: pasted().default(''),
	pathOverrides: z
		.object({
			override: z.array(z.object({ endpoint: z.string(), path: pasted() })).default([]),
		})
		.default({ override: [] }),
});

/**
 * Reads a decrypted credential.
 *
 * @throws {ValidationFault} naming the credential's field; never its value
 */
export function readTwAccount(data: unknown): TwAccount {
	const fields = readCredential(credential, data, twAccountLabels, 'TW API');
	const { baseUrl: address, pathOverrides, ...rest } = fields;
	const baseUrl = checkBaseUrl(address, twAccountLabels.baseUrl, 'TW API');
	refuseOwnPath(baseUrl);
	return {
		...rest,
		baseUrl,
		mark: markOf(baseUrl, rest.username),
		paths: readOverrides(pathOverrides.override),
	};
}

/** @throws {ValidationFault} if the address was copied from TW's documentation with the path of an endpoint */
function refuseOwnPath({ origin, pathname }: URL): void {
	const at = pathname.search(OWN_PATH);
	if (at < 0) return;
	throw new ValidationFault(
		`'${twAccountLabels.baseUrl}' of the TW API credential must be only ${origin}${pathname.slice(0, at)}, without ${pathname.slice(at)}`,
		twAccountLabels.baseUrl,
		'Open the credential and cut the path off: the nodes add it themselves.',
	);
}

/**
 * ASSUMED: TW takes a user name in any case. Short, since each entry of the register holds one, and an n8n has few
 * accounts.
 */
const markOf = (baseUrl: URL, username: string) =>
	accountMark(baseUrl, username.toLowerCase()).slice(0, 6);

function readOverrides(rows: Array<{ endpoint: string; path: string }>): TwAccount['paths'] {
	const paths: TwAccount['paths'] = {};
	for (const { endpoint, path } of rows) {
		if (path === '') continue;
		if (!(endpoint in twEndpoints) || !/^\/[^\s?#]*$/.test(path)) {
			throw new ValidationFault(
				`'${twAccountLabels.pathOverrides}' of the TW API credential must hold paths that begin with a slash, such as /api/v2/orderLabel`,
				twAccountLabels.pathOverrides,
				'Open the credential and correct the path.',
			);
		}
		paths[endpoint as TwEndpointName] = path;
	}
	return paths;
}
