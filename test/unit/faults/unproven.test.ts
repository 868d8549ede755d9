/** The answers of the fuzz must not show what they are said not to show, read another way than the nodes do. */
import fc from 'fast-check';
import { type Asked, foreignOrder, NAME, otherNumber, unproven } from '../../faults/unproven';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

function parsed(body: string): Json {
	try {
		const value: unknown = JSON.parse(body);
		return isObject(value) ? value : {};
	} catch {
		return {};
	}
}

const inside = (value: unknown): unknown[] =>
	isObject(value) ? [value, ...Object.values(value).flatMap(inside)] : [];
const isEmpty = (errors: unknown) => errors === undefined || JSON.stringify(errors) === '[]';

/** TW names the ticket as taken: by its number, with an id and without errors. */
const names = (body: Json) =>
	inside(body).some((part) => {
		const { no, request_id: id, errors, status } = part as Json;
		const hasId = (typeof id === 'string' && id !== '') || typeof id === 'number';
		return no === NAME && hasId && isEmpty(errors) && !(Number(status) < 0);
	});
const isSuccess = ({ code }: Json) => code === 200 || code === '200';
const samples = (asked: Asked) => fc.sample(unproven(asked), { numRuns: 3000, seed: 1 });
const KINDS: Asked[] = ['order', 'order deed', 'bag deed', 'event', 'key'];

it.each(KINDS)('no answer about %s below HTTP 400 shows its success', (asked) => {
	const shown = samples(asked).filter(({ sort, rule }) => {
		if (rule.status! >= 400) return false;
		const body = parsed(rule.body);
		if (asked === 'order' && names(body) && isEmpty(body['errors'])) return true;
		return isSuccess(body) && sort !== 'code 200, not about it';
	});
	expect(shown).toEqual([]);
});

it.each(['order deed', 'bag deed'] as const)(
	'what has the code 200 about %s is about another number, or has errors',
	(asked) => {
		const all = samples(asked).filter(({ sort }) => sort === 'code 200, not about it');
		expect(all.length).toBeGreaterThan(100);
		for (const { rule } of all) {
			const body = parsed(rule.body);
			const data = body['data'] as Json;
			const number = asked === 'bag deed' ? data['bag_no'] : data['no'];
			expect(number !== NAME || !isEmpty(data['errors']) || !isEmpty(body['errors'])).toBe(true);
		}
	},
);

it.each(KINDS)('there are answers of every sort about %s', (asked) => {
	const sorts = new Set(samples(asked).map(({ sort }) => sort));
	expect(sorts.size).toBe(['event', 'key'].includes(asked) ? 4 : 5);
});

it('another number is never the same', () => {
	for (const { of } of fc.sample(otherNumber(true), { numRuns: 500, seed: 1 })) {
		expect(of('Z1X2Z')).not.toBe('Z1X2Z');
		expect(foreignOrder(of('Z1X2Z'), false)).not.toMatchObject({ no: 'Z1X2Z' });
	}
});

it('only what is asked for by its request_id may leave out the number', () => {
	const sorts = (isNeeded: boolean) =>
		fc.sample(otherNumber(isNeeded), { numRuns: 500, seed: 1 }).map(({ sort }) => sort);
	expect(sorts(true)).toEqual(expect.arrayContaining(['null', 'missing']));
	expect(sorts(false)).not.toContain('missing');
	expect(sorts(false)).not.toContain('null');
});
