/** Finds what a node has saved for a place in the body. */
import { isRecord } from '../base/json';
import { ADDITIONAL, GROUP_PART, LIST_PART } from './layout';

/**
 * Whether the parameter for a place is an expression; the place of a list counts too, if all of it is one.
 *
 * @param stored the parameters as saved, expressions unresolved
 * @param path in the body, e.g. `['boxes', 0, 'weight']`
 */
export function isExpressionAt(stored: unknown, path: readonly PropertyKey[]): boolean {
	if (typeof stored === 'string') return stored.startsWith('=');
	if (Array.isArray(stored)) return isExpressionAt(stored[Number(path[0])], path.slice(1));
	if (!isRecord(stored)) return false;
	if (stored['__rl'] === true) return isExpressionAt(stored['value'], path);
	// The members of a required group have parameters of their own
	for (let end = path.length; end > 0; end--) {
		const name = path.slice(0, end).map(String).join('_');
		if (Object.hasOwn(stored, name)) return isExpressionAt(stored[name], path.slice(end));
	}
	const inside = [GROUP_PART, LIST_PART, ADDITIONAL].find((part) => Object.hasOwn(stored, part));
	return inside !== undefined && isExpressionAt(stored[inside], path);
}
