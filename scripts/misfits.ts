/** Holds what really comes out of a node against what its preview shows. */
import type { ZodType } from 'zod/v4';
import { shapeOf } from '../lib/base/shape';
import { differences } from '../lib/contract/outline';
import { allNodes, type Offer } from './offers';

/** What an operation or an event is, by its node's name in workflows, e.g. `twOrder`. */
export function offerOf(node: string, value: string): Offer {
	const folder = node.charAt(0).toUpperCase() + node.slice(1);
	const offer = allNodes
		.find((each) => each.folder === folder)
		?.offers.find((each) => each.value === value);
	if (!offer) throw new Error(`No node offers ${node} ${value}`);
	return offer;
}

/** What is wrong with an output's description, seen from items that really came out; empty if nothing is. */
export function misfits(items: readonly unknown[], output: () => ZodType): string[] {
	const schema = output();
	const shape = shapeOf(schema);
	return items.flatMap((item) => {
		const fits = schema.safeParse(item);
		const wrong = fits.success ? [] : fits.error.issues;
		return [
			...wrong.map(({ path, message }) => `${path.join('.')}: ${message}`),
			...[...differences(item, shape).unknown].map((member) => `${member} is not described`),
		];
	});
}

/** The same for items of which it is not known whether the settings were the usual ones. */
export function misfitsOf(node: string, value: string, items: readonly unknown[]): string[] {
	const { usual, otherwise } = offerOf(node, value).output;
	const found = misfits(items, usual);
	return found.length > 0 && otherwise ? misfits(items, otherwise) : found;
}
