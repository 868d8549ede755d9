/** List the account's channels: TW's "Get the list of delivery channels" [ASSUMED]. */
import type { IDataObject } from 'n8n-workflow';
import { type Operation, perItem } from '../../../lib/operation';
import { listChannels } from '../../../lib/tw/channels';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
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
	fields: {},
	controls: listControls,
	perform: perItem(async ({ client, deadline, signal }, { body, settings }) => {
		const channels = await listChannels(client, { deadline, signal }, body);
		return channels
			.slice(0, wanted(settings))
			.map(({ code, name, raw }) => ({ json: { ...(raw as IDataObject), code, name } }));
	}),
};
