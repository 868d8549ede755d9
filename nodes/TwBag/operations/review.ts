/** Approve a T86 bag: TW's "Review bag" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { bagFields, reviewBag } from '../../../lib/tw/bags/bag';
import { outcomeMember, writtenMembers } from '../../../lib/tw/writes/write';
import { twOperation } from '../../shared/tw';

export const review = twOperation({
	value: 'review',
	name: 'Review',
	action: 'Review a bag',
	description: 'Approve a bag, so that TW processes it',
	kind: 'write',
	endpoints: ['bagReview'],
	output: {
		usual: () =>
			z.looseObject({
				...outcomeMember('reviewed'),
				bag_no: z.string(),
				reviewed: z.boolean(),
				...writtenMembers(),
			}),
	},
	fields: bagFields,
	identity: 'bag_no',
	performEach: async (call, { body }) => [{ json: await reviewBag(call, body) }],
});
