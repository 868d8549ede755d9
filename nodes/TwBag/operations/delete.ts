/** Dissolve a T86 bag: TW's "Delete the package" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { bagFields, bagIdentity, showBag } from '../../../lib/tw/bags/bag';
import type { TwClient } from '../../../lib/tw/wire/client';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { assumedNotice } from '../../shared/tw';
import { rememberControl, type RememberSettings } from '../../shared/remember';
import { forget, NUMBER_IS_FREE, sendWrite, written, writtenMembers } from '../../shared/tw-write';

export const remove: Operation<TwClient, { bag_no: string }, RememberSettings> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a bag',
	description: 'Dissolve a bag; its orders stay',
	kind: 'write',
	endpoints: [twEndpoints.bagDelete.title],
	notice: assumedNotice('bagDelete')!,
	output: {
		usual: () =>
			z.looseObject({ bag_no: z.string(), deleted: z.boolean(), ...writtenMembers('deleted') }),
	},
	fields: bagFields,
	controls: rememberControl('Bags'),
	identity: bagIdentity,
	perform: perItem(async (call, { body, settings }) => {
		const { bag_no } = body;
		const bag = { kind: 'bag', name: bag_no } as const;
		const sent = await sendWrite(
			call,
			'bagDelete',
			body,
			bag,
			async (limits) => {
				const shown = await showBag(call.client, bag_no, limits);
				return 'bag' in shown ? { missing: true, remark: `TW still shows bag ${bag_no}.` } : shown;
			},
			NUMBER_IS_FREE,
		);
		const remark = await forget(call, bag, settings);
		const own = { bag_no, deleted: true, ...(remark ? { remark } : {}) };
		return [{ json: written('deleted', own, sent) }];
	}),
};
