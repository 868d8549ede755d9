/**
 * Numbers that set how long, how many and how large: each has a largest value, which the panel shows, and which holds by
 * an expression, too. Somebody who thinks in milliseconds is told so before anything is sent.
 */
import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { Deadline } from '../../lib/base/deadline';
import { waitFor } from '../../lib/base/delivery';
import { dispatcherFor, exchange } from '../../lib/http/exchange';
import { TwTrigger } from '../../nodes/TwTrigger/TwTrigger.node';
import { complaint, outputOf, paths } from '../observed';
import { createParameters, nodes, useBench } from '../support';

const bench = useBench();
beforeEach(() => bench.sandbox.reset());

/** Where a vendor judges what a number may be, or a threshold is told from the balance. */
const OF_SETTINGS = ['Options', 'Limit', 'Remember Visits for (Days)', 'Threshold'];

function numbersIn(
	properties: INodeProperties[],
	path: string[] = [],
): Array<[string, INodeProperties]> {
	return properties.flatMap((property): Array<[string, INodeProperties]> => {
		const here = [...path, property.displayName];
		if (property.type === 'number') return [[here.join(' → '), property]];
		const inside = (property.options ?? []) as Array<
			INodeProperties & { values?: INodeProperties[] }
		>;
		return numbersIn(
			inside.flatMap((one) => one.values ?? ('type' in one ? [one] : [])),
			here,
		);
	});
}

const descriptions: INodeTypeDescription[] = [...Object.values(nodes), new TwTrigger()].map(
	({ description }) => description,
);
const settings = descriptions.flatMap(({ displayName, properties }) =>
	numbersIn(properties)
		.filter(([path]) => OF_SETTINGS.some((start) => path.startsWith(start)))
		.map(([path, property]) => [`${displayName}: ${path}`, property] as const),
);

it('there are such numbers', () => expect(settings.length).toBeGreaterThan(20));

it.each([...new Map(settings)])(
	'%s has a least and a largest value in the panel',
	(_path, property) => {
		expect(property.typeOptions).toMatchObject({
			minValue: expect.any(Number) as number,
			maxValue: expect.any(Number) as number,
		});
		const { minValue, maxValue } = property.typeOptions!;
		expect(maxValue).toBeGreaterThan(minValue!);
		if (property.default !== '') expect(maxValue).toBeGreaterThanOrEqual(Number(property.default));
	},
);

const create = (options: object, more: object = {}) =>
	createParameters({ waitForCompletion: false, ...more, options: { ...options } });
const event = (more: object) => ({
	operation: 'reportShopEvent',
	rememberVisits: '={{ $json.n }}',
	...more,
});
const PLACES: Array<
	[string, Parameters<typeof bench.run>[0], Parameters<typeof bench.run>[1], string]
> = [
	['Timeout', 'twOrder', create({ timeout: '={{ $json.n }}' }), '3600; it is in seconds'],
	['Maximum Wait', 'twOrder', create({ maxWait: '={{ $json.n }}' }), '86400; it is in seconds'],
	['Concurrency', 'twOrder', create({ concurrency: '={{ $json.n }}' }), '1000'],
	['Tickets per Request', 'twOrder', create({ ticketsPerRequest: '={{ $json.n }}' }), '1000'],
	['Limit', 'twOrder', { operation: 'getManyRemembered', limit: '={{ $json.n }}' }, '1000000'],
	[
		'Newer Than',
		'twOrder',
		{ operation: 'getManyRemembered', options: { newerThan: '={{ $json.n }}' } },
		'87600; it is in hours',
	],
	[
		'Older Than',
		'twOrder',
		{ operation: 'getManyRemembered', options: { olderThan: '={{ $json.n }}' } },
		'87600; it is in hours',
	],
	[
		'Offset',
		'twOrder',
		{ operation: 'getManyRemembered', options: { offset: '={{ $json.n }}' } },
		'1000000',
	],
	[
		'Maximum Size',
		'twLabel',
		{
			operation: 'download',
			no: 'A-1',
			binaryProperty: 'data',
			options: { maxSize: '={{ $json.n }}' },
		},
		'1024; it is in megabytes',
	],
	['Remember Visits for (Days)', 'tdOrderEvent', event({}), '3650; it is in days'],
];

describe.each(PLACES)('%s', (label, node, parameters, most) => {
	it.each([3_600_000, '3600000', ' 3600000 ', 2 ** 31, 1e15, 1e300])(
		'of %j is too much',
		async (n) => {
			const { message } = complaint(await bench.run(node, parameters, [{ no: 'ORD-1', n }]));
			expect(message).toContain(`'${label}' must be at most ${most}`);
			expect(paths(bench.sandbox)).toEqual([]);
		},
	);

	it.each(['1e999', 'Infinity', '-Infinity', 'NaN', 'soon', '0x10'])(
		'of %s is no number',
		async (n) => {
			const { message } = complaint(await bench.run(node, parameters, [{ no: 'ORD-1', n }]));
			expect(message).toContain(`'${label}' must be a number`);
			expect(paths(bench.sandbox)).toEqual([]);
		},
	);
});

it('the largest Timeout sends, and waits for the answer', async () => {
	const run = await bench.run('twOrder', create({ timeout: 3_600 }), [{ no: 'ORD-1' }]);
	expect(outputOf(run)[0]).toMatchObject({ outcome: 'accepted' });
});

describe.each([3_600_000_000, 2 ** 31, 2 ** 40, Number.MAX_VALUE, Infinity])('%d ms', (ms) => {
	it('as a limit is one that a timer can hold', () => {
		const deadline = Deadline.in(ms);
		expect(deadline.left()).toBeGreaterThan(2 ** 30);
		expect(deadline.left()).toBeLessThan(2 ** 31);
	});

	it('is waited, and not over at once', async () => {
		const gone = new AbortController();
		let isOver = false;
		const waiting = waitFor(ms, gone.signal).finally(() => (isOver = true));
		const cancelled = waiting.catch((error: Error) => error.name);
		// As long as a timer that wraps takes
		await waitFor(20, undefined);
		expect(isOver).toBe(false);
		gone.abort();
		await cancelled;
	});

	it('as the time of a request does not end it', async () => {
		bench.sandbox.fault({ kind: 'delay', path: '/', ms: 50, when: 'before' });
		const dispatcher = dispatcherFor({
			target: bench.sandbox.url,
			ignoreSslIssues: false,
			purpose: 'read',
		});
		const request = { origin: bench.sandbox.url, path: '/', method: 'GET', headers: {} } as const;
		const answer = await exchange(dispatcher, { ...request, maxBytes: 1e6, timeoutMs: ms });
		expect(answer.status).toBeGreaterThan(0);
	});
});
