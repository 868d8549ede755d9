/**
 * Finds and fetches the labels of an order: TW's "Download the label", whose page is not public.
 *
 * ASSUMED: path and body; and that the answer is an address, a list of addresses, or any members that hold
 * some, except those whose names say that they lead elsewhere; or the document itself as base64 or a data URL.
 */
import type { Readable } from 'node:stream';
import { deliver } from '../../base/delivery';
import { BadAnswerFault, NotFoundFault } from '../../base/errors';
import { isInnerAddress } from '../../http/addresses';
import { bareHost, isLoopbackHost } from '../../http/credential';
import type { EgressPolicy } from '../../base/egress';
import { download, tooLarge } from '../../http/download';
import type { TwClient } from '../wire/client';
import { causesOf } from '../wire/not-found';
import { fingerprint } from '../../base/fingerprint';
import { isRecord } from '../../base/json';
import type { Limits } from '../../base/limits';
import { cutTo } from '../../base/redact';
import { documentIn, documentType } from './document';
import { whyNoLabel } from './why';

/** Where a label's bytes are. */
type LabelSource = { url: string } | { bytes: Buffer };

/** A label on its way to where it is stored. */
export interface LabelFile {
	content: Buffer | Readable;
	/** In bytes, where it is known before the content is read. */
	length?: number;
	name: string;
	mimeType: string;
}

export interface LabelCall {
	client: TwClient;
	limits: Limits;
	egress?: EgressPolicy | undefined;
}

/** UPS and FedEx have a parcel's document six levels deep. */
const MAX_DEPTH = 8;

/** ASSUMED: a document for each box, which parcel carriers take up to 200 of as one shipment, and papers. */
const MOST_DOCUMENTS = 250;

/**
 * The addresses of an order's labels, in the answer's order, each once.
 *
 * @param body members the user added go along
 * @returns the addresses, and how many documents TW sent in the answer itself
 * @throws {NotFoundFault} if there is none, which is what an order without a label yet may look like
 */
export async function labelUrls(
	call: LabelCall,
	no: string,
	body: object,
): Promise<{ urls: string[]; inline: number }> {
	const sources = await labelsOf(call, no, body, false);
	const urls = sources.flatMap((source) => ('url' in source ? [source.url] : []));
	return { urls, inline: sources.length - urls.length };
}

/**
 * Fetches an order's labels one after the other. Inner addresses are allowed only where TW itself is at one.
 *
 * Fetching a file is a read, so it is tried again like one, from its first byte. Of more documents than an
 * order can have none is fetched.
 *
 * @param body members the user added go along
 * @param maxBytes the largest file to accept
 * @param store reads a file to its end
 * @returns what `store` makes of each
 * @throws a fault of errors.ts
 */
export async function fetchLabels<Stored>(
	call: LabelCall,
	no: string,
	body: object,
	maxBytes: number,
	store: (file: LabelFile) => Promise<Stored>,
): Promise<Stored[]> {
	const stored: Stored[] = [];
	const sources = await labelsOf(call, no, body, true);
	if (sources.length > MOST_DOCUMENTS) {
		throw new BadAnswerFault(
			`TW names ${sources.length} documents for order ${no}, and ${MOST_DOCUMENTS} are the most that are fetched`,
			"None was fetched. 'Get URL' lists all addresses: fetch those that you need with the HTTP Request node, or ask TW why they are so many.",
		);
	}
	for (const [i, source] of sources.entries()) {
		const attempt = async () => await store(await open(call, source, no, i, maxBytes));
		stored.push(await deliver('read', call.limits, attempt));
	}
	return stored;
}

async function labelsOf(
	{ client, limits }: LabelCall,
	no: string,
	body: object,
	/** To be fetched, addresses are needed as TW sent them. */
	unmasked: boolean,
): Promise<LabelSource[]> {
	const how = { rule: 'read', unmasked, ...limits } as const;
	try {
		const sources = sourcesIn(await client.call('orderLabel', { ...body, no }, how));
		if (sources.length > 0) return sources;
		throw new NotFoundFault(`TW gives no label for order ${no} yet`, causesOf('orderLabel'), {
			code: 404,
		});
	} catch (error) {
		throw await whyNoLabel({ client, limits }, no, error);
	}
}

function sourcesIn(data: unknown): LabelSource[] {
	const found = new Map<string, LabelSource>();
	collect(data, MAX_DEPTH, found);
	return [...found.values()];
}

