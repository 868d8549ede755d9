/** Reads a TD credential: everything the client needs to know about the partner. */
import * as z from 'zod/v4';
import { accountMark } from '../base/fingerprint';
import { checkBaseUrl, keyText, pasted, readCredential } from '../http/credential';
import { type TdRegion, type TdRegionCode, tdRegions } from './regions';

export interface TdAccount {
	region: TdRegion;
	/** The Order Status API's address, without the query that holds the credentials. */
	url: URL;
	/** Names the account in the register. */
	mark: string;
	partnerCode: string;
	partnerKey: string;
	/** Channel for events that name none; empty if there is no default. */
	channel: string;
	ignoreSslIssues: boolean;
}

/** The credential's fields as the editor shows them. */
export const tdAccountLabels = {
	region: 'Region',
	baseUrl: 'Base URL Override',
	partnerCode: 'Partner Code',
	partnerKey: 'Partner Key',
	channel: 'Default Channel',
} as const;

const credential = z.object({
	region: z.enum(Object.keys(tdRegions) as [TdRegionCode, ...TdRegionCode[]], {
		error: 'is not chosen',
	}),
	baseUrl: pasted().default(''),
	partnerCode: pasted().min(1, 'is empty'),
	partnerKey: keyText(pasted().min(1, 'is empty')),
	channel: pasted().default(''),
	ignoreSslIssues: z.boolean().default(false),
});

/**
 * Reads a decrypted credential. An override replaces only the address; the region still decides the
 * currency rule. An override without a path gets the documented path.
 *
 * @throws {ValidationFault} naming the credential's field; never its value
 */
export function readTdAccount(data: unknown): TdAccount {
	const fields = readCredential(credential, data, tdAccountLabels, 'TD API');
	const { region, baseUrl, ...rest } = fields;
	const url = checkBaseUrl(baseUrl || tdRegions[region].url, tdAccountLabels.baseUrl, 'TD API');
	if (/^\/+$/.test(url.pathname)) url.pathname = new URL(tdRegions[region].url).pathname;
	const mark = accountMark(url, rest.partnerCode);
	return { ...rest, region: tdRegions[region], url, mark };
}

/** The query that authenticates a request [documented]. Never to be shown or logged. */
export function credentialQuery({
	partnerCode,
	partnerKey,
}: Pick<TdAccount, 'partnerCode' | 'partnerKey'>): Record<string, string> {
	return { partner_code: partnerCode, partner_key: partnerKey };
}
