/** List the account's channels: TW's "Get the list of delivery channels" [ASSUMED]. */
import type { IDataObject } from 'n8n-workflow';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { listChannels } from '../../../lib/tw/orders/channels';
import type { TwClient } from '../../../lib/tw/wire/client';
import { channelMembers } from '../../../lib/tw/wire/members';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { listControls, type ListSettings, wanted } from '../../shared/fields';
import { assumedNotice } from '../../shared/tw';

export const getChannels: Operation<TwClient, object, ListSettings> = {
	value: 'getChannels',
	name: 'Get Many Channels',
	action: 'Get many channels',
	description: 'List the delivery channels that your account can use',
	kind: 'read',
	endpoints: [twEndpoints.getProduct.title],
	notice: assumedNotice('getProduct')!,
	output: { usual: channelMembers },
	fields: {},
	controls: listControls,
	perform: perItem(async ({ client, limits }, { body, settings }) => {
		const channels = await listChannels(client, limits, body);
		return channels
			.slice(0, wanted(settings))
			.map(({ code, name, raw }) => ({ json: { ...(raw as IDataObject), code, name } }));
	}),
};
