/** Fires once for each of the given orders when it is completed, failed or deleted. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { asFault, type Fault } from '../../../lib/base/errors';
import { codes } from '../../../lib/operation/fields/model';
import { errorsText } from '../../../lib/tw/wire/answers';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { findOrder, trackingNumbers } from '../../../lib/tw/orders/info';
import { FAILED_FOR_SURE, phaseOf, stateText } from '../../../lib/tw/orders/states';
import { checkOrder } from '../../../lib/tw/orders/wait';
import type { Look, Watch } from '../watch';

interface Settings {
	orders: string[];
}

interface State {
	/** Orders that have fired. */
	done: string[];
	/** How often in a row an order was seen in a failure state that may not be final. */
	failing: Record<string, number>;
}

/** TW's request ids have this form; anything else is an order number. */
const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Negative states other than -1 are reported when they were seen this often. */
const SURE_AFTER = 3;

export const orderFinal: Watch<Settings, State> = {
	value: 'orderFinal',
	name: 'Order Final',
	description: 'When one of the given orders is completed, failed or deleted',
	endpoints: [twEndpoints.orderCheck.title, twEndpoints.orderInfo.title],
	output: {
		usual: () =>
			z.looseObject({
				order: z.string(),
				no: z.string().nullable(),
				outcome: z.enum(['completed', 'failed', 'deleted']),
				// Of an order that is followed by its number
				tracking_number: z.string().nullish(),
				tracking_numbers: z.array(z.string()).optional(),
				removed_at: z.string().nullish(),
				// Of one that is followed by its request_id
				request_id: z.string().optional(),
				status: z.number().optional(),
				status_text: z.string().optional(),
				errors_text: z.string().optional(),
			}),
	},
	fields: {
		orders: codes('Orders', {
			grade: 'required',
			placeholder: 'e.g. ORD-0001, ORD-0002',
			description:
				'Order numbers or request IDs to follow, with commas in between. A request ID also tells why an order failed.',
		}),
	},
	poll: async (look, settings, state = { done: [], failing: {} }) => {
		const orders = [...new Set(settings.orders)];
		const open = orders.filter((order) => !state.done.includes(order));
		const next: State = { done: orders.filter((order) => state.done.includes(order)), failing: {} };
		const items: IDataObject[] = [];
		const faults: Fault[] = [];
		for (const order of open) {
			try {
				const seen = await lookAt(look, order);
				if (!seen) continue;
				const times = (state.failing[order] ?? 0) + 1;
				if (seen.sure || times >= SURE_AFTER) {
					items.push(seen.item);
					next.done.push(order);
				} else next.failing[order] = times;
			} catch (error) {
				const fault = asFault(error);
				faults.push(fault);
				// Not seen is not seen otherwise: what was counted before stays.
				const times = state.failing[order];
				if (typeof times === 'number') next.failing[order] = times;
				look.warn(`Order ${order} could not be read: ${fault.message}`);
			}
		}
		// One order that can't be read must not hold up the others; if none could, the poll failed.
		if (faults.length > 0 && faults.length === open.length) throw faults[0]!;
		return { items, state: next };
	},
	sample: async (look, { orders }) => {
		for (const order of orders) {
			const seen = await lookAt(look, order);
			if (seen) return [seen.item];
		}
		return [];
	},
};

/** The order's end, if it has come to one; `sure` if it can't change any more. */
async function lookAt(
	look: Look,
	order: string,
): Promise<{ item: IDataObject; sure: boolean } | undefined> {
	return REQUEST_ID.test(order) ? await byRequestId(look, order) : await byNumber(look, order);
}

async function byRequestId({ client, limits }: Look, requestId: string) {
	const { state } = await checkOrder(client, requestId, limits);
	const phase = phaseOf(state.status);
	if (phase === 'running') return undefined;
	const item: IDataObject = {
		order: requestId,
		request_id: requestId,
		no: state.no ?? null,
		outcome: phase,
		status: state.status,
		status_text: stateText(state.status),
		errors_text: errorsText(state.errors),
	};
	return { item, sure: phase === 'completed' || state.status === FAILED_FOR_SURE };
}

async function byNumber({ client, limits }: Look, no: string) {
	const found = await findOrder(client, no, limits);
	if (!found) return undefined;
	const { info } = found;
	const numbers = trackingNumbers(info);
	const deleted = Boolean(info.removed_at);
	if (!deleted && numbers.length === 0) return undefined;
	const item: IDataObject = {
		order: no,
		no,
		outcome: deleted ? 'deleted' : 'completed',
		tracking_number: info.tracking_number ?? null,
		tracking_numbers: numbers,
		removed_at: info.removed_at ?? null,
	};
	return { item, sure: true };
}
