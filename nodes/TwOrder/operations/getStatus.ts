/** Read how far an order has come: TW's "Order status inquiry" [documented]. */
import * as z from 'zod/v4';
import { text } from '../../../lib/operation/fields/model';
import { type Operation, perItem } from '../../../lib/operation/operation';
import { errorsText } from '../../../lib/tw/wire/answers';
import type { TwClient } from '../../../lib/tw/wire/client';
import { checkMembers } from '../../../lib/tw/wire/members';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { phaseOf, stateText } from '../../../lib/tw/orders/states';
import { checkOrder } from '../../../lib/tw/orders/wait';

export const getStatus: Operation<TwClient, { request_id: string }> = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of an order',
	description: 'Read how far TW has come with an order',
	kind: 'read',
	endpoints: [twEndpoints.orderCheck.title],
	output: {
		usual: () =>
			checkMembers().extend({
				status: z.number(),
				status_text: z.string(),
				phase: z.enum(['running', 'completed', 'failed']),
				/** Only where TW names errors. */
				errors_text: z.string().optional(),
			}),
	},
	passesOn: true,
	fields: {
		request_id: text('Request ID', {
			grade: 'required',
			initial: '={{ $json.request_id }}',
			placeholder: 'e.g. 8d0f7a52-3c1b-4f6e-9a43-0b1c2d3e4f50',
			description: "The request_id that 'Create' put out",
		}),
	},
	perform: perItem(async ({ client, limits }, { body }) => {
		const { state, raw } = await checkOrder(client, body.request_id, limits, body);
		const json = Object.assign(raw, {
			status: state.status,
			status_text: stateText(state.status),
			phase: phaseOf(state.status),
		});
		const said = errorsText(state.errors);
		return [{ json: said ? { ...json, errors_text: said } : json }];
	}),
};
