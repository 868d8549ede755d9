/** Knows the documents that labels come as by how they begin, never by a name. */
import { HEAD_BYTES } from '../../http/download';

export interface DocumentType {
	extension: string;
	mimeType: string;
	/** Its first bytes are text, which others may begin with too. */
	isText?: true;
}

/**
 * How each kind begins. Before ZPL, Zebra's driver may pass it through with `${`, and BarTender tells of its pages; its
 * designer begins with the command that chooses the sign of commands. EPL begins a label with `N`, after an empty line.
 */
const DOCUMENT_TYPES: ReadonlyArray<[begins: RegExp, type: DocumentType]> = [
	[/^%PDF/, { extension: 'pdf', mimeType: 'application/pdf' }],
	[
		/^(?:<xpml>[^^~]*<\/xpml>\s*)?(?:\$\{\s*)?(?:CT~~|[\^~])[A-Z][A-Z\d@]/i,
		{ extension: 'zpl', mimeType: 'application/zpl', isText: true },
	],
	[
		/^(?:I8,[A-Z\d,]{1,9}\s{1,4})?(?:N|q\d{2,4})\r?\n\s{0,4}[A-Za-z]/,
		{ extension: 'epl', mimeType: 'text/plain', isText: true },
	],
	[/^\x89PNG/, { extension: 'png', mimeType: 'image/png' }],
	[/^\xff\xd8\xff/, { extension: 'jpg', mimeType: 'image/jpeg' }],
	[/^GIF8/, { extension: 'gif', mimeType: 'image/gif' }],
	[/^(?:II\*\0|MM\0\*)/, { extension: 'tif', mimeType: 'image/tiff' }],
];

/** The kind of a document by its first bytes, never by its name; undefined if labels don't come in that kind. */
export function documentType(head: Buffer): DocumentType | undefined {
	const start = textIn(head);
	return DOCUMENT_TYPES.find(([begins]) => begins.test(start))?.[1];
}

/**
 * The document that a text is: ZPL as it is, or base64 of either alphabet.
 *
 * @returns undefined if it is none of a kind that labels come in
 */
export function documentIn(text: string): Buffer | undefined {
	if (/\^XA/i.test(text)) {
		const bytes = Buffer.from(text);
		if (documentType(bytes)?.extension === 'zpl') return bytes;
	}
	// The shortest document is longer, and so an order number is never taken for one.
	if (text.length < 64 || !/^[A-Za-z0-9+/_\s-]+={0,2}$/.test(text)) return undefined;
	const bytes = Buffer.from(text, 'base64');
	const type = documentType(bytes);
	// What only begins like a printer's commands is a digest, or words
	const isDocument = type && (!type.isText || PRINTABLE.test(textIn(bytes).slice(0, 40)));
	return isDocument ? bytes : undefined;
}

const PRINTABLE = /^[\t\r\n\x20-\x7e]*$/;

/** A document's beginning, without what may stand before its text. */
const textIn = (head: Buffer): string =>
	head
		.subarray(0, HEAD_BYTES)
		.toString('latin1')
		// Zebra's driver writes a control sign before ZPL
		.replace('\x10', '')
		.replace(/^\xef\xbb\xbf/, '')
		.trimStart();
