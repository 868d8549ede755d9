/** Put orders into a new T86 bag: TW's "Create a package" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { bagIdentity, showBag, newBagFields } from '../../../lib/tw/bags/bag';
import type { TwClient } from '../../../lib/tw/wire/client';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { assumedNotice } from '../../shared/tw';
import { ifSentBeforeOption, rememberControl, type RememberSettings } from '../../shared/remember';
import { type Ask, sendNew, written, writtenMembers } from '../../shared/tw-write';

export const create: Operation<TwClient, { bag_no: string; nos: string[] }, RememberSettings> = {
	value: 'create',
	name: 'Create',
	action: 'Create a bag',
	description: 'Put orders into a new bag',
	kind: 'write',
	endpoints: [twEndpoints.bagCreate.title],
	notice: assumedNotice('bagCreate')!,
	output: {
		usual: () =>
			z.looseObject({ bag_no: z.string(), nos: z.array(z.string()), ...writtenMembers('created') }),
	},
	fields: newBagFields,
	controls: rememberControl('Bags'),
	options: ifSentBeforeOption,
	identity: bagIdentity,
	perform: perItem(async (call, { body, settings }) => {
		const { bag_no, nos } = body;
		const bag = { kind: 'bag', name: bag_no } as const;
		const ask: Ask = async (limits) => {
			const shown = await showBag(call.client, bag_no, limits);
			return 'bag' in shown ? { found: shown.bag } : shown;
		};
		const sent = await sendNew(call, 'bagCreate', body, bag, ask, settings);
		return [{ json: written('created', { bag_no, nos }, sent) }];
	}),
};
