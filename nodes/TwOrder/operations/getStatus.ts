/** Read how far an order has come: TW's "Order status inquiry" [documented]. */
import { errorsText } from '../../../lib/base/json';
import * as z from 'zod/v4';
import { text } from '../../../lib/fields/field';
import { checkMembers } from '../../../lib/tw/wire/members';
import { phaseOf, stateMembers } from '../../../lib/tw/wire/states';
import { noteState } from '../../../lib/tw/orders/noted';
import { checkOrder } from '../../../lib/tw/orders/wait';
import { whyNotKnown } from '../../../lib/tw/orders/why';
import { rememberControl, WHERE_CREATE_REMEMBERS } from '../../shared/remember';
import { twOperation } from '../../shared/tw';

export const getStatus = twOperation({
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of an order',
	description: 'Read how far TW has come with an order',
	kind: 'read',
	endpoints: ['orderCheck'],
	output: {
		usual: () => {
			const { no, errors, request_id } = checkMembers().shape;
			return z.looseObject({
				no,
				phase: z.enum(['running', 'completed', 'failed']),
				status_text: z.string(),
				/** Only where TW names errors. */
				errors_text: z.string().optional(),
				status: z.number(),
				...{ errors, request_id },
			});
		},
	},
	passesOn: true,
	fields: {
		request_id: text('Request ID', {
			names: true,
			grade: 'required',
			initial: '={{ $json.request_id }}',
			placeholder: 'e.g. 8d0f7a52-3c1b-4f6e-9a43-0b1c2d3e4f50',
			description: "The request_id that 'Create' put out",
		}),
	},
	controls: rememberControl('Orders', WHERE_CREATE_REMEMBERS),
	performEach: async ({ client, limits, register, hint }, { body, settings }) => {
		const { request_id: requestId } = body;
		const { state, raw } = await checkOrder(client, requestId, limits, body).catch(
			async (error: unknown) => {
				const asked = { given: requestId, field: 'Request ID' };
				const advice = () =>
					"Read this order with 'Get'. 'Get Status' takes the request_id that 'Create' puts out.";
				throw await whyNotKnown({ client, limits }, 'orderCheck', asked, error, advice);
			},
		);
		const { status, errors, no } = state;
		const phase = phaseOf(status);
		if (no) {
			const open = async () => await register(settings.remember);
			const remark = await noteState(client, { no, requestId }, open, limits, status);
			if (remark) hint(remark);
		}
		const json = { ...raw, ...stateMembers(status), phase };
		const said = errorsText(errors);
		return [{ json: said ? { ...json, errors_text: said } : json }];
	},
});
