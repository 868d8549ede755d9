/** Put orders into a new T86 bag: TW's "Create a package" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { createBag, newBagFields } from '../../../lib/tw/bags/bag';
import { outcomeMember, writtenMembers } from '../../../lib/tw/writes/write';
import { ifSentBeforeOption, rememberControl } from '../../shared/remember';
import { twOperation } from '../../shared/tw';

export const create = twOperation({
	value: 'create',
	name: 'Create',
	action: 'Create a bag',
	description: 'Put orders into a new bag',
	kind: 'write',
	endpoints: ['bagCreate'],
	output: {
		usual: () =>
			z.looseObject({
				...outcomeMember('created'),
				bag_no: z.string(),
				nos: z.array(z.string()),
				...writtenMembers(),
			}),
	},
	fields: newBagFields,
	controls: rememberControl('Bags'),
	options: ifSentBeforeOption,
	identity: 'bag_no',
	performEach: async (call, { body, settings }) => [
		{ json: await createBag(call, body, settings) },
	],
});
