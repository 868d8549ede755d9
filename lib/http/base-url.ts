/** Checks the address that a credential's keys may go to. */
import { ValidationFault } from '../base/errors';
import { isLoopbackHost } from './addresses';

/**
 * Parses a base URL: https, or http to this machine itself, without user name, query or fragment.
 *
 * @param label the field as the credential shows it
 * @param credential the credential's display name
 * @throws {ValidationFault}
 */
export function checkBaseUrl(text: string, label: string, credential: string): URL {
	const refuse = (problem: string): never => {
		throw new ValidationFault(
			`'${label}' of the ${credential} credential ${problem}`,
			label,
			'Open the credential and enter the address as the vendor gave it to you, e.g. https://api.example.com.',
		);
	};
	if (!URL.canParse(text)) refuse('is not a URL');
	const url = new URL(text);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
		refuse('must begin with https:// (http:// only for this machine itself)');
	}
	if (url.username || url.password) refuse('must not hold a user name or password');
	if (url.search || url.hash) refuse('must not hold a query or fragment');
	return url;
}

/** Joins a base URL's own path and an endpoint's path. */
export function pathUnder(base: URL, path: string): string {
	return base.pathname.replace(/\/+$/, '') + path;
}

/** Whether a URL leads to the same scheme, host and port as the base URL. */
export function isSameOrigin(base: URL, other: string): boolean {
	return URL.canParse(other, base.href) && new URL(other, base).origin === base.origin;
}
