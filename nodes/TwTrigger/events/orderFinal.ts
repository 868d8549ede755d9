/** Fires once for each of the given orders when it is completed, failed or deleted. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { asFault, type Fault } from '../../../lib/base/errors';
import { codes } from '../../../lib/fields/field';
import { noteState } from '../../../lib/tw/orders/noted';
import { endOf, SURE_AFTER } from '../../../lib/tw/orders/wait';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { rememberControl, WHERE_CREATE_REMEMBERS } from '../../shared/remember';
import { watch } from '../watch';

interface State {
	/** Orders that have fired. */
	done: string[];
	/** How often in a row an order was seen in a failure state that may not be final. */
	failing: Record<string, number>;
}

export const orderFinal = watch({
	value: 'orderFinal',
	name: 'Order Final',
	description: 'When one of the given orders is completed, failed or deleted',
	endpoints: [twEndpoints.orderCheck.title, twEndpoints.orderInfo.title],
	output: {
		usual: () =>
			z.looseObject({
				outcome: z.enum(['completed', 'failed', 'deleted']),
				/** If TW names it. */
				no: z.string().optional(),
				// If it is followed by its number
				tracking_number: z.string().optional(),
				tracking_numbers: z.array(z.string()).optional(),
				removed_at: z.string().optional(),
				// If it is followed by its request_id
				status_text: z.string().optional(),
				errors_text: z.string().optional(),
				status: z.number().optional(),
				/** As it was given. */
				order: z.string(),
				request_id: z.string().optional(),
			}),
	},
	fields: {
		orders: codes('Orders', {
			grade: 'required',
			placeholder: 'e.g. ORD-0001, ORD-0002',
			description:
				'Order numbers or request IDs to follow, with commas in between. With a request ID you also learn why an order failed.',
		}),
		...rememberControl('Orders', WHERE_CREATE_REMEMBERS),
	},
	poll: async (
		{ client, limits, register, warn },
		settings,
		state: State = { done: [], failing: {} },
	) => {
		const [orders, done] = [[...new Set(settings.orders)], new Set(state.done)];
		const open = orders.filter((order) => !done.has(order));
		const next: State = { done: orders.filter((order) => done.has(order)), failing: {} };
		const items: IDataObject[] = [];
		const faults: Fault[] = [];
		for (const order of open) {
			try {
				const end = await endOf(client, order, limits);
				if (!end) continue;
				const times = (state.failing[order] ?? 0) + 1;
				if (end.isFinal || times >= SURE_AFTER) {
					items.push(end.item);
					next.done.push(order);
					const open = async () => await register(settings.remember);
					const remark = end.named && (await noteState(client, end.named, open, limits, end.saw));
					if (remark) warn(remark);
				} else next.failing[order] = times;
			} catch (error) {
				const fault = asFault(error);
				faults.push(fault);
				// Not read is not read otherwise: the count stays.
				const times = state.failing[order];
				if (typeof times === 'number') next.failing[order] = times;
				warn(`Order ${order} could not be read: ${fault.message}`, fault);
			}
		}
		// One order that can't be read must not hold up the others; if none could, the poll failed.
		if (faults.length > 0 && faults.length === open.length) throw faults[0]!;
		return { items, state: next };
	},
	sample: async ({ client, limits }, { orders }) => {
		for (const order of orders) {
			const end = await endOf(client, order, limits);
			if (end) return [end.item];
		}
		return [];
	},
});
