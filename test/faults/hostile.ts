/** Hostile answers and hostile inputs, made by fast-check. */
import fc from 'fast-check';
import type { FaultRule } from '../../sandbox';

/** Member names that mean something to JavaScript, to n8n or to the vendors. */
const NAMES = [
	...`__proto__ constructor prototype toString hasOwnProperty toJSON then length
		error json binary pairedItem
		code message data errors status request_id no children tracking_number removed_at
		sequence_id charges discounts balance current_page last_page url bag_no`.split(/\s+/),
	...['', '0', '\u0000'],
];

const hostileText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 30 }),
	fc.constantFrom(
		...['', ' ', '\u0000', '\ud800', '\ufeff', '{{ $json }}', '={{ $env }}', '${x}', '<script>'],
		...['"', '\\', '[object Object]', 'null', 'NaN', '-1', '1e999', '9'.repeat(400), '0x10'],
		...['200', 'true', 'https://user:pw@127.0.0.1:1/x', 'http://169.254.169.254/'],
		...['file:///etc/passwd', 'data:;base64,', 'data:application/pdf;base64,JVBERi0xLjQK'],
		...['x'.repeat(100_000), 'ä'.repeat(3000), '2021-02-30', '0000-00-00 00:00:00'],
		'\r\nX-Injected: 1',
	),
);

const hostileNumber = fc.constantFrom(
	...[0, -0, -1, 0.1, 200, 404, 500, 9001, 1e21, 1e308, -1e308, 2 ** 53, 2 ** 31, 5e-324],
);

/** Any JSON, with names that matter. */
const hostileJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		hostileText,
		hostileNumber,
		fc.constantFrom(null, true, false),
		fc.array(tie('value'), { maxLength: 4 }),
		fc.array(fc.tuple(fc.constantFrom(...NAMES), tie('value')), { maxLength: 5 }).map(asObject),
	),
})).value;

/** Also `__proto__` becomes a member of its own, as JSON.parse makes it. */
function asObject(entries: Array<[string, unknown]>): unknown {
	return JSON.parse(
		`{${entries.map(([name, value]) => `${JSON.stringify(name)}:${json(value)}`).join(',')}}`,
	);
}

const json = (value: unknown) => JSON.stringify(value) ?? 'null';

/** A good value in which something has been replaced, dropped or added, at any depth. */
export function spoilt(good: unknown): fc.Arbitrary<unknown> {
	const places = placesIn(good);
	return fc
		.array(fc.tuple(fc.constantFrom(...places), fc.option(hostileJson, { nil: undefined })), {
			minLength: 1,
			maxLength: 3,
		})
		.map((changes) => changes.reduce((value, [place, by]) => changed(value, place, by), good));
}

type Path = readonly string[];

function placesIn(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	const inner = Object.entries(value).flatMap(([name, member]) =>
		placesIn(member, [...path, name]),
	);
	return [path, [...path, '__proto__'], [...path, 'error'], ...inner];
}

function changed(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
	if (first === undefined) return by === undefined ? value : by;
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(
		([name]) => name !== first || rest.length > 0 || by !== undefined,
	);
	const names = entries.map(([name]) => name);
	if (!names.includes(first) && by !== undefined) entries.push([first, null]);
	const made = entries.map(([name, member]): [string, unknown] => [
		name,
		name === first ? changed(member, rest, by) : member,
	]);
	return Array.isArray(value) ? made.map(([, member]) => member) : asObject(made);
}

const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const inEnvelope = (data: unknown) => json({ code: 200, message: 'OK', data });
const beginningOf = (text: string) => fc.nat(text.length).map((end) => text.slice(0, end));

const noEnvelope = fc.constantFrom(
	...['', '<!DOCTYPE html><h1>Welcome', '[]', 'null', '"text"', '\ufeff{}'],
);

const tooDeep = fc
	.tuple(fc.constantFrom('[', '{"a":', '{"data":['), fc.integer({ min: 10, max: 50_000 }))
	.map(([open, depth]) => open.repeat(depth));

const tooLong = fc
	.integer({ min: 1, max: 300_000 })
	.map((n) => `{"code":200,"data":[${'1,'.repeat(n)}1]}`);

const RIGHT_TYPE = 'application/json';
const contentType = fc.constantFrom(
	...[RIGHT_TYPE, RIGHT_TYPE, RIGHT_TYPE, 'text/html', '', 'application/octet-stream'],
	...['utf-16le', 'gbk', 'nonsense', '"'].map((charset) => `${RIGHT_TYPE}; charset=${charset}`),
	'multipart/form-data',
);

const status = fc.constantFrom(
	...[200, 200, 200, 200, 200, 201, 206, 299, 302, 400, 404, 409, 422, 451, 500, 503, 599],
);

/** An answer to a request whose right answer is known, as a fault of the sandbox. */
export function hostileAnswer(good: unknown): fc.Arbitrary<FaultRule> {
	const envelope = { code: 200, message: 'OK', data: good, sequence_id: 'S' };
	const body = fc.oneof(
		weighted(6, spoilt(envelope).map(json)),
		weighted(2, hostileJson.map(inEnvelope)),
		weighted(2, hostileJson.map(json)),
		weighted(1, beginningOf(json(envelope))),
		weighted(1, fc.string({ unit: 'binary', maxLength: 300 })),
		weighted(1, noEnvelope),
		weighted(1, tooDeep),
		weighted(1, tooLong),
	);
	return fc
		.record({
			body,
			encoding: fc.constantFrom('utf8', 'utf8', 'utf8', 'latin1'),
			contentType,
			status,
			processed: fc.boolean(),
		} as const)
		.map((rule) => ({ kind: 'rawBody', ...rule }));
}

/** What an item may hold where something good is expected. */
export function hostileInput(good: unknown): fc.Arbitrary<unknown> {
	return fc.oneof(
		weighted(5, spoilt(good)),
		weighted(2, spoilt(good).map(json)),
		weighted(2, hostileJson),
		weighted(1, beginningOf(json(good))),
	);
}
