/** List the orders that the register remembers, such as those of which it is unknown whether they exist. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { choice, number } from '../../../lib/operation/fields/model';
import type { Entry, SendState } from '../../../lib/operation/needs';
import { type Operation, perItem } from '../../../lib/operation/operation';
import type { TwClient } from '../../../lib/tw/wire/client';
import { accountMark } from '../../../lib/tw/wire/keys';
import { listControls, type ListSettings, wanted } from '../../shared/fields';
import { rememberControl, type RememberSettings } from '../../shared/remember';

interface Settings extends RememberSettings, ListSettings {
	state?: SendState | 'all';
	/** Hours. */
	newerThan?: number;
	/** Hours. */
	olderThan?: number;
}

const HOUR_MS = 60 * 60 * 1000;

export const getManyRemembered: Operation<TwClient, Record<string, unknown>, Settings> = {
	value: 'getManyRemembered',
	name: 'Get Many Remembered',
	action: 'Get many remembered orders',
	description: 'List what this account has sent, the oldest first, e.g. orders that are unknown',
	kind: 'read',
	endpoints: [],
	output: {
		usual: () =>
			z.looseObject({
				no: z.string(),
				state: z.enum(['sending', 'accepted', 'unknown']),
				sent_at: z.string(),
				execution: z.string(),
				request_id: z.string().nullable(),
				channel: z.string().nullable(),
			}),
	},
	fields: {},
	controls: {
		...rememberControl('Orders'),
		state: choice(
			'State',
			[
				{ name: 'Accepted', value: 'accepted', description: 'TW took it' },
				{ name: 'All', value: 'all' },
				{ name: 'Sending', value: 'sending', description: 'On its way, or n8n was killed then' },
				{
					name: 'Unknown',
					value: 'unknown',
					description: 'Sent, and the answer was lost: it may exist at TW',
				},
			],
			{
				grade: 'conditional',
				initial: 'unknown',
				always: 'unknown',
				description: 'Which orders to list',
			},
		),
		...listControls,
	},
	options: {
		newerThan: number('Newer Than', {
			above: 0,
			description: 'Only orders that were sent within the last so many hours',
		}),
		olderThan: number('Older Than', {
			min: 0,
			description: 'Only orders that were sent more than so many hours ago',
		}),
	},
	perform: perItem(async ({ client, register }, { settings }) => {
		const { remember, state, newerThan, olderThan } = settings;
		const ago = (hours: number | undefined) =>
			hours === undefined ? undefined : Date.now() - hours * HOUR_MS;
		const entries = await (
			await register(remember)
		).list({
			kind: 'order',
			account: accountMark(client.account),
			state: state === 'all' ? undefined : state,
			since: ago(newerThan),
			before: ago(olderThan),
			limit: wanted(settings),
		});
		return entries.map((entry) => ({ json: asItem(entry) }));
	}),
};

function asItem({ name, state, at, execution, answer }: Entry): IDataObject {
	return {
		no: name,
		state,
		sent_at: new Date(at).toISOString(),
		execution,
		request_id: (answer?.['requestId'] as string | undefined) ?? null,
		channel: (answer?.['product'] as string | undefined) ?? null,
	};
}
