import type { BoxLabel } from './box-label';
import type * as Drawing from './drawing';
import { zplLabels } from './zpl';

export type LabelFormat = 'pdf' | 'zpl' | 'png';

const types: Readonly<Record<LabelFormat, string>> = {
	pdf: 'application/pdf',
	zpl: 'text/plain; charset=utf-8',
	png: 'image/png',
};

/** Content-Type of a label file. */
export function labelType(format: LabelFormat): string {
	return types[format];
}

/**
 * A label file with the labels of the given boxes. A PNG has no pages and is only the barcode with its
 * number: it shows the first box.
 */
export async function labelDocument(
	labels: readonly BoxLabel[],
	format: LabelFormat,
): Promise<Buffer> {
	switch (format) {
		case 'pdf':
			return drawing().pdfLabels(labels);
		case 'zpl':
			return zplLabels(labels);
		case 'png':
			return drawing().barcode(labels[0]?.trackingNumber ?? '');
	}
}

/** Loaded late: the drawing libraries are large, and most sandboxes never make a label. */
function drawing(): typeof Drawing {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import()` would not run under Jest
	return require('./drawing') as typeof Drawing;
}
