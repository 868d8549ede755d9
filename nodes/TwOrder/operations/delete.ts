/** Delete an order: TW's "Order deleted" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { removeOrder } from '../../../lib/tw/orders/remove';
import { outcomeMember, writtenMembers } from '../../../lib/tw/writes/write';
import { orderNumber } from '../../shared/fields';
import { rememberControl } from '../../shared/remember';
import { twOperation } from '../../shared/tw';

export const remove = twOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete an order',
	description: 'Ask TW to delete an order, and show how far that has come',
	kind: 'write',
	consequence: 'This cannot be undone',
	endpoints: ['orderDelete'],
	output: {
		usual: () =>
			z.looseObject({
				...outcomeMember('deleted', 'accepted'),
				no: z.string(),
				removal: z.enum(['requested', 'removed', 'confirmed by carrier']),
				deleted: z.boolean(),
				removing_at: z.string().optional(),
				removed_at: z.string().optional(),
				real_removed_at: z.string().optional(),
				time_zone: z.string().optional(),
				...writtenMembers(),
			}),
	},
	fields: { no: orderNumber },
	controls: rememberControl('Orders'),
	identity: 'no',
	performEach: async (call, { body, settings }) => [
		{ json: await removeOrder(call, body, settings.remember) },
	],
});
