/**
 * Output items as rows of n8n's table, which has a column for each member, in the order of the first item.
 *
 * The order is that of the output's description, which the editor shows before the first run.
 */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import type { Output } from './operation';

interface Columns {
	/** In reading order. */
	names: ReadonlySet<string>;
	/** Those whose null says something. */
	nullable: ReadonlySet<string>;
}

const known = new WeakMap<Output, Columns[]>();

/**
 * The same item in reading order: described members first, then the vendor's other ones. What is null is left
 * out, unless its description says that it may be null, since it would make a column of nulls.
 */
export function asRow(output: Output, item: IDataObject): IDataObject {
	const own = Object.keys(item);
	const { names, nullable } = columnsFor(output, own);
	// Assigned, since every item comes through here; no answer has a `__proto__` (lib/base/json.ts)
	const row: IDataObject = {};
	const add = (name: string) => {
		const value = item[name];
		if ((value ?? null) !== null || nullable.has(name)) row[name] = value;
	};
	for (const name of names) if (Object.hasOwn(item, name)) add(name);
	for (const name of own) if (!names.has(name)) add(name);
	return row;
}

/** Members as an output has them that leaves out what is null. */
export const withoutNulls = (members: z.ZodRawShape): z.ZodRawShape =>
	Object.fromEntries(
		Object.entries(members).map(([name, member]) => [
			name,
			isNullable(member) ? z.optional(unwrapped(member)) : member,
		]),
	);

/** The columns of the description that says most about an item's own members; its settings are not known here. */
function columnsFor(output: Output, own: readonly string[]): Columns {
	let all = known.get(output);
	if (!all) known.set(output, (all = columnsOf(output)));
	let [best] = all as [Columns];
	if (all.length === 1) return best;
	let most = -1;
	for (const one of all) {
		const says = own.reduce((count, name) => count + (one.names.has(name) ? 1 : 0), 0);
		if (says > most) [most, best] = [says, one];
	}
	return best;
}

function columnsOf({ usual, otherwise }: Output): Columns[] {
	const schemas = [usual(), ...(otherwise ? [otherwise()] : [])];
	const objects = schemas.flatMap((one) => (one instanceof z.ZodUnion ? one.options : [one]));
	return objects.map((one): Columns => {
		const members = one instanceof z.ZodObject ? membersOf(one) : [];
		const nullable = members.flatMap(([name, member]) => (isNullable(member) ? [name] : []));
		return { names: new Set(members.map(([name]) => name)), nullable: new Set(nullable) };
	});
}

function membersOf(one: z.ZodObject) {
	const shape: z.ZodRawShape = one.shape;
	return Object.entries(shape);
}

const isNullable = (member: z.core.$ZodType): boolean =>
	member instanceof z.ZodNullable ||
	(member instanceof z.ZodOptional && isNullable(member.unwrap()));

function unwrapped(member: z.core.$ZodType): z.core.$ZodType {
	const isWrapped = member instanceof z.ZodNullable || member instanceof z.ZodOptional;
	return isWrapped ? unwrapped(member.unwrap()) : member;
}
