/**
 * Bundles, composites and boxes: the set and each thing in it are lines of their own. The things are counted, not the
 * set, unless they lie in it: then the set is the thing. What was paid for them stays together to the cent.
 */
import { compareAmounts, difference, fractionOf, sum } from '../../base/money';
import { idOf, type Members, membersOf, textOf } from '../lenient';
import type { Article } from '../order';
import { metaText, metaValues } from './meta';

/** How a thing names the set that it belongs to, each read off the plugin's published code. */
const LINKS: ReadonlyArray<{
	/** Of the thing. */
	part: (line: Members) => string | null;
	/** Of the set. */
	set: (line: Members) => string | null;
	/** Its parcel's mark: `no` for what lies in the set. */
	ships?: string;
}> = [
	// Product Bundles, Composite Products, Mix and Match: members that they add to the REST API
	...[
		['bundled_by', '_bundled_item_needs_shipping'],
		['composite_parent', '_composite_item_needs_shipping'],
		['mnm_child_of', '_mnm_item_needs_shipping'],
		['child_of', '_mnm_item_needs_shipping'],
	].map(([name, ships]) => ({
		part: (line: Members) => idOf(line[name!]),
		set: (line: Members) => idOf(line['id']),
		ships: ships!,
	})),
	// The same three where the API leaves these out, and Product Bundles by YITH
	...[
		['_bundled_by', '_bundle_cart_key', '_bundled_item_needs_shipping'],
		['_composite_parent', '_composite_cart_key', '_composite_item_needs_shipping'],
		['_mnm_container', '_mnm_cart_key', '_mnm_item_needs_shipping'],
		['_bundled_by', '_yith_bundle_cart_key', ''],
	].map(([part, set, ships]) => ({
		part: (line: Members) => metaText(line, part!),
		set: (line: Members) => metaText(line, set!),
		ships: ships!,
	})),
	// Composite Products by YITH
	{
		part: (line: Members) =>
			memberIn(line, '_yith_wcp_child_component_data', 'yith_wcp_cart_parent_key'),
		set: (line: Members) => memberIn(line, '_yith_wcp_component_data', 'cart_item_key'),
	},
	// Product Bundles and Composite Products by WPC, Easy Product Bundles by AsanaPlugins, and Bopo by VillaTheme name
	// the product: the nearest before it
	...['_woosb_parent_id', '_wooco_parent_id', '_asnp_wepb_parent_id', '_bopobb_parent_id'].map(
		(name) => ({
			part: (line: Members) => metaText(line, name),
			set: (line: Members) => idOf(line['product_id']),
		}),
	),
];

function memberIn(line: Members, key: string, name: string): string | null {
	return (
		metaValues(line, key)
			.map((noted) => textOf(membersOf(noted)[name]))
			.find(Boolean) ?? null
	);
}

/** Only a set that is sent itself has one of these: the weight of it and of what lies in it. */
const WEIGHTS = ['_bundle_weight', '_composite_weight'];

/** No plugin nests sets deeper; two that name each other would never end. */
const DEEPEST = 20;

/** The articles of these lines, in the same order, with each set counted once. */
export function withSetsOnce(
	articles: readonly Article[],
	lines: readonly Members[],
	places: number,
): Article[] {
	const setOf = setsAround(lines);
	const result = articles.map((article) => ({ ...article }));
	const depthOf = (at: number | undefined, depth = 0): number =>
		at === undefined || depth >= DEEPEST ? depth : depthOf(setOf[at], depth + 1);
	const partsOf = Map.groupBy(lines.keys(), (index) => setOf[index]);
	const inwards = [...partsOf.keys()]
		.filter((at) => at !== undefined)
		.toSorted((a, b) => depthOf(a) - depthOf(b))
		.map((at) => setAt(at, partsOf.get(at)!, result, lines));
	// A set may lie in another one: what lies in it goes outwards, what it is worth goes inwards
	for (const set of inwards.toReversed()) packed(set);
	for (const set of inwards) spread(set, places);
	return result;
}

