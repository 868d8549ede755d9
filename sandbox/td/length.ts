import { isTooLong, type TdRefusal } from './codes';

const limit = 1024;

/**
 * "{Parameter} length or size exceeds 1024" [doc]. ASSUMED: characters of every string and elements of
 * every list, wherever they stand; black_box is exempt, as the SDK itself makes some of 5,000 characters.
 */
export function tooLong(value: unknown, path = ''): TdRefusal | undefined {
	if (path === 'terminal.black_box') return undefined;
	if (typeof value === 'string') return value.length > limit ? isTooLong(path) : undefined;
	if (typeof value !== 'object' || value === null) return undefined;
	if (Array.isArray(value) && value.length > limit) return isTooLong(path);

	for (const [name, member] of Object.entries(value)) {
		const refusal = tooLong(member, memberPath(path, name, Array.isArray(value)));
		if (refusal) return refusal;
	}
	return undefined;
}

function memberPath(path: string, name: string, inList: boolean): string {
	if (inList) return `${path}[${name}]`;
	return path === '' ? name : `${path}.${name}`;
}
