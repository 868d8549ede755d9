/**
 * Ask TW everything that reads or is free, and say what is as documented or assumed and what is not; ends
 * with a report for the maintainers of this package.
 */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { day, type Fields, flag, text } from '../../../lib/operation/fields/model';
import { type Call, type Operation, perItem, type Result } from '../../../lib/operation/operation';
import type { CommonSettings } from '../../../lib/operation/options';
import { daysAgo } from '../../../lib/tw/billing/calendar';
import {
	checkContract as check,
	type Contract,
	type Finding,
	type Questions,
} from '../../../lib/tw/contract/course';
import { RESULTS } from '../../../lib/tw/contract/judge';
import { inShort, twReport } from '../../../lib/tw/contract/report';
import {
	MADE_UP_ADDRESS,
	sampleAddress,
	sampleBox,
	SMALL_BOX,
} from '../../../lib/tw/contract/sample';
import { offsetText, type Told, toldBy } from '../../../lib/tw/contract/units';
import type { TwClient } from '../../../lib/tw/wire/client';
import { readEndpoints, twEndpoints } from '../../../lib/tw/wire/endpoints';

interface Settings extends CommonSettings {
	orderNumber?: string;
	requestId?: string;
	bagNumber?: string;
	askTrial?: boolean;
	channel?: string;
	sampleAddress?: Record<string, unknown>;
	sampleBox?: Record<string, unknown>;
	invoicesSince: string;
}

const controls: Fields = {
	orderNumber: text('Order Number', {
		grade: 'conditional',
		placeholder: 'e.g. ORD-0001',
		description:
			'An order of yours that TW has completed: for its details, fee and label. Left empty, these are not asked.',
	}),
	requestId: text('Request ID', {
		grade: 'conditional',
		placeholder: 'e.g. 8d0f7a52-3c1b-4f6e-9a43-0b1c2d3e4f50',
		description: 'The request_id of an order, for its status. Left empty, that is not asked.',
	}),
	bagNumber: text('Bag Number', {
		grade: 'conditional',
		placeholder: 'e.g. BAG-0001',
		description: 'A bag of yours. Left empty, bags are not asked about.',
	}),
	invoicesSince: day('Invoices Since', {
		grade: 'required',
		initial: '={{ $now.minus({ years: 1 }).toISODate() }}',
		description: 'First day of the invoices to read; the lines of the first one are read too',
	}),
	askTrial: flag('Ask for a Trial Price', {
		grade: 'conditional',
		always: true,
		description: 'Whether to ask for the price of a sample order, which is free and makes no order',
	}),
	channel: text('Channel', {
		grade: 'conditional',
		placeholder: 'e.g. UA',
		when: { field: 'askTrial', is: [true] },
		description: 'Code of the channel for the trial; left empty, the first that TW lists',
	}),
	sampleAddress: { ...sampleAddress, when: { field: 'askTrial', is: [true] } },
	sampleBox: { ...sampleBox, when: { field: 'askTrial', is: [true] } },
};

const FILE = 'first-contact.md';

export const checkContract: Operation<TwClient, Record<string, unknown>, Settings> = {
	value: 'checkContract',
	name: 'Check Contract',
	action: 'Check the contract with the account',
	description: 'Ask TW everything that reads or is free, and report what is not as expected',
	kind: 'read',
	endpoints: readEndpoints.map((name) => twEndpoints[name].title),
	notice:
		'Nothing is created, changed or charged: only what reads or is free is asked, and a few likely paths of endpoints whose page is not public. The last item holds a report without keys, names, addresses and numbers, which you can send to the maintainers.',
	output: { usual: () => z.union([findingItem(), reportItem()]) },
	fields: {},
	controls,
	perform: perItem(async (call, { body, settings }) => {
		const { client, limits } = call;
		const { concurrency } = settings;
		const nowMs = Date.now();
		const questions = questionsOf(body, settings, client, nowMs);
		const contract = await check(client, questions, { concurrency, ...limits });
		const weight = questions.trial?.box['weight'];
		const told = toldBy(contract, typeof weight === 'number' ? weight : undefined, nowMs);
		return [...contract.findings.map(asItem), await report(call, contract, told, nowMs)];
	}),
};

