/** Learn how TD answers, as far as that can be done without reporting an event; ends with a report. */
import * as z from 'zod/v4';
import { findingMembers, findingOf, judge } from '../../lib/contract/judge';
import { tdRefusal } from '../../lib/contract/readers';
import { reportMembers, reportResult } from '../../lib/contract/report';
import { withoutNulls } from '../../lib/operation/rows';
import { tdOperation } from './event';

export const checkContract = tdOperation({
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
			z.looseObject(withoutNulls({ ...findingMembers(), region: z.string(), ...reportMembers() })),
	},
	fields: {},
	performEach: async ({ client, limits, storeFile }) => {
		const { url, region } = client.account;
		const answer = await client.look(limits);
		const source = url.href === region.url ? 'documented' : 'entered in the credential';
		const asked = { endpoint: `Order events, ${region.name}`, path: url.pathname, source } as const;
		const found = findingOf(asked, judge(tdRefusal, answer), answer);
		const { clockAheadMs } = answer;
		const contract = { vendor: 'TD', findings: [found], clockAheadMs } as const;
		const { members, file } = reportResult(contract, 'first-contact-td.md');
		const json = { ...found, region: region.name, ...members };
		return [{ json, binary: { data: await storeFile(file) } }];
	},
});
