import { createHash, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../credentials';
import { headerText, type VendorRequest } from '../exchange';
import { Refusal } from './envelope';

/**
 * Checks the four headers `key`, `t`, `username`, `sign` [doc] with sign = md5(API_TOKEN + '_' + t) [doc].
 * ASSUMED: HTTP 401 for every refusal, lower-case hex, and a window around the server's time.
 */
export function authenticate(
	request: VendorRequest,
	credentials: Credentials['tw'],
	now: number,
	skewSeconds: number,
): void {
	for (const name of ['key', 't', 'username', 'sign']) {
		if (headerText(request, name) === '') throw new Refusal(401, `header ${name} is missing`);
	}
	if (
		headerText(request, 'key') !== credentials.apiKey ||
		headerText(request, 'username') !== credentials.username
	) {
		throw new Refusal(401, 'unknown key or username');
	}

	const t = headerText(request, 't');
	if (!/^\d{1,12}$/.test(t)) throw new Refusal(401, 't is not a Unix timestamp in seconds');
	if (Math.abs(Number(t) - now / 1000) > skewSeconds) throw new Refusal(401, 't has expired');

	const expected = createHash('md5').update(`${credentials.apiToken}_${t}`).digest('hex');
	if (!sameText(headerText(request, 'sign'), expected)) throw new Refusal(401, 'sign check failed');
}

function sameText(a: string, b: string): boolean {
	const [left, right] = [Buffer.from(a), Buffer.from(b)];
	return left.length === right.length && timingSafeEqual(left, right);
}
