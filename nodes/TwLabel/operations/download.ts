/** Fetch the labels of orders as files: TW's "Download the label" [ASSUMED: path, body and answer]. */
import type { IBinaryData } from 'n8n-workflow';
import * as z from 'zod/v4';
import { deliver } from '../../../lib/base/delivery';
import { BadAnswerFault } from '../../../lib/base/errors';
import { number, text } from '../../../lib/operation/fields/model';
import { type Call, type Operation, perItem, type Result } from '../../../lib/operation/operation';
import type { TwClient } from '../../../lib/tw/wire/client';
import { twEndpoints } from '../../../lib/tw/wire/endpoints';
import { documentType, fetchLabel, type LabelSource } from '../../../lib/tw/orders/label';
import { orderNumbers } from '../../shared/fields';
import { assumedNotice } from '../../shared/tw';
import { type LabelBody, sourcesOf } from '../labels';

interface Settings {
	binaryProperty: string;
	/** Megabytes. */
	maxSize: number;
}

export const download: Operation<TwClient, LabelBody, Settings> = {
	value: 'download',
	name: 'Download',
	action: 'Download the label of an order',
	description: 'Fetch the labels of completed orders as files',
	kind: 'read',
	endpoints: [twEndpoints.orderLabel.title],
	notice: assumedNotice('orderLabel')!,
	output: { usual: () => z.looseObject({ no: z.string(), documents: z.number() }) },
	passesOn: true,
	fields: { no: orderNumbers },
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
	perform: perItem(async (call, { body, settings }) => {
		const results: Result[] = [];
		// One order after the other, so that one item never holds many files in memory.
		for (const no of body.no) results.push(await downloadAll(call, no, body, settings));
		return results;
	}),
};

async function downloadAll(
	call: Call<TwClient>,
	no: string,
	body: LabelBody,
	settings: Settings,
): Promise<Result> {
	const sources = await sourcesOf(call, no, body, 'to-fetch');
	const binary: Record<string, IBinaryData> = {};
	for (const [i, source] of sources.entries()) {
		const suffix = i === 0 ? '' : `_${i + 1}`;
		const file = await downloadOne(call, source, `${no}${suffix}`, settings);
		binary[`${settings.binaryProperty}${suffix}`] = file;
	}
	return { json: { no, documents: sources.length }, binary };
}

/** Fetching a file is a read, so it is tried again like one, from its first byte. */
async function downloadOne(
	call: Call<TwClient>,
	source: LabelSource,
	name: string,
	settings: Settings,
): Promise<IBinaryData> {
	return await deliver('read', call.limits, async () => await store(call, source, name, settings));
}

async function store(
	call: Call<TwClient>,
	source: LabelSource,
	name: string,
	{ maxSize }: Settings,
): Promise<IBinaryData> {
	const { head, ...file } = await fetchLabel(call.client, source, {
		maxBytes: maxSize * 1024 * 1024,
		policy: call.egress,
		...call.limits,
	});
	const type = documentType(head);
	if (!type) {
		if (!Buffer.isBuffer(file.content)) file.content.destroy();
		throw new BadAnswerFault(
			`The label of order ${name} is neither PDF, ZPL nor a picture`,
			"The address may have expired, or leads to a login page: look at it with 'Get URL', and ask TW.",
		);
	}
	return await call.storeFile({
		...file,
		name: `${fileName(name)}.${type.extension}`,
		mimeType: type.mimeType,
	});
}

/** Order numbers are free text; a file name is not. */
const fileName = (no: string) => no.replace(/[^\p{L}\p{N}._-]+/gu, '_');
