/** Read where the labels of orders are: TW's "Download the label" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { labelUrls } from '../../../lib/tw/orders/label';
import { orderNumbers } from '../../shared/fields';
import { twOperation } from '../../shared/tw';

export const getUrl = twOperation({
	value: 'getUrl',
	name: 'Get URL',
	action: 'Get the label URL of an order',
	description: 'Read the address of a label without fetching it; it may expire',
	kind: 'read',
	endpoints: ['orderLabel'],
	output: {
		usual: () =>
			z.looseObject({
				no: z.string(),
				/** If TW gives one, and not the document itself. */
				url: z.string().optional(),
				urls: z.array(z.string()),
				inline: z.number(),
			}),
	},
	passesOn: true,
	fields: { no: orderNumbers },
	performEach: async (call, { body }) =>
		await Promise.all(
			body.no.map(async (no) => {
				const { urls, inline } = await labelUrls(call, no, body);
				return { json: { no, url: urls[0] ?? null, urls, inline } };
			}),
		),
});
