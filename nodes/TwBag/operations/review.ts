/** Approve a T86 bag: TW's "Review bag" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { bagFields, bagIdentity } from '../../../lib/tw/bags/bag';
import type { TwClient } from '../../../lib/tw/wire/client';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { assumedNotice } from '../../shared/tw';
import { cannotBeLookedUp, sendWrite, written, writtenMembers } from '../../shared/tw-write';

export const review: Operation<TwClient, { bag_no: string }> = {
	value: 'review',
	name: 'Review',
	action: 'Review a bag',
	description: 'Approve a bag, so that TW processes it',
	kind: 'write',
	endpoints: [twEndpoints.bagReview.title],
	notice: assumedNotice('bagReview')!,
	output: {
		usual: () =>
			z.looseObject({ bag_no: z.string(), reviewed: z.boolean(), ...writtenMembers('reviewed') }),
	},
	fields: bagFields,
	identity: bagIdentity,
	perform: perItem(async (call, { body }) => {
		const { bag_no } = body;
		const bag = { kind: 'bag', name: bag_no } as const;
		const sent = await sendWrite(call, 'bagReview', body, bag, cannotBeLookedUp);
		return [{ json: written('reviewed', { bag_no, reviewed: true }, sent) }];
	}),
};
