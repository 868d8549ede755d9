/** List the orders that the register remembers, such as those of which it is unknown whether they exist. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { choice, number, text } from '../../../lib/operation/fields/model';
import type { Entry, Register, SendState, Wanted } from '../../../lib/operation/needs';
import { type Operation, perItem } from '../../../lib/operation/operation';
import type { TwClient } from '../../../lib/tw/wire/client';
import { markOf } from '../../../lib/tw/wire/keys';
import { listControls, type ListSettings, wanted } from '../../shared/fields';
import { rememberControl, type RememberSettings } from '../../shared/remember';

interface Settings extends RememberSettings, ListSettings {
	state?: SendState | 'all';
	/** Hours. */
	newerThan?: number;
	/** Hours. */
	olderThan?: number;
	no?: string;
	execution?: string;
	offset?: number;
}

const HOUR_MS = 60 * 60 * 1000;

export const getManyRemembered: Operation<TwClient, Record<string, unknown>, Settings> = {
	value: 'getManyRemembered',
	name: 'Get Many Remembered',
	action: 'Get many remembered orders',
	description: 'List what this account has sent, the newest first, e.g. orders that are unknown',
	kind: 'read',
	endpoints: [],
	output: {
		usual: () =>
			z.looseObject({
				no: z.string(),
				state: z.enum(['sending', 'accepted', 'failed', 'unknown']),
				sent_at: z.string(),
				execution: z.string(),
				request_id: z.string().nullable(),
				channel: z.string().nullable(),
				reason: z.string().nullable(),
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
				{
					name: 'Failed',
					value: 'failed',
					description: 'TW did not make it: the number can be sent again',
				},
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
		execution: text('Execution ID', {
			placeholder: 'e.g. 1042',
			description: 'Only orders that this execution sent, as the executions list numbers it',
		}),
		newerThan: number('Newer Than', {
			above: 0,
			description: 'Only orders that were sent within the last so many hours',
		}),
		offset: number('Offset', {
			whole: true,
			min: 0,
			description: 'How many of the newest to leave out, such as 50 for the second page of 50',
		}),
		olderThan: number('Older Than', {
			min: 0,
			description: 'Only orders that were sent more than so many hours ago',
		}),
		no: text('Order Number', {
			placeholder: 'e.g. ORD-0001',
			description: 'Only the order of this number',
		}),
	},
	perform: perItem(async ({ client, register }, { settings }) => {
		const { remember, state, newerThan, olderThan, no, execution, offset } = settings;
		const ago = (hours: number | undefined) =>
			hours === undefined ? undefined : Date.now() - hours * HOUR_MS;
		const { kind, account, key } = markOf('order', client.account, no ?? '');
		const entries = await listed(await register(remember), {
			...{ kind, account, execution: execution || undefined, offset },
			key: no ? key : undefined,
			state: state === 'all' ? undefined : state,
			since: ago(newerThan),
			before: ago(olderThan),
			limit: wanted(settings),
		});
		return entries.map((entry) => ({ json: asItem(entry) }));
	}),
};

/** A register can hold a million: who wants all must not hold up those who send. */
const AT_ONCE = 1_000;

async function listed(register: Register, wanted: Wanted): Promise<Entry[]> {
	const all: Entry[] = [];
	for (let page = wanted; ;) {
		const limit = Math.min(AT_ONCE, wanted.limit - all.length);
		const some = await register.list({ ...page, limit });
		all.push(...some);
		const last = some.at(-1)?.at;
		if (last === undefined || some.length < limit || all.length === wanted.limit) return all;
		// On from that moment, without those of it that are listed
		const ofLast = some.filter(({ at }) => at === last).length;
		const listedBefore = page.before === last + 1 && ofLast === limit ? page.offset! : 0;
		page = { ...page, before: last + 1, offset: listedBefore + ofLast };
	}
}

/** What of an entry's answer is shown, where it is there. */
const known = z.object({
	requestId: z.string().nullable().catch(null),
	product: z.string().nullable().catch(null),
	reason: z.string().nullable().catch(null),
});

function asItem({ name, state, at, execution, answer }: Entry): IDataObject {
	const { requestId, product, reason } = known.parse(answer ?? {});
	return {
		no: name,
		state,
		sent_at: new Date(at).toISOString(),
		execution,
		request_id: requestId,
		channel: product,
		reason,
	};
}
