/** Items that hold what JSON can't: nodes leave such things in a running execution. */
import { createContext, runInContext } from 'node:vm';

type Json = Record<string, unknown>;

class Parcel {
	no = 'P-1';
}

/** The class that expressions know as `DateTime`, of the host's own luxon. */
export interface DateTime {
	fromMillis: (milliseconds: number) => unknown;
}

/** The same each time it is called, and sharing nothing that could be changed. */
export function liveItems(dateTime: DateTime): Json[] {
	return [...oddValues(dateTime).map(holding), ...oddItems()];
}

const symbol = Symbol('no');
const shout = () => 1;
const loud = { toJSON: () => 'x' };
const later = { then: () => 'x' };
// Two of each are not the same for whoever compares
const noDate = new Date(NaN);
const promise = Promise.resolve(1);
const weak = new WeakMap();
const inherited = { no: 1, a: 1 };

/** An item with a value wherever the forms look for one. */
const holding = (value: unknown): Json => ({
	no: value,
	value,
	a: { b: value, deep: [{ value }] },
	order: { no: value, a: { b: value } },
	list: [value, { no: value }],
	items: { a: [0, value] },
});

function oddValues(dateTime: DateTime): unknown[] {
	const boxed: unknown[] = [Object('text'), Object(1)];
	return [
		...[undefined, NaN, Infinity, -Infinity, -0, 10n, symbol, shout, Parcel],
		...[new Date(0), noDate, dateTime.fromMillis(1e12), dateTime, new Parcel(), /x/],
		...[new Error('x'), new Map([['no', 1]]), new Set([1]), Buffer.from('x'), new Uint8Array(2)],
		...[new ArrayBuffer(2), ...boxed, new Proxy({ no: 1 }, {}), new Proxy([1], {})],
		...[Object.freeze({ no: 1, list: Object.freeze([1]) }), sparse(), extended()],
		// As many keys as it is long, and yet holes
		...[Object.assign(sparse(), { no: 1, a: 1 }), new Numbers(1, 2)],
		...[withGetter(), withHidden(), withSymbol(), withoutPrototype(), inheriting(), cyclic()],
		...[{ no: undefined }, [undefined], { ...loud }, { ...later }, shared()],
		...[nested(200), 'x'.repeat(1_000_001), Array.from({ length: 10_001 }, (_, i) => i)],
		...[foreign('({ no: 1 })'), foreign('[1]'), promise, weak],
	];
}

/** The json itself is something else than a plain object. */
function oddItems(): Json[] {
	const odd = [withoutPrototype(), inheriting(), withGetter(), withHidden(), cyclic(), [1, 2]];
	const more = [new Parcel(), new Date(0), Object.freeze({ no: 1 }), new Proxy({ no: 1 }, {})];
	return [...odd, ...more, foreign('({ no: 1 })'), new Map([['no', 1]])] as Json[];
}

/** An object of another realm, whose prototypes are not ours. */
const realm = createContext();
const foreign = (code: string) => runInContext(code, realm) as unknown;

class Numbers extends Array<number> {}

const shared = () => {
	const one = { no: 1 };
	return { a: one, b: one, list: [one, one] };
};

function sparse(): unknown[] {
	const list: unknown[] = [1];
	list[3] = 4;
	return list;
}

const extended = () => Object.assign([1, 2], { no: 1, a: 1 });
const withSymbol = () => ({ no: 1, [symbol]: 2 });
const inheriting = () => Object.create(inherited) as Json;
const withoutPrototype = () => Object.assign(Object.create(null) as Json, { no: 1, a: { b: 1 } });

const withGetter = () => ({
	get no() {
		return 1;
	},
	a: 1,
});

const withHidden = () => Object.defineProperty({ a: 1 }, 'no', { value: 1, enumerable: false });

function cyclic(): Json {
	const json: Json = { no: 1 };
	return Object.assign(json, { a: json, order: json, list: [json] });
}

function nested(depth: number): unknown {
	return depth === 0 ? 1 : { no: nested(depth - 1) };
}
