/** What a JSON value is; asked wherever a value came from outside. */

/** Whether a JSON value is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value says nothing. PHP backends send an empty list where an object is missing. */
export function isEmpty(value: unknown): boolean {
	if (value === null || value === undefined || value === '' || value === false) return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

export type JsonValue =
	string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };
export type JsonObject = Record<string, JsonValue>;
