/** Signs requests to TW. */
import { hash } from 'node:crypto';

export interface TwKeys {
	/** Login user name, e.g. `TW0001`. */
	username: string;
	/** API_KEY of TW's open platform. */
	apiKey: string;
	/** API_TOKEN of TW's open platform: the secret, never transmitted. */
	apiToken: string;
}

/**
 * The four headers that authenticate a request, valid for one attempt.
 *
 * Source: TW "Document Description", `sign = md5(secret + '_' + t)`, `t` in Unix seconds.
 * ASSUMED: hexadecimal digits in lower case; the page only says "numbers and letters".
 *
 * @param nowMs the clock, in milliseconds since 1970 UTC
 */
export function signatureHeaders(keys: TwKeys, nowMs: number): Record<string, string> {
	const t = String(Math.floor(nowMs / 1000));
	const sign = hash('md5', `${keys.apiToken}_${t}`);
	return { key: keys.apiKey, t, username: keys.username, sign };
}
