import bwipjs from 'bwip-js';
import PDFDocument from 'pdfkit';
import { sender, type BoxLabel } from './box-label';

// 4 × 6 inches, the carriers' usual label, in points
const width = 288;
const height = 432;
const margin = 16;

/** A PDF with a page per box, each with its tracking number as a Code 128 barcode. */
export async function pdfLabels(labels: readonly BoxLabel[]): Promise<Buffer> {
	const document = new PDFDocument({ size: [width, height], margin: 0, autoFirstPage: false });
	const chunks: Buffer[] = [];
	document.on('data', (chunk: Buffer) => chunks.push(chunk));
	const ended = new Promise<void>((resolve, reject) => {
		document.once('end', resolve);
		document.once('error', reject);
	});

	document.info.Title = `Label ${labels[0]?.orderNumber ?? ''}`;
	for (const label of labels) {
		drawPage(document.addPage(), label, await barcode(label.trackingNumber));
	}
	document.end();
	await ended;
	return Buffer.concat(chunks);
}

function drawPage(page: PDFKit.PDFDocument, label: BoxLabel, image: Buffer): void {
	const inner = width - 2 * margin;
	const text = (line: string, y: number, size: number, font = 'Helvetica') =>
		page
			.font(font)
			.fontSize(size)
			// The height of one line, so that a long one is cut and not wrapped into the next
			.text(latin(line), margin, y, { width: inner, height: size, ellipsis: true });

	sender.forEach((line, index) => text(line, margin + index * 10, 8));
	text(`${label.box} OF ${label.boxes}`, 62, 10, 'Helvetica-Bold');

	text('SHIP TO:', 84, 9, 'Helvetica-Bold');
	label.to.slice(0, 7).forEach((line, index) => text(line, 98 + index * 14, 12));

	page
		.moveTo(margin, 206)
		.lineTo(width - margin, 206)
		.lineWidth(2)
		.stroke();
	text(`CHANNEL ${label.channel}`, 214, 14, 'Helvetica-Bold');
	text(`TRACKING #: ${label.trackingNumber}`, 234, 11);

	page.image(image, margin, 260, { fit: [inner, 96], align: 'center' });

	page
		.moveTo(margin, 366)
		.lineTo(width - margin, 366)
		.lineWidth(1)
		.stroke();
	text(`ORDER: ${label.orderNumber}`, 374, 10, 'Helvetica-Bold');
	text(label.note, 390, 8);
	text('SANDBOX - NOT FOR SHIPMENT', 410, 8);
}

/** Code 128 as a PNG image. */
export function barcode(text: string): Promise<Buffer> {
	return bwipjs.toBuffer({ bcid: 'code128', text, scale: 3, height: 20, includetext: true });
}

/** The PDF's built-in fonts know Western European letters only. */
function latin(line: string): string {
	return line.replace(/[^\x20-\x7e\xa0-\xff]+/gu, '?');
}
