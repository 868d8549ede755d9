import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** A request as the stand-in vendors see it: no framework, and the body exactly as it came. */
export interface VendorRequest {
	method: string;
	/** Without the query. */
	path: string;
	/** What follows the question mark, as sent. */
	query: string;
	headers: IncomingHttpHeaders;
	/** The body's bytes as UTF-8 text. */
	body: string;
}

/** What a stand-in vendor answers. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer | Readable;
	/** True when the vendor did what was asked: it took the order or event, or served what was read. */
	accepted: boolean;
}

/** One of the stand-in vendors: it processes a request and says what the answer is. */
export type Vendor = (request: VendorRequest) => Answer | Promise<Answer>;

/** An answer with a JSON body. */
export function jsonAnswer(status: number, value: unknown, accepted: boolean): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8' },
		body: JSON.stringify(value),
		accepted,
	};
}

/** A header's value as one string; '' when it was not sent. */
export function headerText(request: VendorRequest, name: string): string {
	return joined(request.headers[name]);
}

/** All headers with their values, for the ledger. */
export function headerRecord(request: VendorRequest): Record<string, string> {
	return Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [name, joined(value)]),
	);
}

function joined(value: string | string[] | undefined): string {
	return Array.isArray(value) ? value.join(', ') : (value ?? '');
}

/** True for `application/json`, with or without parameters such as a charset. */
export function isJson(request: VendorRequest): boolean {
	return (
		headerText(request, 'content-type').split(';', 1)[0]?.trim().toLowerCase() ===
		'application/json'
	);
}

/** A JSON object, as opposed to a list or null. */
export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
