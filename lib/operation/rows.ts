/**
 * Output items as rows of n8n's table, which has a column for each member, in the order of the first item.
 *
 * The order is that of the output's description, which the editor shows before the first run.
 */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import type { Output } from './operation';

interface Columns {
	names: readonly string[];
	/** Those whose null says something. */
	nullable: ReadonlySet<string>;
}

const known = new WeakMap<Output, Columns[]>();

/**
 * The same item in reading order: described members first, then the vendor's other ones. What is null is left
 * out, unless its description says that it may be null, since it would make a column of nulls.
 */
export function asRow(output: Output, item: IDataObject): IDataObject {
	const { names, nullable } = columnsFor(output, item);
	const own = names.filter((name) => Object.hasOwn(item, name));
	const inOrder = [...new Set([...own, ...Object.keys(item)])];
	return Object.fromEntries(
		inOrder
			.filter((name) => nullable.has(name) || (item[name] ?? null) !== null)
			.map((name) => [name, item[name]]),
	);
}

/** Members as an output has them that leaves out what is null. */
export const withoutNulls = (members: z.ZodRawShape): z.ZodRawShape =>
	Object.fromEntries(
		Object.entries(members).map(([name, member]) => [
			name,
			isNullable(member) ? z.optional(unwrapped(member)) : member,
		]),
	);

/** The columns of the description that says most about an item; its settings are not known here. */
function columnsFor(output: Output, item: IDataObject): Columns {
	let all = known.get(output);
	if (!all) known.set(output, (all = columnsOf(output)));
	const saysOf = ({ names }: Columns) => names.filter((name) => Object.hasOwn(item, name)).length;
	return all.reduce((best, one) => (saysOf(one) > saysOf(best) ? one : best));
}

function columnsOf({ usual, otherwise }: Output): Columns[] {
	const schemas = [usual(), ...(otherwise ? [otherwise()] : [])];
	const objects = schemas.flatMap((one) => (one instanceof z.ZodUnion ? one.options : [one]));
	return objects.map((one): Columns => {
		const members = one instanceof z.ZodObject ? membersOf(one) : [];
		const nullable = members.flatMap(([name, member]) => (isNullable(member) ? [name] : []));
		return { names: members.map(([name]) => name), nullable: new Set(nullable) };
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