/** A set, the things that lie in it, and those that are sent beside it or in its place; all articles of the order. */
interface SetOfThings {
	set: Article;
	isThing: boolean;
	within: Article[];
	beside: Article[];
	notSent: Article[];
}

/** @param belonging the places of the lines that belong to the set at `at` */
function setAt(
	at: number,
	belonging: readonly number[],
	articles: readonly Article[],
	lines: readonly Members[],
): SetOfThings {
	const parts = belonging.map((index) => ({
		article: articles[index]!,
		lies: liesInSet(lines[index]!),
	}));
	const lying = parts.filter(({ lies }) => lies).map(({ article }) => article);
	const beside = parts.filter(({ lies }) => !lies).map(({ article }) => article);
	// Where some are sent by themselves, the others may be downloads, unless the set itself has a weight
	const isThing = lying.length > 0 && (beside.length === 0 || hasWeight(lines[at]!));
	const [within, notSent] = isThing ? [lying, []] : [[], lying];
	return { set: articles[at]!, isThing, within, beside, notSent };
}

const hasWeight = (line: Members): boolean => WEIGHTS.some((key) => metaText(line, key) !== null);

/** Of each line, the place of the set that it belongs to. */
function setsAround(lines: readonly Members[]): Array<number | undefined> {
	// Few orders have sets, and hardly any has those of two plugins
	const named = new Map<(line: Members) => string | null, Map<string | null, number[]>>();
	const placesOf = (name: string, set: (line: Members) => string | null) => {
		const places = named.get(set) ?? Map.groupBy(lines.keys(), (at) => set(lines[at]!));
		named.set(set, places);
		return places.get(name) ?? [];
	};
	return lines.map((line, at) => {
		for (const { part, set } of LINKS) {
			const name = part(line);
			if (name === null) continue;
			const found = placesOf(name, set);
			const nearest = found.findLast((one) => one < at) ?? found.find((one) => one !== at);
			if (nearest !== undefined) return nearest;
		}
		return undefined;
	});
}

const liesInSet = (line: Members): boolean =>
	LINKS.some(({ ships = '' }) => ships !== '' && metaText(line, ships) === 'no');

/** Into a set that is sent as one thing goes what its things are worth. */
function packed({ set, within, notSent }: SetOfThings): void {
	for (const article of notSent) article.needs_shipping = false;
	if (within.length === 0) return;
	set.value = totalOf([set, ...within]);
	for (const article of within) takeOut(article);
}

/** Onto the things in place of their set goes what that cost. */
function spread({ set, isThing, beside }: SetOfThings, places: number): void {
	if (isThing || beside.length === 0) return;
	const shares = sharesOf(set.value, beside, places);
	beside.forEach((article, index) => {
		article.value = shares[index] === undefined ? null : totalOf([article], shares[index]);
	});
	takeOut(set);
}

function takeOut(article: Article): void {
	article.needs_shipping = false;
	article.value = '0';
}

function totalOf(articles: readonly Article[], more = '0'): string | null {
	return sum([...articles.map(({ value }) => value), more]) ?? null;
}

/** The set's value by what its parts are worth, else by their pieces; rounded so that no part is negative. */
function sharesOf(
	value: string | null,
	parts: readonly Article[],
	places: number,
): Array<string | undefined> {
	const worth = totalOf(parts);
	const isPriced = worth !== null && compareAmounts(worth, '0') > 0;
	const weights = parts.map((part) => (isPriced ? part.value : String(part.quantity || 1)));
	const all = sum(weights);
	let before: string | undefined = '0';
	const upTo = weights.map((weight) => (before = sum([before, weight])));
	const steps = ['0', ...upTo.map((some) => fractionOf(value, some, all, places))];
	return parts.map((_, index) => difference(steps[index + 1], steps[index]));
}