function questionsOf(
	more: Record<string, unknown>,
	settings: Settings,
	{ account }: TwClient,
	nowMs: number,
): Questions {
	const { orderNumber, requestId, bagNumber, invoicesSince, askTrial, channel } = settings;
	return {
		orderNumber,
		requestId,
		bagNumber,
		// A day beyond today, since the zone of TW's dates is not documented.
		invoices: [invoicesSince, daysAgo(-1, nowMs, account.timeZone)],
		trial: askTrial
			? {
					channel,
					consignee: { ...MADE_UP_ADDRESS, ...settings.sampleAddress },
					box: { ...SMALL_BOX, ...settings.sampleBox },
				}
			: null,
		more,
	};
}

const findingItem = () =>
	z.looseObject({
		endpoint: z.string(),
		path: z.string(),
		source: z.enum(['documented', 'assumed', 'entered in the credential']),
		result: z.enum(RESULTS),
		http_status: z.number().nullable(),
		code: z.union([z.number(), z.string()]).nullable(),
		vendor_message: z.string().nullable(),
		understood: z.boolean().nullable(),
		unknown_members: z.array(z.string()),
		missing_members: z.array(z.string()),
		path_override: z.string().nullable(),
		paths_tried: z.array(z.looseObject({ path: z.string(), http_status: z.number().nullable() })),
		finding: z.string(),
		advice: z.string(),
		answer_form: z.array(z.string()),
	});

function asItem({ name, path, source, result, ...found }: Finding): Result {
	return {
		json: {
			endpoint: twEndpoints[name].title,
			path,
			source,
			result,
			http_status: found.httpStatus,
			code: found.code,
			vendor_message: found.words,
			understood: found.understood,
			unknown_members: found.unknown,
			missing_members: found.missing,
			path_override: found.pathOverride,
			paths_tried: found.tried.map((one) => ({ path: one.path, http_status: one.httpStatus })),
			finding: found.finding,
			advice: found.advice,
			answer_form: found.form,
		},
	};
}

const reportItem = () =>
	z.looseObject({
		summary: z.array(z.string()),
		path_overrides: z.array(z.looseObject({ endpoint: z.string(), path: z.string() })),
		clock_difference_seconds: z.number().nullable(),
		charge_weight_unit: z.string().nullable(),
		box_weight_unit: z.enum(['lb', 'kg']).nullable(),
		least_utc_offset: z.string().nullable(),
		report: z.string(),
	});

async function report(
	{ client, storeFile }: Call<TwClient>,
	contract: Contract,
	told: Told,
	nowMs: number,
): Promise<Result> {
	const { account } = client;
	const { findings, clockAheadMs } = contract;
	const { chargeWeightUnit, boxWeightUnit, leastOffsetMinutes: least } = told;
	const markdown = twReport(contract, told, account, nowMs);
	const json: IDataObject = {
		summary: inShort(contract, told, account, nowMs),
		path_overrides: findings.flatMap(({ name, pathOverride: path }) =>
			path === null ? [] : [{ endpoint: twEndpoints[name].title, path }],
		),
		clock_difference_seconds: clockAheadMs === undefined ? null : Math.round(clockAheadMs / 1000),
		charge_weight_unit: chargeWeightUnit,
		box_weight_unit: boxWeightUnit,
		least_utc_offset: least === null ? null : offsetText(least),
		report: markdown,
	};
	const content = Buffer.from(markdown);
	const file = { content, length: content.length, name: FILE, mimeType: 'text/markdown' };
	return { json, binary: { data: await storeFile(file) } };
}
