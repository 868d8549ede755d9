/** Lets n8n's own HTTP Request node use a credential, without letting its keys go elsewhere. */
import { AuthenticationFault } from '../base/errors';
import { isSameOrigin } from './base-url';

/**
 * Refuses a request that leads away from the credential's own origin.
 *
 * @param base the credential's base URL
 * @param target the request's URL, possibly relative to `requestBase`
 * @param requestBase base URL of the request itself, if it has one
 * @param credential display name, for the message
 * @throws {AuthenticationFault}
 */
export function assertOwnOrigin(
	base: URL,
	target: string,
	requestBase: string | undefined,
	credential: string,
): void {
	const from = requestBase && URL.canParse(requestBase) ? new URL(requestBase) : base;
	const absolute = URL.canParse(target, from.href) ? new URL(target, from).href : undefined;
	if (absolute !== undefined && isSameOrigin(base, absolute)) return;
	throw new AuthenticationFault(
		`The ${credential} credential is only for ${base.origin}, so this request was not signed and not sent`,
		`Use a URL that begins with ${base.origin}, or another credential.`,
	);
}
