/** A TW credential, checked: everything the client needs to know of the account. */
import * as z from 'zod/v4';
import { ValidationFault } from '../../base/errors';
import { checkBaseUrl } from '../../http/base-url';
import { twEndpoints, type TwEndpointName } from './endpoints';
import type { TwKeys } from './signing';

export interface TwAccount extends TwKeys {
	/** Where TW's paths begin; may have a path of its own. */
	baseUrl: URL;
	ignoreSslIssues: boolean;
	/** ISO 4217 code the account is kept in; TW names none. */
	currency: string;
	/** IANA name of the zone of TW's time stamps; TW names none. */
	timeZone: string;
	/** Paths that replace assumed ones. */
	paths: Partial<Record<TwEndpointName, string>>;
}

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

const headerText = z
	.string()
	.trim()
	.min(1, 'is empty')
	.regex(/^[\x20-\x7e]+$/, 'has a character that can not be sent in a request header');

const credential = z.object({
	baseUrl: z.string().trim().min(1, 'is empty'),
	username: headerText,
	apiKey: headerText,
	apiToken: z.string().trim().min(1, 'is empty'),
	ignoreSslIssues: z.boolean().default(false),
	currency: z.string().trim().default(''),
	timeZone: z.string().trim().default(''),
	pathOverrides: z
		.object({
			override: z.array(z.object({ endpoint: z.string(), path: z.string().trim() })).default([]),
		})
		.default({ override: [] }),
});

/**
 * Reads a decrypted credential.
 *
 * @throws {ValidationFault} naming the credential's field; never its value
 */
export function readTwAccount(data: unknown): TwAccount {
	const parsed = credential.safeParse(data);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const field = String(issue?.path[0] ?? 'baseUrl');
		const label = twAccountLabels[field as keyof typeof twAccountLabels] ?? field;
		throw new ValidationFault(
			`'${label}' of the TW API credential ${issue?.message ?? 'is not usable'}`,
			label,
			'Open the credential and fill this field in.',
		);
	}
	const { baseUrl, ignoreSslIssues, pathOverrides, ...rest } = parsed.data;
	return {
		...rest,
		baseUrl: checkBaseUrl(baseUrl, twAccountLabels.baseUrl, 'TW API'),
		ignoreSslIssues: ignoreSslIssues,
		paths: readOverrides(pathOverrides.override),
	};
}

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
