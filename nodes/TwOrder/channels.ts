/** The account's channels, for the editor's lists. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { Deadline } from '../../lib/base/deadline';
import { PACE } from '../../lib/base/limits';
import { codes } from '../../lib/fields/field';
import { listChannels } from '../../lib/tw/orders/channels';
import type { TwClient } from '../../lib/tw/wire/client';
import { connect } from '../../lib/run/connect';
import { toEditorError } from '../../lib/run/node-errors';
import { twAccess } from '../shared/tw';

const LOAD_MS = 20_000;

export const channelCodes = codes('Channel Names or IDs', {
	grade: 'conditional',
	load: 'loadChannels',
	description:
		'Channels to compare; all of your account if none is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

/** For the resource locator: searched by code and name. */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const channels = await loadChannels.call(this);
	const isWanted = (name: string) => name.toLowerCase().includes(filter.toLowerCase());
	return { results: channels.filter(({ name }) => isWanted(name)) };
}

/** For lists with several choices. */
export async function loadChannels(
	this: ILoadOptionsFunctions,
): Promise<Array<{ name: string; value: string }>> {
	let client: TwClient | undefined;
	try {
		({ client } = await connect(this, twAccess));
		const limits = { deadline: Deadline.in(LOAD_MS), pace: PACE };
		const channels = await listChannels(client, limits);
		return channels.map(({ code, name }) => ({
			name: name === code ? code : `${name} (${code})`,
			value: code,
		}));
	} catch (error) {
		throw toEditorError(this, error, client?.redact);
	}
}
