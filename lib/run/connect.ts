/**
 * From a node's credential to a client, within n8n's rules on where a node may connect to. All that calls a
 * vendor for a flow or for the editor's lists connects here; credential tests can't, since n8n gives them
 * no rules.
 */
import type { LookupFunction } from 'node:net';
import type { EgressPolicy } from '../base/egress';
import { asFault, ValidationFault } from '../base/errors';
import type { NodeProfile, RunClient } from './profile';

/** Whoever n8n lets call out: an execution, a poll, a list of the editor. */
export interface ConnectingHost {
	helpers: object;
	getCredentials(type: string): Promise<unknown>;
}

/**
 * @throws {ValidationFault} if the credential is not usable, or n8n does not allow calls to its address
 * @throws n8n's own error if the node has no credential
 */
export async function connect<Client extends RunClient>(
	host: ConnectingHost,
	access: Pick<NodeProfile<Client>, 'credential' | 'connect'>,
): Promise<{ client: Client; egress: EgressPolicy | undefined }> {
	const egress = egressPolicy(host);
	const credential = await host.getCredentials(access.credential);
	let client: Client;
	try {
		client = access.connect(credential, egress?.lookup);
	} catch (error) {
		// Ours; what n8n throws goes to n8n as it is
		throw asFault(error);
	}
	const refusal = await egress?.refuses(client.address);
	if (!refusal) return { client, egress };
	throw new ValidationFault(
		`This n8n host does not allow calls to ${client.address.host} (${refusal})`,
		'Base URL',
		"Ask the administrator of this n8n host to allow the address in n8n's egress settings.",
	);
}

/** n8n 2.41 and newer; the types of older hosts do not have it. */
interface EgressFilter {
	validateUrl: (url: URL) => Promise<{ ok: boolean; error?: Error }>;
	createSecureLookup: () => LookupFunction;
}

/** n8n's egress policy; undefined on hosts that have none. */
function egressPolicy(host: ConnectingHost): EgressPolicy | undefined {
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
