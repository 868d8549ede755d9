/** Put orders into a new T86 bag: TW's "Create a package" [ASSUMED: path, body and answer]. */
import { type Operation, perItem } from '../../../lib/operation';
import { bagIdentity, showBag, newBagFields } from '../../../lib/tw/bag';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { assumedNotice } from '../../shared/tw';
import { sendWrite, written } from '../../shared/tw-write';

export const create: Operation<TwClient, { bag_no: string; nos: string[] }> = {
	value: 'create',
	name: 'Create',
	action: 'Create a bag',
	description: 'Put orders into a new bag',
	kind: 'write',
	endpoints: [twEndpoints.bagCreate.title],
	notice: assumedNotice('bagCreate')!,
	fields: newBagFields,
	identity: bagIdentity,
	perform: perItem(async (call, { body }) => {
		const { bag_no, nos } = body;
		const outcome = await sendWrite(call, 'bagCreate', body, `bag ${bag_no}`, async (limits) => {
			const shown = await showBag(call.client, bag_no, limits);
			return 'bag' in shown ? { found: shown.bag } : shown;
		});
		return [{ json: { bag_no, nos, ...written(outcome) } }];
	}),
};
