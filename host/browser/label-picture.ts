import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { InstalledHost } from '../n8n';

/** Dots of the picture for each point of the label: 4 × 6 inches become 432 × 648. */
const SCALE = 1.5;

/** Runs in the page, whose types this program does not have. */
const DRAW = `async ([file, scale]) => {
	const data = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
	const label = await (await pdfjsLib.getDocument({ data }).promise).getPage(1);
	const viewport = label.getViewport({ scale });
	const canvas = document.body.appendChild(document.createElement('canvas'));
	Object.assign(canvas, { width: viewport.width, height: viewport.height });
	Object.assign(canvas.style, { border: '1px solid #888' });
	await label.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise;
	canvas.id = 'label';
}`;

/**
 * Draws the first page of a PDF, with the pdf.js that n8n brings along: headless Chromium shows none.
 *
 * @returns what can be photographed
 */
export async function drawLabel(page: Page, host: InstalledHost, pdf: Buffer): Promise<Locator> {
	const { resolve } = createRequire(join(host.folder, 'package.json'));
	await page.goto('about:blank');
	// Without its worker in the page pdf.js would fetch it from an address, and a blank page has none
	for (const part of ['pdf.worker.mjs', 'pdf.mjs']) {
		const content = readFileSync(resolve(`pdfjs-dist/legacy/build/${part}`), 'utf8');
		await page.addScriptTag({ content, type: 'module' });
	}
	await page.waitForFunction('globalThis.pdfjsWorker && globalThis.pdfjsLib');
	await page.evaluate(`(${DRAW})(${JSON.stringify([pdf.toString('base64'), SCALE])})`);
	return page.locator('#label');
}
