/** Fetch the labels of orders as files: TW's "Download the label" [ASSUMED: path, body and answer]. */
import * as z from 'zod/v4';
import { number, text } from '../../../lib/fields/field';
import type { Result } from '../../../lib/operation/operation';
import { fetchLabels } from '../../../lib/tw/orders/label';
import { orderNumbers } from '../../shared/fields';
import { twOperation } from '../../shared/tw';

const MEGABYTE = 1024 * 1024;

export const download = twOperation({
	value: 'download',
	name: 'Download',
	action: 'Download the label of an order',
	description: 'Fetch the labels of completed orders as files',
	kind: 'read',
	endpoints: ['orderLabel'],
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
			max: 1_024,
			unit: 'megabytes',
			description: 'Largest file to accept, in megabytes',
		}),
	},
	performEach: async (call, { body, settings: { binaryProperty, maxSize } }) => {
		const results: Result[] = [];
		// One order after the other, so that one item never holds many files in memory.
		for (const no of body.no) {
			const files = await fetchLabels(call, no, body, maxSize * MEGABYTE, call.storeFile);
			const named = files.map((file, i) => [
				i === 0 ? binaryProperty : `${binaryProperty}_${i + 1}`,
				file,
			]);
			const binary = Object.fromEntries(named) as Result['binary'];
			results.push({ json: { no, documents: files.length }, binary });
		}
		return results;
	},
});
