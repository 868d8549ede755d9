/** Dissolve a T86 bag: TW's "Delete the package" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { bagFields, removeBag } from '../../../lib/tw/bags/bag';
import { outcomeMember, writtenMembers } from '../../../lib/tw/writes/write';
import { rememberControl } from '../../shared/remember';
import { twOperation } from '../../shared/tw';

export const remove = twOperation({
	value: 'delete',
	name: 'Delete',
	action: 'Delete a bag',
	description: 'Dissolve a bag; its orders stay',
	kind: 'write',
	endpoints: ['bagDelete'],
	output: {
		usual: () =>
			z.looseObject({
				...outcomeMember('deleted', 'accepted'),
				bag_no: z.string(),
				deleted: z.boolean(),
				...writtenMembers(),
			}),
	},
	fields: bagFields,
	controls: rememberControl('Bags'),
	identity: 'bag_no',
	performEach: async (call, { body, settings }) => [
		{ json: await removeBag(call, body, settings.remember) },
	],
});
