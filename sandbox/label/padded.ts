import { Readable } from 'node:stream';

const filler = Buffer.alloc(64 * 1024, '\n');

/** A label file made larger: its true size, and a stream that never holds more than a chunk of it. */
export interface PaddedFile {
	size: number;
	stream: Readable;
}

/** Pads a file to `size` bytes in a way that leaves it valid. It is never cut. */
export function padded(file: Buffer, size: number): PaddedFile {
	const tail = pdfTail(file);
	const padding = Math.max(0, size - file.length - tail.length);
	return {
		size: file.length + padding + tail.length,
		stream: Readable.from(pieces(file, padding, tail), { objectMode: false }),
	};
}

function* pieces(file: Buffer, padding: number, tail: Buffer) {
	yield file;
	for (let left = padding; left > 0; left -= filler.length) yield filler.subarray(0, left);
	if (tail.length > 0) yield tail;
}

/**
 * A reader looks for `startxref` in a PDF's last kilobyte, so it is repeated behind the padding.
 * ZPL and PNG need nothing of the kind: what follows `^XZ` or `IEND` is ignored.
 */
function pdfTail(file: Buffer): Buffer {
	const text = file.subarray(-1024).toString('latin1');
	const offset = /startxref\s+(\d+)/.exec(text)?.[1];
	return Buffer.from(offset === undefined ? '' : `\nstartxref\n${offset}\n%%EOF\n`);
}
