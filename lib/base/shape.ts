/** The shape of a value as n8n's editor reads it: types, members, entries. Derived from zod schemas. */
import * as z from 'zod/v4';

export interface Shape {
	/** JSON's own names; null last. */
	type: string | string[];
	/** An object's members; empty if it may have any. */
	properties?: Record<string, Shape>;
	/** Members that are always there. */
	required?: string[];
	items?: Shape;
}

/** The part of JSON Schema that zod writes. */
interface JsonSchema {
	type?: string;
	properties?: Record<string, JsonSchema>;
	required?: string[];
	items?: JsonSchema;
	anyOf?: JsonSchema[];
	oneOf?: JsonSchema[];
	allOf?: JsonSchema[];
}

/**
 * The shape of a schema's input.
 *
 * An object or list that may be null comes without the null, since n8n's editor shows the members of
 * nothing that may be something else. Alternative objects are merged.
 */
export function shapeOf(schema: z.ZodType): Shape {
	// The input has the vendor's form, the output ours
	return shapeIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
}

function shapeIn(schema: JsonSchema): Shape {
	const choices = schema.anyOf ?? schema.oneOf;
	if (choices) return alternatives(choices.map(shapeIn));
	if (schema.allOf) return merged(schema.allOf.map(shapeIn));
	if (schema.type === 'array') {
		return { type: 'array', ...(isOpen(schema.items) ? {} : { items: shapeIn(schema.items) }) };
	}
	if (schema.type === 'object' || schema.type === undefined) {
		const members = Object.entries(schema.properties ?? {});
		return {
			type: 'object',
			properties: Object.fromEntries(members.map(([name, member]) => [name, shapeIn(member)])),
			...(schema.required?.length ? { required: schema.required } : {}),
		};
	}
	return { type: schema.type };
}

const isOpen = (schema: JsonSchema | undefined): schema is undefined =>
	schema === undefined || Object.keys(schema).length === 0;

const isContainer = ({ type }: Shape) => type === 'object' || type === 'array';

function alternatives(shapes: Shape[]): Shape {
	const container = shapes.find(isContainer);
	if (container) return merged(shapes.filter(({ type }) => type === container.type));
	const types = [...new Set(shapes.flatMap(({ type }) => type))];
	types.sort((a, b) => Number(a === 'null') - Number(b === 'null'));
	return { type: types.length === 1 ? types[0]! : types };
}

function merged(shapes: Shape[]): Shape {
	const [first, ...others] = shapes as [Shape, ...Shape[]];
	return others.reduce((sum, shape) => {
		const items = sum.items && shape.items ? merged([sum.items, shape.items]) : sum.items;
		return {
			type: sum.type,
			...(sum.properties
				? { properties: mergedMembers(sum.properties, shape.properties ?? {}) }
				: {}),
			...requiredInBoth(sum, shape),
			...(items ? { items } : {}),
		};
	}, first);
}

function requiredInBoth(one: Shape, other: Shape): Pick<Shape, 'required'> {
	const required = one.required?.filter((name) => other.required?.includes(name)) ?? [];
	return required.length > 0 ? { required } : {};
}

function mergedMembers(a: Record<string, Shape>, b: Record<string, Shape>): Record<string, Shape> {
	const both = { ...a };
	for (const [name, shape] of Object.entries(b)) {
		both[name] = both[name] ? alternatives([both[name], shape]) : shape;
	}
	return both;
}
