/** Read how far an order has come: TW's "Order status inquiry" [documented]. */
import { text } from '../../../lib/fields/model';
import { type Operation, perItem } from '../../../lib/operation';
import { errorsText } from '../../../lib/tw/answers';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { phaseOf, stateText } from '../../../lib/tw/order-states';
import { checkOrder } from '../../../lib/tw/wait-for-order';

export const getStatus: Operation<TwClient, { request_id: string }> = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of an order',
	description: 'Read how far TW has come with an order',
	kind: 'read',
	endpoints: [twEndpoints.orderCheck.title],
	fields: {
		request_id: text('Request ID', {
			grade: 'required',
			placeholder: 'e.g. 8d0f7a52-3c1b-4f6e-9a43-0b1c2d3e4f50',
			description: "The request_id that 'Create' put out",
		}),
	},
	perform: perItem(async ({ client, deadline, signal }, { body }) => {
		const { state, raw } = await checkOrder(client, body.request_id, { deadline, signal }, body);
		const json = Object.assign(raw, {
			status: state.status,
			status_text: stateText(state.status),
			phase: phaseOf(state.status),
		});
		const said = errorsText(state.errors);
		return [{ json: said ? { ...json, errors_text: said } : json }];
	}),
};
