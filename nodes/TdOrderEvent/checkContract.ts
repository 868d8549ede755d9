/** Learn how TD answers, as far as that can be done without reporting an event; ends with a report. */
import * as z from 'zod/v4';
import { type Operation, perItem } from '../../lib/operation/operation';
import type { TdClient } from '../../lib/td/client';
import { judgeTd, TD_RESULTS, tdReport } from '../../lib/td/contract';

const FILE = 'first-contact-td.md';

export const checkContract: Operation<TdClient> = {
	value: 'checkContract',
	name: 'Check Contract',
	action: 'Check the contract without an event',
	description: 'Send TD an empty object, which is no event, and report how it answers',
	kind: 'read',
	endpoints: [],
	notice:
		'No event is reported. TD has no call that only reads, so it gets an empty object, which it must refuse; whether it accepts the key shows with the first event only. The item holds a report without keys, names and numbers, which you can send to the maintainers.',
	output: {
		usual: () =>
			z.looseObject({
				result: z.enum(TD_RESULTS),
				path: z.string(),
				region: z.string(),
				http_status: z.number().nullable(),
				code: z.union([z.number(), z.string()]).nullable(),
				vendor_message: z.string().nullable(),
				unknown_members: z.array(z.string()),
				missing_members: z.array(z.string()),
				clock_difference_seconds: z.number().nullable(),
				finding: z.string(),
				advice: z.string(),
				answer_form: z.array(z.string()),
				report: z.string(),
			}),
	},
	fields: {},
	perform: perItem(async ({ client, limits, storeFile }) => {
		const { account } = client;
		const found = judgeTd(await client.look(limits), account);
		const { clockAheadMs } = found;
		const report = tdReport(found, account, Date.now());
		const content = Buffer.from(report);
		const file = { content, length: content.length, name: FILE, mimeType: 'text/markdown' };
		const json = {
			result: found.result,
			path: found.path,
			region: account.region.name,
			http_status: found.httpStatus,
			code: found.code,
			vendor_message: found.words,
			unknown_members: found.unknown,
			missing_members: found.missing,
			clock_difference_seconds: clockAheadMs === undefined ? null : Math.round(clockAheadMs / 1000),
			finding: found.finding,
			advice: found.advice,
			answer_form: found.form,
			report,
		};
		return [{ json, binary: { data: await storeFile(file) } }];
	}),
};
