/** Fetch an order's label: TW's "Download the label" [ASSUMED: path, body and answer]. */
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { BadAnswerFault } from '../../../lib/errors';
import { number, text } from '../../../lib/fields/model';
import { type Call, type Operation, perItem } from '../../../lib/operation';
import type { TwClient } from '../../../lib/tw/client';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { documentType, fetchLabel, labelSources } from '../../../lib/tw/label';
import { assumedNotice } from '../../shared/tw';

interface Settings {
	binaryProperty: string;
	/** Megabytes. */
	maxSize: number;
}

export const download: Operation<TwClient, { no: string }, Settings> = {
	value: 'download',
	name: 'Download',
	action: 'Download the label of an order',
	description: 'Fetch the label of a completed order as a file',
	kind: 'read',
	endpoints: [twEndpoints.orderLabel.title],
	notice: assumedNotice('orderLabel')!,
	fields: {
		no: text('Order Number', {
			grade: 'required',
			placeholder: 'e.g. ORD-0001',
			description: 'Your own number of the order',
		}),
	},
	controls: {
		binaryProperty: text('Put Output File in Field', {
			grade: 'required',
			initial: 'data',
			hint: 'The name of the output binary field to put the file in',
			description: 'Further documents of the same order get a number behind the name',
		}),
	},
	options: {
		maxSize: number('Maximum Size', {
			initial: 100,
			always: 100,
			above: 0,
			description: 'Largest file to accept, in megabytes',
		}),
	},
	perform: perItem(async (call, { body: { no }, settings }) => {
		const data = await call.client.call(
			'orderLabel',
			{ no },
			{ rule: 'read', deadline: call.deadline, signal: call.signal },
		);
		const sources = labelSources(data, no);
		const binary: Record<string, IBinaryData> = {};
		for (const [i, source] of sources.entries()) {
			const suffix = i === 0 ? '' : `_${i + 1}`;
			const label = await fetchLabel(call.client, source, {
				deadline: call.deadline,
				signal: call.signal,
				maxBytes: settings.maxSize * 1024 * 1024,
				policy: call.egress,
			});
			binary[`${settings.binaryProperty}${suffix}`] = await store(call, label, `${no}${suffix}`);
		}
		const json: IDataObject = { no, documents: sources.length };
		return [{ json, binary }];
	}),
};

async function store(
	call: Call<TwClient>,
	{ head, content }: Awaited<ReturnType<typeof fetchLabel>>,
	name: string,
): Promise<IBinaryData> {
	const type = documentType(head);
	if (!type) {
		throw new BadAnswerFault(
			`The label of order ${name} is neither PDF, ZPL nor a picture`,
			'Ask TW what the address of the label leads to; it may have expired.',
		);
	}
	return await call.storeFile(content, `${fileName(name)}.${type.extension}`, type.mimeType);
}

/** Order numbers are free text; a file name is not. */
const fileName = (no: string) => no.replace(/[^\p{L}\p{N}._-]+/gu, '_');
