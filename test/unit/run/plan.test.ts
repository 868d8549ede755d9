/** What is sent of a run's items: one write per key, and so many items in a request as are allowed. */
import { ValidationFault } from '../../../lib/base/errors';
import { text } from '../../../lib/fields/field';
import { type Input, NoRequest } from '../../../lib/operation/operation';
import { planSends } from '../../../lib/run/plan';

const oneByOne = { tickets: 1 };
const input = (no: string, weight = 1, settings = oneByOne): Input => ({
	body: { no, weight },
	settings,
});
const fields = { no: text('Order Number') };
const operation = { fields, identity: 'no', itemsPerRequest: 'tickets' };
const itemsOf = (...read: Parameters<typeof planSends>[1]) =>
	planSends(operation, read).batches.map(({ items }) => items);

it('gives each item a job of its own, in the order of the items', () => {
	expect(itemsOf(input('A'), input('B'))).toEqual([[0], [1]]);
});

it('fills jobs up to what the settings allow', () => {
	const inTwos = { tickets: 2 };
	const read = ['A', 'B', 'C'].map((no) => input(no, 1, inTwos));
	expect(itemsOf(...read)).toEqual([[0, 1], [2]]);
});

it('puts items of other settings into a request of their own', () => {
	const settings = [{ tickets: 2 }, { tickets: 2 }, { tickets: 3 }];
	const read = settings.map((own, i) => input(`N-${i}`, 1, own));
	expect(itemsOf(...read)).toEqual([[0, 1], [2]]);
});

it('leaves out items that have a fault, and keeps it', () => {
	const fault = new ValidationFault("'Weight' is empty", 'Weight');
	const plan = planSends(operation, [fault, input('B')]);
	expect(plan.batches.map(({ items }) => items)).toEqual([[1]]);
	expect([...plan.faults]).toEqual([[0, fault]]);
});

it('leaves out items that are settled, and keeps what they put out', () => {
	const settled = new NoRequest([{ json: { outcome: 'skipped' } }]);
	const plan = planSends(operation, [input('A'), settled, input('A')]);
	expect(plan.batches.map(({ items }) => items)).toEqual([[0]]);
	expect([...plan.withoutRequest]).toEqual([[1, settled]]);
	expect([...plan.duplicateOf]).toEqual([[2, 0]]);
	expect([...plan.names.keys()]).toEqual([0, 2]);
});

it("keeps what stands beside an item's output, a twin's of its own", () => {
	const plan = planSends(operation, [
		{ ...input('A'), alsoOutput: { shop: 1 } },
		input('B'),
		{ ...input('A'), alsoOutput: { shop: 2 } },
	]);
	expect([...plan.alsoOutput]).toEqual([
		[0, { shop: 1 }],
		[2, { shop: 2 }],
	]);
	expect([...plan.duplicateOf]).toEqual([[2, 0]]);
});

it('sends identical writes once', () => {
	const plan = planSends(operation, [input('A'), input('A'), input('B'), input('A')]);
	expect(plan.batches.map(({ items }) => items)).toEqual([[0], [2]]);
	expect([...plan.duplicateOf]).toEqual([
		[1, 0],
		[3, 0],
	]);
	expect([...plan.names.values()]).toEqual(['A', 'A', 'B', 'A']);
});

it('refuses writes that share a key with other contents, twins of theirs included', () => {
	const plan = planSends(operation, [input('A'), input('A'), input('A', 2), input('B')]);
	expect(plan.batches.map(({ items }) => items)).toEqual([[3]]);
	expect([...plan.faults].map(([item, { message }]) => [item, message]).sort()).toEqual([
		[0, "'Order Number' A is also used by item 2, with different contents"],
		[1, "'Order Number' A is also used by item 2, with different contents"],
		[2, "'Order Number' A is also used by item 0, with different contents"],
	]);
});

it('knows no twins where an operation names no identity', () => {
	const plan = planSends({ fields }, [input('A'), input('A')]);
	expect(plan.batches.map(({ items }) => items)).toEqual([[0], [1]]);
});

describe('items that are made of larger things', () => {
	const partOf = (thing: string, weight = 1, settings = { tickets: 2 }): Input => ({
		...input('A', weight, settings),
		source: { of: {}, thing, check: (draft) => draft },
	});

	it('may be several of one thing', () => {
		const plan = planSends(operation, [partOf('one'), partOf('one', 2), partOf('one')]);
		expect(plan.batches.map(({ items }) => items)).toEqual([[0, 1]]);
		expect([...plan.duplicateOf]).toEqual([[2, 0]]);
	});

	it.each([1, 2])('are refused if two things have one number, with a weight of %s', (weight) => {
		const plan = planSends(operation, [partOf('one'), partOf('other', weight)]);
		expect([...plan.faults].map(([item, { message }]) => [item, message]).sort()).toEqual([
			[0, "'Order Number' A is also used by item 1, for another order"],
			[1, "'Order Number' A is also used by item 0, for another order"],
		]);
		expect(plan.batches).toEqual([]);
	});

	it('are refused with the other parts of a thing whose number another has, in any order', () => {
		const [one, grown, other] = [partOf('one'), partOf('one', 2), partOf('other', 3)];
		for (const items of [
			[one, grown, other],
			[one, other, grown],
			[other, one, grown],
			[one, grown, input('A')],
			[input('A'), one, grown],
			[one, grown, grown, other],
		]) {
			const plan = planSends(operation, items);
			expect([...plan.faults.keys()].sort()).toEqual([...items.keys()]);
			expect(plan.batches).toEqual([]);
		}
	});

	it('share no job with items that are none', () => {
		expect(itemsOf(input('B', 1, { tickets: 2 }), partOf('one'))).toEqual([[0], [1]]);
		expect(itemsOf(partOf('one'), input('B', 1, { tickets: 2 }))).toEqual([[0], [1]]);
	});
});
