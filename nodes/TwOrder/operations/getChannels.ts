/** List the account's channels: TW's "Get the list of delivery channels" [ASSUMED]. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { listChannels } from '../../../lib/tw/orders/channels';
import { channelMembers } from '../../../lib/tw/wire/members';
import { listControls, wanted } from '../../shared/fields';
import { twOperation } from '../../shared/tw';

export const getChannels = twOperation({
	value: 'getChannels',
	name: 'Get Many Channels',
	action: 'Get many channels',
	description: 'List the delivery channels that your account can use',
	kind: 'read',
	endpoints: ['getProduct'],
	output: {
		usual: () => {
			const { name, code } = channelMembers().shape;
			return z.looseObject({ name, code });
		},
	},
	fields: {},
	controls: listControls,
	performEach: async ({ client, limits }, { body, settings }) => {
		const channels = await listChannels(client, limits, body);
		return channels
			.slice(0, wanted(settings))
			.map(({ code, name, raw }) => ({ json: { ...(raw as IDataObject), code, name } }));
	},
});
