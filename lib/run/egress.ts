/** The host's own rules on where a node may connect to (n8n 2.41 and newer). */
import type { LookupFunction } from 'node:net';
import type { EgressPolicy } from '../base/egress';

/** What n8n 2.41 offers; the types of older hosts do not know it. */
interface EgressFilter {
	validateUrl: (url: URL) => Promise<{ ok: boolean; error?: Error }>;
	createSecureLookup: () => LookupFunction;
}

/** The host's egress policy; undefined on hosts that have none. */
export function egressPolicy(host: { helpers: object }): EgressPolicy | undefined {
	const helpers = host.helpers as { getSecureEgressFilter?: () => EgressFilter };
	if (typeof helpers.getSecureEgressFilter !== 'function') return undefined;
	const filter = helpers.getSecureEgressFilter();
	return {
		lookup: filter.createSecureLookup(),
		refuses: async (url) => {
			const verdict = await filter.validateUrl(url);
			return verdict.ok ? undefined : (verdict.error?.message ?? 'egress policy');
		},
	};
}
