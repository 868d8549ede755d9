/** Read where the labels of orders are: TW's "Download the label" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { type Operation, perItem } from '../../../lib/operation/operation';
import type { TwClient } from '../../../lib/tw/wire/client';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { orderNumbers } from '../../shared/fields';
import { assumedNotice } from '../../shared/tw';
import { type LabelBody, sourcesOf } from '../labels';

export const getUrl: Operation<TwClient, LabelBody> = {
	value: 'getUrl',
	name: 'Get URL',
	action: 'Get the label URL of an order',
	description: 'Read the address of a label without fetching it; it may expire',
	kind: 'read',
	endpoints: [twEndpoints.orderLabel.title],
	notice: assumedNotice('orderLabel')!,
	output: {
		usual: () =>
			z.looseObject({
				no: z.string(),
				url: z.string().nullable(),
				urls: z.array(z.string()),
				inline: z.number(),
			}),
	},
	passesOn: true,
	fields: { no: orderNumbers },
	perform: perItem(
		async (call, { body }) =>
			await Promise.all(
				body.no.map(async (no) => {
					const sources = await sourcesOf(call, no, body, 'to-show');
					const urls = sources.flatMap((source) => ('url' in source ? [source.url] : []));
					// TW may send the document itself instead of its address.
					return { json: { no, url: urls[0] ?? null, urls, inline: sources.length - urls.length } };
				}),
			),
	),
};
