/** Approve a T86 bag: TW's "Review bag" [ASSUMED: path, body and answer]. */
import { type Operation, perItem } from '../../../lib/operation';
import { bagFields, bagIdentity } from '../../../lib/tw/bag';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { assumedNotice } from '../../shared/tw';
import { cannotBeLookedUp, sendWrite, written } from '../../shared/tw-write';

export const review: Operation<TwClient, { bag_no: string }> = {
	value: 'review',
	name: 'Review',
	action: 'Review a bag',
	description: 'Approve a bag, so that TW processes it',
	kind: 'write',
	endpoints: [twEndpoints.bagReview.title],
	notice: assumedNotice('bagReview')!,
	fields: bagFields,
	identity: bagIdentity,
	perform: perItem(async (call, { body }) => {
		const { bag_no } = body;
		const outcome = await sendWrite(call, 'bagReview', body, `bag ${bag_no}`, cannotBeLookedUp);
		return [{ json: { bag_no, reviewed: true, ...written(outcome) } }];
	}),
};
