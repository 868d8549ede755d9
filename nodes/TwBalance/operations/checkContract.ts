/** Ask TW everything that reads, and for a trial price, which is ASSUMED to be free; report what is not as documented or assumed. */
import * as z from 'zod/v4';
import { TwCheck } from '../../../lib/contract/check-tw';
import { findingMembers } from '../../../lib/contract/judge';
import { reportMembers, reportResult, summaryOf } from '../../../lib/contract/report';
import { day, type Field, type Fields, flag, group, text } from '../../../lib/fields/field';
import { addressFields, boxFields } from '../../../lib/tw/orders/ticket';
import { withoutNulls } from '../../../lib/operation/rows';
import { readEndpoints } from '../../../lib/tw/wire/endpoints';
import { twOperation } from '../../shared/tw';

/** An order's fields with none required, and none sent unless the user gives it. */
const optional = (fields: Fields): Fields =>
	Object.fromEntries(
		Object.entries(fields).map(([name, field]): [string, Field] => [
			name,
			{ ...field, grade: 'conditional', always: undefined },
		]),
	);

const { weight, length, width, height } = boxFields;

const forTrial = { grade: 'conditional', when: { field: 'askTrial', is: [true] } } as const;

const controls = {
	orderNumber: text('Order Number', {
		names: true,
		grade: 'conditional',
		placeholder: 'e.g. ORD-0001',
		description: 'A completed order of yours: for its details, fee and label; may be left empty',
	}),
	requestId: text('Request ID', {
		names: true,
		grade: 'conditional',
		placeholder: 'e.g. 8d0f7a52-3c1b-4f6e-9a43-0b1c2d3e4f50',
		description: 'The request_id of an order, for its status; may be left empty',
	}),
	bagNumber: text('Bag Number', {
		names: true,
		grade: 'conditional',
		placeholder: 'e.g. BAG-0001',
		description: 'A bag of yours; may be left empty',
	}),
	invoicesSince: day('Invoices Since', {
		grade: 'required',
		initial: '={{ $now.minus({ years: 1 }).toISODate() }}',
		description: 'First day of the invoices to read; the lines of the first one are read too',
	}),
	askTrial: flag('Ask for a Trial Price', {
		grade: 'conditional',
		always: true,
		description:
			'Whether to ask for the price of a sample order. It makes no order; that it is free is assumed, since no page of TW says so.',
	}),
	channel: text('Channel', {
		...forTrial,
		placeholder: 'e.g. UA',
		description: 'Code of the channel for the trial; left empty, the first that TW lists',
	}),
	sampleAddress: group('Sample Address', optional(addressFields), {
		...forTrial,
		description: 'For the trial; what is left empty is that of a made-up receiver in Minneapolis',
	}),
	sampleBox: group('Sample Box', optional({ weight, length, width, height }), {
		...forTrial,
		description: 'For the trial; what is left empty is that of a small box',
	}),
};

const lastItem = () =>
	z.looseObject({
		summary: z.array(z.string()),
		path_overrides: z.array(z.looseObject({ endpoint: z.string(), path: z.string() })),
		...withoutNulls(reportMembers()),
	});

export const checkContract = twOperation({
	value: 'checkContract',
	name: 'Check Contract',
	action: 'Check the contract with the account',
	description:
		'Ask TW everything that reads, and for a trial price, which is assumed to be free; report what is not as expected',
	kind: 'read',
	endpoints: readEndpoints,
	notice:
		'Nothing is created, changed or charged: only what reads or is free is asked, and a few likely paths of endpoints whose page is not public. The last item holds a report without keys, names, addresses and numbers, which you can send to the maintainers.',
	output: { usual: () => z.union([z.looseObject(withoutNulls(findingMembers())), lastItem()]) },
	fields: {},
	controls,
	performEach: async ({ client, limits, storeFile }, { body, settings }) => {
		const contract = await new TwCheck(client, body, settings, limits).run();
		const { members, file } = reportResult(contract, 'first-contact.md');
		const path_overrides = contract.findings.flatMap(({ endpoint, path_override: path }) =>
			path === null ? [] : [{ endpoint, path }],
		);
		const json = { summary: summaryOf(contract), path_overrides, ...members };
		return [
			...contract.findings.map((found) => ({ json: { ...found } })),
			{ json, binary: { data: await storeFile(file) } },
		];
	},
});
