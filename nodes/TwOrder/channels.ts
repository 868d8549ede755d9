/** The account's channels, for the editor's lists. */
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { Deadline } from '../../lib/base/deadline';
import { PACE } from '../../lib/base/limits';
import { codes } from '../../lib/operation/fields/model';
import { readTwAccount } from '../../lib/tw/wire/account';
import { type Channel, listChannels } from '../../lib/tw/orders/channels';
import { TwClient } from '../../lib/tw/wire/client';
import { toEditorError } from '../../lib/run/errors';

const LOAD_MS = 20_000;

/** Channels to quote; none chosen means all of the account. */
export const channelCodes = codes('Channel Names or IDs', {
	grade: 'conditional',
	load: 'loadChannels',
	description:
		'Channels to compare; all of your account if none is chosen. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

async function channelsOf(context: ILoadOptionsFunctions): Promise<Channel[]> {
	try {
		const account = readTwAccount(await context.getCredentials('twApi'));
		const limits = { deadline: Deadline.in(LOAD_MS), pace: PACE };
		return await listChannels(new TwClient(account), limits);
	} catch (error) {
		throw toEditorError(context.getNode(), error);
	}
}

const labelOf = ({ code, name }: Channel) => (name === code ? code : `${name} (${code})`);

/** For the resource locator: searched by code and name. */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.toLowerCase() ?? '';
	const channels = await channelsOf(this);
	return {
		results: channels
			.map((channel) => ({ name: labelOf(channel), value: channel.code }))
			.filter(({ name }) => name.toLowerCase().includes(wanted)),
	};
}

/** For lists with several choices. */
export async function loadChannels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const channels = await channelsOf(this);
	return channels.map((channel) => ({ name: labelOf(channel), value: channel.code }));
}
