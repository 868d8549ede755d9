import type { JsonObject } from '../exchange';
import type { TwBackend } from './backend';
import { channels } from './channels';

/** POST /api/v2/getProduct, ASSUMED throughout (`channelShape`): the delivery channels. */
export function getProduct(_body: JsonObject, { settings }: TwBackend): unknown {
	const list = channels.map(({ code, name }) => ({ code, name }));
	switch (settings.channelShape) {
		case 'list':
			return list;
		case 'pager':
			return {
				current_page: 1,
				data: list,
				last_page: 1,
				per_page: String(list.length),
				total: list.length,
			};
		case 'map':
			return Object.fromEntries(list.map((channel) => [channel.code, channel]));
	}
}
