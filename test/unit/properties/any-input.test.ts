/**
 * Any input either makes a body that the sandbox's own reading of the contract accepts, or a message
 * that names a field. Thousands of cases against the reading itself; the wire follows in wire.test.ts.
 */
import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';
import { TdOrderEvent } from '../../../nodes/TdOrderEvent/TdOrderEvent.node';
import { tdEventOperations } from '../../../nodes/TdOrderEvent/events';
import { buyCheapest } from '../../../nodes/TwOrder/operations/buyCheapest';
import { create } from '../../../nodes/TwOrder/operations/create';
import { quote } from '../../../nodes/TwOrder/operations/quote';
import { TwOrder } from '../../../nodes/TwOrder/TwOrder.node';
import { filledText, junk, parameters, spoilt } from './arbitraries';
import { goodEvents, goodOrder } from './good';
import {
	forbiddenKeys,
	objectionsToEvent,
	objectionsToOrder,
	type Read,
	type Region,
	tdReader,
	twReader,
} from './readers';

type Json = Record<string, unknown>;

/** A hunt for rarer cases sets more. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 400);

/** Parameters of one operation, without the notices. */
function panelOf(properties: INodeProperties[], operation: string): INodeProperties[] {
	return properties.filter(({ displayOptions }) =>
		displayOptions?.show?.['operation']?.includes(operation),
	);
}

function labelsOf(properties: readonly INodeProperties[]): string[] {
	return properties.flatMap(({ displayName, options = [] }) => [
		displayName,
		...options.flatMap((option) => {
			if ('values' in option) return [option.displayName, ...labelsOf(option.values)];
			return 'type' in option ? labelsOf([option]) : [];
		}),
	]);
}

const check = <T>(any: fc.Arbitrary<T>, numRuns: number, holds: (one: T) => void) =>
	fc.assert(fc.property(any, holds), { numRuns });

/** Jest's `expect` costs more than what is read, so it is asked only where something is wrong. */
function judge(
	read: Read,
	objections: (body: Json) => string[],
	isField: (name: string) => boolean,
) {
	const wrong =
		'message' in read
			? wrongWords(read.message, isField)
			: [...objections(read.body), ...forbiddenKeys(read.body)];
	if (wrong.length > 0) expect({ read, wrong }).toEqual({ read, wrong: [] });
}

function wrongWords(message: string, isField: (name: string) => boolean): string[] {
	const [, named] = /^'([^]+?)'(?: |$)/.exec(message) ?? [];
	// In brackets stands what the JSON parser says, which repeats the text.
	const own = message.replace(/\([^]*\)|'[^]*?'/g, '');
	return [
		...(named !== undefined && isField(named) ? [] : ['it names no field']),
		...(/undefined|\[object|Invalid input|Expected/.test(own) ? ['it is garbled'] : []),
	];
}

interface Subject {
	name: string;
	read: (values: Json) => Read;
	objections: (body: Json) => string[];
	good: Json;
	json: { chooser: string; name: string };
	panel: INodeProperties[];
}

const twPanel = new TwOrder().description.properties;
const tdPanel = new TdOrderEvent().description.properties;

const subjects: Subject[] = [
	...[create, quote, buyCheapest].map((operation) => ({
		name: `TW Order ${operation.name}`,
		read: twReader(operation),
		objections: objectionsToOrder,
		good: goodOrder,
		json: operation.json!,
		panel: panelOf(twPanel, operation.value),
	})),
	...tdEventOperations.flatMap((operation) =>
		(['sg', 'cn'] as Region[]).map((region) => ({
			name: `TD ${operation.value} in ${region}`,
			read: tdReader(operation, region),
			objections: (body: Json) => objectionsToEvent(body, region),
			good: goodEvents[operation.value]!,
			json: operation.json!,
			panel: panelOf(tdPanel, operation.value),
		})),
	),
];

describe.each(subjects.map((subject) => [subject.name, subject] as const))(
	'%s',
	(_name, subject) => {
		const { read, objections, good, json, panel } = subject;
		const inJson = (body: unknown) => read({ [json.chooser]: 'json', [json.name]: body });
		const labels = new Set(labelsOf(panel));
		const isLabel = (name: string) =>
			labels.has(name) || labels.has(name.replace(/ \d+$/, '')) || isMember(name);
		/** Members that an order or event in JSON can have, however deep, or the JSON itself. */
		const isMember = (name: string) =>
			/^[a-z_]\w*(\[\d+\]|\.\w+)*$/i.test(name) || name.endsWith('(JSON)');

		it('takes the good body as it is', () => {
			const taken = inJson(good);
			expect('body' in taken && taken.body).toEqual(good);
			expect(objections(good)).toEqual([]);
		});

		it('takes or names: a spoilt body, as a value or as text', () => {
			const either = fc.tuple(spoilt(good), fc.boolean());
			check(either, RUNS, ([body, asText]) =>
				judge(inJson(asText ? JSON.stringify(body) : body), objections, isMember),
			);
		});

		it('takes or names: anything at all in the place of a body', () => {
			check(junk, 300, (body) => judge(inJson(body), objections, isMember));
		});

		it('takes or names: the parameters of the panel at random', () => {
			check(parameters(panel), Math.ceil(RUNS / 3), (values) =>
				judge(read({ ...values, [json.chooser]: 'fields' }), objections, isLabel),
			);
		});

		it('leaves Unicode untouched wherever text is free, but for its ends', () => {
			const closed =
				/^(no|order_id|payment_id|session_id|account_id|event_type|event_time|order_create_time|currency|country|issuer_region|method|debit_or_credit|coupon_type|expiration_date|phone_number|card_bin|last_four_digits|countryCode|ip)$/;
			const retext = (value: unknown, texts: string[], name = ''): unknown => {
				if (typeof value === 'string') return closed.test(name) ? value : `<${texts.pop()!}>`;
				if (Array.isArray(value)) return value.map((entry) => retext(entry, texts));
				if (typeof value !== 'object' || value === null) return value;
				return Object.fromEntries(
					Object.entries(value).map(([key, member]) => [key, retext(member, texts, key)]),
				);
			};
			check(fc.array(filledText, { minLength: 40, maxLength: 40 }), 100, (texts) => {
				const body = retext(good, [...texts]) as Json;
				const taken = inJson(body);
				expect('body' in taken && taken.body).toEqual(body);
			});
		});
	},
);

it('the random parameters are no formality: many are taken, many are refused', () => {
	for (const { name, read, json, good } of subjects) {
		const results = fc
			.sample(spoilt(good), 200)
			.map((body) => 'body' in read({ [json.chooser]: 'json', [json.name]: body }));
		const taken = results.filter(Boolean).length;
		expect([name, taken > 20, taken < 180]).toEqual([name, true, true]);
	}
});
