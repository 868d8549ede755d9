/**
 * Reads the answer of "Download the label", whose page is not public.
 *
 * ASSUMED: the answer is an address, a list of addresses, or any members that hold some; or the
 * document itself as base64 or a data URL.
 */
import type { Readable } from 'node:stream';
import { NotFoundFault } from '../../base/errors';
import { bareHost, isInnerAddress, isLoopbackHost } from '../../http/addresses';
import type { EgressPolicy } from '../../base/egress';
import { download, tooLarge } from '../../http/download';
import type { TwClient } from '../wire/client';
import { isRecord } from '../../base/json-value';
import type { Limits } from '../../base/limits';

/** Where a label's bytes are. */
export type LabelSource = { url: string } | { bytes: Buffer };

const MAX_DEPTH = 4;

/**
 * Every document an answer names, in the answer's order, each once.
 *
 * @param data `data` of TW's answer
 * @param no the order number, for the message
 * @throws {NotFoundFault} if there is none, which is what an order without a label yet may look like
 */
export function labelSources(data: unknown, no: string): LabelSource[] {
	const found = new Map<string, LabelSource>();
	collect(data, MAX_DEPTH, found);
	if (found.size === 0) {
		throw new NotFoundFault(
			`TW gives no label for order ${no} yet`,
			"A label exists only when the order is completed. Wait for it ('Wait for Completion' of TW Order) and run this item again.",
		);
	}
	return [...found.values()];
}

/** Whether an answer names a document. */
export function hasLabel(data: unknown): boolean {
	const found = new Map<string, LabelSource>();
	collect(data, MAX_DEPTH, found);
	return found.size > 0;
}

function collect(value: unknown, depth: number, found: Map<string, LabelSource>): void {
	if (typeof value === 'string') {
		const source = sourceOf(value.trim());
		if (source) found.set(value, source);
	} else if (depth > 0 && Array.isArray(value)) {
		for (const entry of value) collect(entry, depth - 1, found);
	} else if (depth > 0 && isRecord(value)) {
		for (const member of Object.values(value)) collect(member, depth - 1, found);
	}
}

function sourceOf(text: string): LabelSource | undefined {
	if (/^https?:\/\//i.test(text)) return { url: text };
	const dataUrl = /^data:[^,]*;base64,(.*)$/is.exec(text);
	return asDocument(dataUrl?.[1] ?? text);
}

/** Base64 text, if what it holds is a document of a kind that labels come in. */
function asDocument(text: string): LabelSource | undefined {
	// The shortest document is longer, and so an order number is never taken for one.
	if (text.length < 64 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return undefined;
	const bytes = Buffer.from(text, 'base64');
	return documentType(bytes) ? { bytes } : undefined;
}

export interface DocumentType {
	extension: string;
	mimeType: string;
}

/** The kind of document that bytes begin, judged by content alone; undefined if it is none of a label's. */
export function documentType(head: Buffer): DocumentType | undefined {
	const start = head.subarray(0, 16).toString('latin1');
	if (start.startsWith('%PDF')) return { extension: 'pdf', mimeType: 'application/pdf' };
	if (/^(\xef\xbb\xbf)?\s*[\^~]/.test(start))
		return { extension: 'zpl', mimeType: 'application/zpl' };
	if (start.startsWith('\x89PNG')) return { extension: 'png', mimeType: 'image/png' };
	if (start.startsWith('\xff\xd8\xff')) return { extension: 'jpg', mimeType: 'image/jpeg' };
	if (start.startsWith('GIF8')) return { extension: 'gif', mimeType: 'image/gif' };
	return undefined;
}

export interface FetchOptions extends Limits {
	maxBytes: number;
	policy?: EgressPolicy | undefined;
}

/**
 * Opens a label for reading. Inner addresses are allowed only where TW itself is at one.
 *
 * @throws a fault of errors.ts
 */
export async function fetchLabel(
	client: TwClient,
	source: LabelSource,
	options: FetchOptions,
): Promise<{ head: Buffer; content: Buffer | Readable; length?: number }> {
	const what = 'label';
	if ('bytes' in source) {
		if (source.bytes.length > options.maxBytes) throw tooLarge({ ...options, what });
		return { head: source.bytes, content: source.bytes };
	}
	const { baseUrl, ignoreSslIssues } = client.account;
	return await download(source.url, {
		...options,
		what,
		ignoreSslIssues,
		innerAllowed: isLoopbackHost(baseUrl.hostname) || isInnerAddress(bareHost(baseUrl.hostname)),
	});
}
