/** The members of the neutral order, from its schema. */
import * as z from 'zod/v4';
import { shopOrder } from '../../lib/shops/order';

/** Every member that holds a single value, and before its members every list: `articles`, `articles[].sku`. */
export const orderMembers: readonly string[] = namesIn(shopOrder, '');

function namesIn(type: z.core.$ZodType, name: string): string[] {
	if (type instanceof z.ZodObject) {
		return Object.entries(type.shape as Record<string, z.core.$ZodType>).flatMap(
			([member, inner]) => namesIn(inner, name === '' ? member : `${name}.${member}`),
		);
	}
	if (type instanceof z.ZodArray) return [name, ...namesIn(type.element, `${name}[]`)];
	if (
		type instanceof z.ZodDefault ||
		type instanceof z.ZodNullable ||
		type instanceof z.ZodOptional
	)
		return namesIn(type.unwrap(), name);
	return [name];
}
