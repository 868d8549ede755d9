/** From a node's credential to a client that the host allows to call out. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { EgressPolicy } from '../base/egress';
import { ValidationFault } from '../base/errors';
import { egressPolicy } from './egress';
import type { NodeProfile, RunClient } from './profile';

export interface Connection<Client> {
	client: Client;
	/** The host's word on addresses, where it has one. */
	egress: EgressPolicy | undefined;
}

/**
 * @throws {ValidationFault} if the credential is not usable, or the host does not want its address called
 * @throws n8n's own error if the node has no credential
 */
export async function connect<Client extends RunClient>(
	host: IExecuteFunctions,
	profile: NodeProfile<Client>,
): Promise<Connection<Client>> {
	const egress = egressPolicy(host);
	const credential = await host.getCredentials(profile.credential);
	const client = profile.connect(credential, egress?.lookup);
	const refusal = await egress?.refuses(client.address);
	if (refusal) throw notAllowed(client.address.host, refusal);
	return { client, egress };
}

const notAllowed = (address: string, reason: string) =>
	new ValidationFault(
		`This n8n host does not allow calls to ${address} (${reason})`,
		'Base URL',
		"Ask the administrator of this n8n host to allow the address in n8n's egress settings.",
	);
