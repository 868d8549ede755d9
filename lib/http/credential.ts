/** Checks a credential's fields, and keeps its keys at its own address. */
import { isIP } from 'node:net';
import * as z from 'zod/v4';
import { trimmed } from '../base/json';
import { AuthenticationFault, ValidationFault } from '../base/errors';
import { MIN_SECRET_LENGTH } from '../base/redact';

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

/** A field as people paste it: without blanks and unseen characters around it. */
export const pasted = () => z.string().overwrite(trimmed);

/** A field that is a key. What is shorter could not be masked without garbling texts that hold no key. */
export const keyText = (text: z.ZodString): z.ZodString =>
	text.min(MIN_SECRET_LENGTH, `is shorter than ${MIN_SECRET_LENGTH} characters, so it is no key`);

/**
 * Parses a base URL: https, or http to this machine itself, without user name, query or fragment. A `?`
 * or `#` with nothing behind it and a dot behind the host are left out.
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
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
		refuse('must begin with https:// (http:// only for this machine itself)');
	}
	if (url.username || url.password) refuse('must not hold a user name or password');
	if (url.search || url.hash) refuse('must not hold a query or fragment');
	// Without the lone `?` and `#`
	return new URL(url.origin + url.pathname);
}

/** Whether a URL's host name is this machine itself, by name or by address. */
export function isLoopbackHost(hostname: string): boolean {
	const host = bareHost(hostname);
	if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true;
	return isIP(host) === 4 && host.startsWith('127.');
}

/** A URL's host name without the brackets of an IPv6 address, and without a dot at its end. */
export const bareHost = (hostname: string): string =>
	hostname
		.replace(/^\[(.*)\]$/, '$1')
		.replace(/\.$/, '')
		.toLowerCase();

/** Joins a base URL's own path and an endpoint's path. */
export function pathUnder({ pathname }: URL, path: string): string {
	let end = pathname.length;
	while (pathname.endsWith('/', end)) end--;
	return pathname.slice(0, end) + path;
}

/** n8n's helpers each have names of their own for this; all are set, so that none follows a redirect. */
const NO_REDIRECTS = {
	disableFollowRedirect: true,
	followRedirect: false,
	followAllRedirects: false,
	maxRedirects: 0,
};

/**
 * A request of n8n's HTTP Request node, or of another node of n8n, made fit to be signed: it goes to the
 * credential's own address alone, by every name that n8n's helpers have for an address, and follows no
 * redirect, which would take the keys along. The node's paging asks again for each page.
 *
 * @param request what n8n hands to `authenticate`; each of its helpers reads other members of it
 * @param home the credential's base URL
 * @param ignoreSslIssues whether the credential allows a certificate that can't be verified
 * @param credential the credential's display name
 * @throws {AuthenticationFault} if it leads elsewhere, or nowhere, or others could read along
 */
export function boundTo<Request extends object>(
	request: Request,
	home: URL,
	ignoreSslIssues: boolean,
	credential: string,
): Request & typeof NO_REDIRECTS {
	const refuse = (advice: string): never => {
		// n8n shows the message alone
		throw new AuthenticationFault(
			`The ${credential} credential is only for ${home.origin}, so this request was not signed and not sent. ${advice}`,
			advice,
		);
	};
	const { headers, proxy, agentOptions = {}, ...tls } = request as ForeignRequest;
	// Sent as they were judged, since an object may say another thing when it is asked again
	const addresses = textsOf(request);
	const { url, uri, baseURL, baseUrl } = addresses;
	if (!leadsTo(home, [url, uri], [baseURL, baseUrl])) {
		refuse(`Use a URL that begins with ${home.origin}, or another credential.`);
	}
	// A server for several hosts would hand it to the one that is named there
	const plain = Object.fromEntries(entriesOf(headers ?? {}));
	for (const [name, value] of Object.entries(plain)) {
		const isHost = name.trim().toLowerCase() === 'host';
		if (isHost && !leadsTo(home, [`${home.protocol}//${String(value)}`], [])) {
			refuse("Remove the header 'Host'.");
		}
	}
	const others = Object.keys(agentOptions).filter((name) => !CERTIFICATES.includes(name));
	if (others.length > 0) refuse(`Leave out ${others.join(', ')} of the connection.`);
	const isUnverified =
		tls.rejectUnauthorized === false || tls.skipSslCertificateValidation === true;
	if (isUnverified && !ignoreSslIssues) {
		refuse("Switch 'Ignore SSL Issues' off here, or on in the credential if you mean it.");
	}
	const isReadable = isUnverified || home.protocol !== 'https:' || agentOptions.ca !== undefined;
	if (proxy && isReadable) {
		refuse("Remove the option 'Proxy': without verified TLS it could read the keys.");
	}
	return { ...request, ...addresses, ...(headers ? { headers: plain } : {}), ...NO_REDIRECTS };
}

/** What a request may say of its connection; the rest could lead it elsewhere, or unverified. */
const CERTIFICATES: readonly string[] = ['ca', 'cert', 'key', 'passphrase'];

const ADDRESSES = ['url', 'uri', 'baseURL', 'baseUrl'] as const;

function textsOf(request: ForeignRequest): Partial<Record<(typeof ADDRESSES)[number], string>> {
	const given = ADDRESSES.map((name) => [name, request[name]] as const);
	const texts = given.filter(([, value]) => value !== undefined && value !== null);
	return Object.fromEntries(texts.map(([name, value]) => [name, String(value)]));
}

/** Also of a `Headers` object or a map. */
const entriesOf = (headers: object): Array<[string, unknown]> =>
	Symbol.iterator in headers
		? [...(headers as Iterable<[string, unknown]>)]
		: Object.entries(headers);

/** What n8n's helpers read of a request, as far as it decides who gets to see it. */
interface ForeignRequest {
	url?: unknown;
	uri?: unknown;
	baseURL?: unknown;
	baseUrl?: unknown;
	headers?: object | null;
	proxy?: unknown;
	rejectUnauthorized?: unknown;
	skipSslCertificateValidation?: unknown;
	agentOptions?: { ca?: unknown };
}

/** Whether there is an address, and each that is given is at home; one without a host needs a base. */
function leadsTo(
	home: URL,
	targets: Array<string | undefined>,
	bases: Array<string | undefined>,
): boolean {
	const given = (values: Array<string | undefined>) =>
		values.filter((value) => value !== undefined);
	// Not by `origin`, which a blob: shares with the page that made it
	const isHome = (text: string, base?: string) => {
		if (!URL.canParse(text, base)) return false;
		const { protocol, host } = new URL(text, base);
		return protocol === home.protocol && host === home.host;
	};
	const [addresses, roots] = [given(targets), given(bases)];
	return (
		addresses.length + roots.length > 0 &&
		roots.every((root) => isHome(root)) &&
		addresses.every((text) => isHome(text, URL.canParse(text) ? undefined : roots[0]))
	);
}
