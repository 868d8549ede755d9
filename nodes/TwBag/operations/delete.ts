/** Dissolve a T86 bag: TW's "Delete the package" [ASSUMED: path, body and answer]. */
import { type Operation, perItem } from '../../../lib/operation';
import { bagFields, bagIdentity, showBag } from '../../../lib/tw/bag';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { assumedNotice } from '../../shared/tw';
import { sendWrite, written } from '../../shared/tw-write';

export const remove: Operation<TwClient, { bag_no: string }> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a bag',
	description: 'Dissolve a bag; its orders stay',
	kind: 'write',
	endpoints: [twEndpoints.bagDelete.title],
	notice: assumedNotice('bagDelete')!,
	fields: bagFields,
	identity: bagIdentity,
	perform: perItem(async (call, { body }) => {
		const { bag_no } = body;
		const outcome = await sendWrite(call, 'bagDelete', body, `bag ${bag_no}`, async (limits) => {
			const shown = await showBag(call.client, bag_no, limits);
			return 'bag' in shown ? { missing: true, remark: `TW still shows bag ${bag_no}.` } : shown;
		});
		return [{ json: { bag_no, deleted: true, ...written(outcome) } }];
	}),
};
