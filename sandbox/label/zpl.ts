import { sender, type BoxLabel } from './box-label';

/** ZPL for a label printer at 203 dpi: one ^XA … ^XZ per box. */
export function zplLabels(labels: readonly BoxLabel[]): Buffer {
	return Buffer.from(labels.map(zplLabel).join('\n'));
}

function zplLabel(label: BoxLabel): string {
	const text = (x: number, y: number, size: number, line: string) =>
		`^FO${x},${y}^A0N,${size},${size}^FD${plain(line)}^FS`;
	return [
		'^XA',
		'^CI28',
		'^PW812^LL1218',
		...sender.map((line, index) => text(40, 40 + index * 30, 24, line)),
		text(40, 170, 28, `${label.box} OF ${label.boxes}`),
		...label.to.slice(0, 7).map((line, index) => text(40, 230 + index * 44, 36, line)),
		text(40, 600, 40, `CHANNEL ${label.channel}`),
		text(40, 660, 32, `TRACKING #: ${label.trackingNumber}`),
		`^FO60,740^BY3^BCN,200,Y,N,N^FD${plain(label.trackingNumber)}^FS`,
		text(40, 1040, 28, `ORDER: ${label.orderNumber}`),
		text(40, 1090, 24, 'SANDBOX - NOT FOR SHIPMENT'),
		'^XZ',
	].join('\n');
}

/** Without the characters that begin a ZPL command. */
function plain(line: string): string {
	return line.replace(/[\^~\r\n]/g, ' ');
}
