/** Dissolve a T86 bag: TW's "Delete the package" [ASSUMED: path, body and answer]. */
import { type Operation, perItem } from '../../../lib/operation';
import { bagFields, bagIdentity, findBag } from '../../../lib/tw/bag';
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
			const bag = await findBag(call.client, { bag_no }, limits);
			return bag === undefined ? { found: true } : { missing: true };
		});
		return [{ json: { bag_no, deleted: true, ...written(outcome) } }];
	}),
};
