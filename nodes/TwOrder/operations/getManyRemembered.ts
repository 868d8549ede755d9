/** List the orders that the register remembers, such as those that may or may not exist at TW. */
import * as z from 'zod/v4';
import { choice, number, text } from '../../../lib/fields/field';
import { rememberedOrders } from '../../../lib/tw/orders/remembered';
import { listControls, MOST_RESULTS, wanted } from '../../shared/fields';
import { rememberControl } from '../../shared/remember';
import { twOperation } from '../../shared/tw';

/** Ten years. */
const MOST_HOURS = 87_600;

export const getManyRemembered = twOperation({
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
			max: MOST_HOURS,
			unit: 'hours',
			description: 'Only orders that were sent within the last so many hours',
		}),
		offset: number('Offset', {
			whole: true,
			min: 0,
			max: MOST_RESULTS,
			description: 'How many of the newest to leave out, such as 50 for the second page of 50',
		}),
		olderThan: number('Older Than', {
			min: 0,
			max: MOST_HOURS,
			unit: 'hours',
			description: 'Only orders that were sent more than so many hours ago',
		}),
		no: text('Order Number', {
			names: true,
			placeholder: 'e.g. ORD-0001',
			description: 'Only the order of this number',
		}),
	},
	performEach: async (call, { settings }) => {
		const orders = await rememberedOrders(call, settings, wanted(settings));
		return orders.map((json) => ({ json }));
	},
});
