/** Any input a flow can come up with: good bodies, spoilt ones, and the editor's parameters at random. */
import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';

type Json = Record<string, unknown>;

const loneSurrogates = fc
	.array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { minLength: 1, maxLength: 12 })
	.map((units) => String.fromCharCode(...units));

/** Texts that a vendor has to get exactly as they are: any Unicode, also halves of pairs. */
export const anyText = fc.oneof(
	fc.string({ unit: 'grapheme', minLength: 1 }),
	fc.string({ unit: 'binary', minLength: 1 }),
	loneSurrogates,
	fc.constantFrom('😀👨‍👩‍👧', 'Ü\u0308', '\u0000', '\u202e', '__proto__', 'constructor', '"\\/', "'"),
);

/** A text that is not blank, for fields that must be filled in. */
export const filledText = anyText.map((text) => `x${text}`);

const spoiltTexts = fc.constantFrom(
	...['', ' ', '\n', '0', '-1', '1.5', '1e400', 'NaN', 'Infinity', '0x10', 'true', 'null'],
	...['undefined', '[object Object]', '{{ $json }}', '+86', 'usd', 'US', '2021-02-30'],
	...['2021-10-12T14:20:50Z', '2028-01-31', '1634023250521', 'x'.repeat(2_000)],
);

const numbers = fc.oneof(
	fc.double(),
	fc.integer(),
	fc.constantFrom(-0, 0, 1, Number.NaN, Infinity, -Infinity, Number.MAX_VALUE, 2 ** 53, 5e-324),
	fc.constantFrom(1634023250, 1634023250521),
);

const keys = fc.oneof(
	fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'toJSON'),
	fc.constantFrom('no', 'order_id', 'event_type', 'channel', 'product', 'value', 'item', 'length'),
	fc.string(),
);

/** An object with these members, of its own, whatever they are called. */
function ownMembers(entries: ReadonlyArray<readonly [string, unknown]>): Json {
	const object: Json = {};
	for (const [key, value] of entries) define(object, key, value);
	return object;
}

function define(object: Json, key: string, value: unknown): void {
	const member = { value, enumerable: true, configurable: true, writable: true };
	Object.defineProperty(object, key, member);
}

/** Anything that n8n can hand over as a value. */
export const junk: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3 },
		fc.oneof(anyText, spoiltTexts, numbers, fc.boolean(), fc.constantFrom(null, undefined)),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }).map(ownMembers),
	),
})).value;

const change = fc.record({
	at: fc.nat(),
	how: fc.constantFrom('replace', 'remove', 'add'),
	key: keys,
	value: junk,
});

/** A good body in which up to three places are replaced, removed or added to. */
export function spoilt(good: Json): fc.Arbitrary<Json> {
	return fc.array(change, { maxLength: 3 }).map((changes) => {
		const body = JSON.parse(JSON.stringify(good)) as Json;
		for (const { at, how, key, value: drawn } of changes) {
			// A later change may hit it, and fast-check may draw it again.
			const value = copyOf(drawn);
			const places = placesIn(body);
			const [owner, name] = places[at % places.length]!;
			if (how === 'replace') set(owner, name, value);
			else if (how === 'add') set(owner, key, value);
			else delete owner[name];
		}
		return body;
	});
}

function copyOf(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(copyOf);
	return ownMembers(Object.entries(value).map(([key, member]) => [key, copyOf(member)]));
}

function set(owner: Json, name: string, value: unknown): void {
	if (!Array.isArray(owner)) define(owner, name, value);
	else if (/^\d{1,2}$/.test(name)) owner[Number(name)] = value;
	else owner.push(value);
}

function placesIn(value: unknown): Array<[Json, string]> {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, member]) => [
		[value as Json, name] as [Json, string],
		...placesIn(member),
	]);
}

/** Values for parameters as the editor stores them: mostly of the right form, sometimes anything. */
export function parameters(properties: readonly INodeProperties[]): fc.Arbitrary<Json> {
	const members = properties
		.filter(({ type }) => type !== 'notice')
		.map((property) => [property.name, valueFor(property)] as const);
	return fc.record(Object.fromEntries(members), { requiredKeys: [] });
}

function valueFor(property: INodeProperties): fc.Arbitrary<unknown> {
	return fc.oneof({ weight: 9, arbitrary: goodFor(property) }, { weight: 1, arbitrary: junk });
}

function goodFor(property: INodeProperties): fc.Arbitrary<unknown> {
	const { name, type, options = [], typeOptions } = property;
	switch (type) {
		case 'options':
			return fc.constantFrom(...options.map((option) => (option as { value: unknown }).value));
		case 'number':
			return fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constantFrom('5', 6.8));
		case 'boolean':
			return fc.boolean();
		case 'dateTime':
			return fc.constantFrom('2021-10-12T14:20:50.521+07:00', '2021-10-12', '');
		case 'json':
			return fc.constantFrom('{}', '{"a": {"b": 1}}', '[]', '');
		case 'resourceLocator':
			return fc.constantFrom({ __rl: true, mode: 'code', value: 'UA' }, 'UW');
		case 'multiOptions':
			return fc.constantFrom([], ['UA'], ['UA', 'UW']);
		case 'collection':
			return parameters(options as INodeProperties[]);
		case 'fixedCollection': {
			const parts = options as Array<{ name: string; values: INodeProperties[] }>;
			const members = parts.map((part) => {
				const one = parameters(part.values);
				const many = fc.array(one, { maxLength: 3 });
				return [part.name, typeOptions?.multipleValues ? many : one] as const;
			});
			return fc.record(Object.fromEntries(members), { requiredKeys: [] });
		}
		default:
			if (/currency$/.test(name)) return fc.constantFrom('USD', 'CNY', 'EUR');
			if (/(country|issuer_region)$/.test(name)) return fc.constantFrom('US', 'fr', '');
			if (/expiration_date$/.test(name)) return fc.constantFrom('2028-01', '');
			return fc.oneof(anyText, fc.constant(''));
	}
}
