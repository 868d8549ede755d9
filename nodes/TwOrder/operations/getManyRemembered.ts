/** List the orders that the register remembers, such as those that failed, or that may or may not exist at TW. */
import * as z from 'zod/v4';
import { choice, flag, number, text } from '../../../lib/fields/field';
import { period, spanOf } from '../../../lib/operation/period';
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
	description:
		"List what this account has sent, the newest first, e.g. yesterday's failed orders, with the reason",
	kind: 'read',
	endpoints: ['orderCheck'],
	output: {
		usual: () =>
			z.looseObject({
				no: z.string(),
				state: z.enum(['sending', 'accepted', 'completed', 'failed', 'unknown']),
				/** Once TW took it. */
				channel: z.string().optional(),
				/** Of one that failed, or is unknown. */
				reason: z.string().optional(),
				sent_at: z.string(),
				changed_at: z.string(),
				execution: z.string(),
				request_id: z.string().optional(),
			}),
	},
	fields: {},
	controls: {
		...rememberControl('Orders'),
		state: choice(
			'State',
			[
				{
					name: 'Accepted',
					value: 'accepted',
					description: 'TW took it: it is completed or in progress',
				},
				{ name: 'All', value: 'all' },
				{ name: 'Completed', value: 'completed', description: 'TW completed it: it has its label' },
				{
					name: 'Failed',
					value: 'failed',
					description: 'TW did not make it; the reason is in the output',
				},
				{
					name: 'Failed or Unknown',
					value: 'attention',
					description: 'All that somebody has to look at',
				},
				{
					name: 'In Progress',
					value: 'open',
					description: 'TW took it, and has not completed it yet',
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
		askTw: flag('Ask TW First', {
			grade: 'conditional',
			always: true,
			when: { field: 'state', is: ['accepted', 'all', 'completed', 'failed', 'attention', 'open'] },
			description:
				'Whether to ask TW what became of orders that it took and had not completed or failed, at most of the newest 100. Otherwise an order that nobody has followed stays Accepted.',
		}),
		...listControls,
	},
	options: {
		changed: period(
			'Changed',
			"Only orders whose state was seen to change then, by the workflow's time zone. One that nobody has followed changes when TW is first asked about it, so a failure of yesterday may be one of today.",
		),
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
		sent: period('Sent', "Only orders that were sent then, by the workflow's time zone"),
	},
	performEach: async (call, { settings }) => {
		const span = (chosen: typeof settings.sent) => spanOf(chosen, call.zone, Date.now());
		const [sent, changed] = [span(settings.sent), span(settings.changed)];
		const filter = { ...settings, askTw: settings.askTw ?? false, sent, changed };
		const orders = await rememberedOrders(call, filter, wanted(settings));
		return orders.map((json) => ({ json }));
	},
});
