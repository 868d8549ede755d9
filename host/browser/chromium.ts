import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { HostError } from '../errors';
import type { N8n } from '../n8n';
import type { Shutdown } from '../shutdown';

/** Where Chromium or Chrome is on the systems people work on; CHROMIUM names any other. */
const PLACES = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Without these it would call its maker's hosts at every start. */
const QUIET = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** How long the editor may take for anything one waits for. */
const PATIENCE_MS = 30_000;

/** A page of a headless browser in which the owner is signed in to n8n. */
export async function openBrowser(n8n: N8n, shutdown: Shutdown): Promise<Page> {
	const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));
	if (!executablePath) {
		throw new HostError(
			'Chromium was not found. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
		);
	}
	const browser: Browser = await chromium.launch({ executablePath, args: QUIET });
	shutdown.add(() => browser.close());
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
	await context.addCookies([{ ...n8n.rest.session, url: n8n.url }]);
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return page;
}
