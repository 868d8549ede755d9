/** Checks a credential's fields, and keeps its keys at its own address. */
import { isIP } from 'node:net';
import type * as z from 'zod/v4';
import { AuthenticationFault, ValidationFault } from '../base/errors';

/** The outcome of a credential's test, as the editor shows it. */
export interface CredentialVerdict {
	ok: boolean;
	message: string;
}

/**
 * Reads a decrypted credential by its schema.
 *
 * @param labels the fields as the credential shows them, the first one first
 * @param credential the credential's display name
 * @throws {ValidationFault} naming the field; never its value
 */
export function readCredential<T extends z.ZodType>(
	schema: T,
	data: unknown,
	labels: Readonly<Record<string, string>>,
	credential: string,
): z.output<T> {
	const parsed = schema.safeParse(data);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const field = String(issue?.path[0] ?? Object.keys(labels)[0]);
	const label = labels[field] ?? field;
	throw new ValidationFault(
		`'${label}' of the ${credential} credential ${issue?.message ?? 'is not usable'}`,
		label,
		'Open the credential and fill this field in.',
	);
}

/**
 * Parses a base URL: https, or http to this machine itself, without user name, query or fragment. What
 * people add without meaning another address is left out, so that an address is called, and remembered, in one
 * spelling: a `?` or `#` with nothing behind it, slashes at the end or doubled, a dot behind the host.
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
	url.hostname = url.hostname.replace(/\.$/, '');
	url.pathname = url.pathname.replace(/\/+/g, '/').replace(/\/$/, '');
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
		refuse('must begin with https:// (http:// only for this machine itself)');
	}
	if (url.username || url.password) refuse('must not hold a user name or password');
	if (url.search || url.hash) refuse('must not hold a query or fragment');
	// Without the lone `?` and `#`
	return new URL(url.pathname, url.origin);
}

/** Whether a URL's host name is this machine itself, by name or by address. */
export function isLoopbackHost(hostname: string): boolean {
	const host = bareHost(hostname);
	if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true;
	return isIP(host) === 4 && host.startsWith('127.');
}

/** A URL's host name without the brackets of an IPv6 address. */
export const bareHost = (hostname: string): string =>
	hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();

/** Joins a base URL's own path and an endpoint's path. */
export const pathUnder = ({ pathname }: URL, path: string): string =>
	pathname === '/' ? path : pathname + path;

/**
 * Refuses to sign a request of n8n's HTTP Request node that leads away from the credential's own origin.
 *
 * @param base the credential's base URL
 * @param target the request's URL, possibly relative to `requestBase`
 * @param requestBase base URL of the request itself, if it has one
 * @param credential the credential's display name
 * @throws {AuthenticationFault}
 */
export function assertOwnOrigin(
	base: URL,
	target: string,
	requestBase: string | undefined,
	credential: string,
): void {
	const from = requestBase && URL.canParse(requestBase) ? requestBase : base.href;
	if (URL.canParse(target, from) && new URL(target, from).origin === base.origin) return;
	throw new AuthenticationFault(
		`The ${credential} credential is only for ${base.origin}, so this request was not signed and not sent`,
		`Use a URL that begins with ${base.origin}, or another credential.`,
	);
}