/** Whether an answer names a document. */
export const hasLabel = (data: unknown): boolean => sourcesIn(data).length > 0;

/** @param isTracking within a parcel's tracking, where only names that say so are those of documents */
function collect(
	value: unknown,
	depth: number,
	found: Map<string, LabelSource>,
	isTracking = false,
): void {
	if (typeof value === 'string') {
		const text = value.trim();
		const source = sourceOf(text);
		if (source) found.set(text, source);
	} else if (depth > 0 && Array.isArray(value)) {
		for (const entry of value) collect(entry, depth - 1, found, isTracking);
	} else if (depth > 0 && isRecord(value)) {
		for (const [name, member] of Object.entries(value)) {
			const isNested = holdsRecords(member);
			const isElsewhere = leadsElsewhere(name) || (isTracking && !DOCUMENT.test(name));
			if (isNested || !isElsewhere) collect(member, depth - 1, found, isNested && isElsewhere);
		}
	}
}

/** ASSUMED: what documents are called beside a parcel's tracking, such as EasyPost's `public_url`. */
const DOCUMENT = /label|document|file|invoice|pdf|zpl|面单/i;

/** ASSUMED: such names. One with many digits may be a tracking number. */
const leadsElsewhere = (name: string): boolean =>
	/track|logo|callback|website/i.test(name) && !/label|(?:\d\D*){4}/i.test(name);

const holdsRecords = (value: unknown): boolean =>
	Array.isArray(value) ? value.some(isRecord) : isRecord(value);

function sourceOf(text: string): LabelSource | undefined {
	if (/^https?:\/\//i.test(text)) return { url: text };
	const dataUrl = /^data:[^,]*;base64,(.*)$/is.exec(text);
	const bytes = documentIn(dataUrl?.[1]!.replace(/%(?:2[BF]|3D)/gi, decodeURIComponent) ?? text);
	return bytes && { bytes };
}

async function open(
	call: LabelCall,
	source: LabelSource,
	no: string,
	/** Its place among the order's documents, from 0. */
	place: number,
	maxBytes: number,
): Promise<LabelFile> {
	const { head, ...file } = await read(call, source, maxBytes);
	const type = documentType(head);
	const behind = place === 0 ? '' : `_${place + 1}`;
	if (type) {
		const { extension, mimeType } = type;
		return { ...file, name: fileName(no, `${behind}.${extension}`), mimeType };
	}
	if (!Buffer.isBuffer(file.content)) file.content.destroy();
	throw new BadAnswerFault(
		`The label of order ${no}${behind} is neither PDF, ZPL, EPL nor a picture`,
		"The address may have expired, or leads to a login page: look at it with 'Get URL', and ask TW.",
	);
}

/** Of a file's name; characters, and bytes in UTF-8, of which Linux stores 255. */
const LONGEST_NAME = 200;

/** Hidden files, and the devices of Windows, which no extension makes files. */
const NO_FILE = /^(\.|(con|prn|aux|nul|(com|lpt)[\d¹²³])(\.|$))/i;

/** Order numbers are free text; a file name is not. A number that is cut keeps its own print. */
function fileName(no: string, ending: string): string {
	const safe = no.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_').replace(NO_FILE, '_$&');
	const bytes = Buffer.byteLength(safe);
	const room = LONGEST_NAME - ending.length;
	if (bytes <= room) return safe + ending;
	const print = `_${fingerprint(no)}`;
	const bytesPerUnit = bytes === safe.length ? 1 : 3;
	return cutTo(safe, Math.floor((room - print.length) / bytesPerUnit), print) + ending;
}

async function read(
	{ client, limits, egress }: LabelCall,
	source: LabelSource,
	maxBytes: number,
): Promise<{ head: Buffer; content: Buffer | Readable; length?: number }> {
	const options = { maxBytes, policy: egress, what: 'label', ...limits };
	if ('bytes' in source) {
		if (source.bytes.length > maxBytes) throw tooLarge(options);
		return { head: source.bytes, content: source.bytes };
	}
	const { baseUrl, ignoreSslIssues } = client.account;
	const innerAllowed =
		isLoopbackHost(baseUrl.hostname) || isInnerAddress(bareHost(baseUrl.hostname));
	return await download(source.url, { ...options, ignoreSslIssues, innerAllowed });
}
