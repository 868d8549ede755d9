/**
 * What a value looks like, in the simple words that n8n's editor reads: types, members, entries.
 *
 * Made from zod schemas, so that a form is described once.
 */
import * as z from 'zod/v4';
import { isRecord } from './json-value';

export interface Shape {
	/** JSON's own names; of several the usual one comes first. */
	type: string | string[];
	/** Members of an object; none if they can be any. */
	properties?: Record<string, Shape>;
	/** Members that are always there. */
	required?: string[];
	/** What the entries of a list look like. */
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
 * The shape of what a schema takes.
 *
 * Objects and lists come without the null they may be instead, since n8n's editor shows the members of
 * those alone that are nothing else. Of alternatives, objects are taken together.
 */
export function shapeOf(schema: z.ZodType): Shape {
	// What a schema takes is the vendor's form; what it makes of it is ours.
	return shapeIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
}

function shapeIn(schema: JsonSchema): Shape {
	const choices = schema.anyOf ?? schema.oneOf;
	if (choices) return oneOfThem(choices.map(shapeIn));
	if (schema.allOf) return together(schema.allOf.map(shapeIn));
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

function oneOfThem(shapes: Shape[]): Shape {
	const container = shapes.find(isContainer);
	if (container) return together(shapes.filter(({ type }) => type === container.type));
	const types = [...new Set(shapes.flatMap(({ type }) => type))];
	const ordered = [
		...types.filter((type) => type !== 'null'),
		...types.filter((type) => type === 'null'),
	];
	return { type: ordered.length === 1 ? ordered[0]! : ordered };
}

function together(shapes: Shape[]): Shape {
	const [first, ...others] = shapes as [Shape, ...Shape[]];
	return others.reduce((sum, shape) => {
		const items = sum.items && shape.items ? together([sum.items, shape.items]) : sum.items;
		return {
			type: sum.type,
			...(sum.properties ? { properties: joined(sum.properties, shape.properties ?? {}) } : {}),
			...inBoth(sum.required, shape.required),
			...(items ? { items } : {}),
		};
	}, first);
}

function inBoth(one: string[] = [], other: string[] = []): Pick<Shape, 'required'> {
	const required = one.filter((name) => other.includes(name));
	return required.length > 0 ? { required } : {};
}

function joined(a: Record<string, Shape>, b: Record<string, Shape>): Record<string, Shape> {
	const both = { ...a };
	for (const [name, shape] of Object.entries(b)) {
		both[name] = both[name] ? oneOfThem([both[name], shape]) : shape;
	}
	return both;
}

/** Where a value and a shape part: paths such as `children[].tracking_number`, each once. */
export interface Differences {
	/** Members of the value that the shape does not have. */
	unknown: string[];
	/** Members that are always there by the shape, and that the value does not have. */
	missing: string[];
}

export function differences(value: unknown, shape: Shape): Differences {
	const unknown = new Set<string>();
	const missing = new Set<string>();
	compare(value, shape, '', unknown, missing);
	return { unknown: [...unknown], missing: [...missing] };
}

function compare(
	value: unknown,
	{ properties, required = [], items }: Shape,
	path: string,
	unknown: Set<string>,
	missing: Set<string>,
): void {
	if (Array.isArray(value)) {
		if (items) for (const entry of value) compare(entry, items, `${path}[]`, unknown, missing);
		return;
	}
	if (!isRecord(value) || !properties || Object.keys(properties).length === 0) return;
	const under = (name: string) => (path === '' ? name : `${path}.${name}`);
	for (const [name, member] of Object.entries(value)) {
		const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
		if (known) compare(member, known, under(name), unknown, missing);
		else unknown.add(under(name));
	}
	for (const name of required) {
		if (!Object.hasOwn(value, name)) missing.add(under(name));
	}
}
