import type { Page } from 'playwright-core';

/** What a person had to do. */
export interface Work {
	clicks: number;
	/** What each field held in the end that something was typed into. */
	typed: string[];
	seconds: number;
}

/** Runs in the page, whose types this program does not have. */
const WATCH = `
	window.work = { clicks: 0, typed: new Map() };
	document.addEventListener('pointerdown', () => window.work.clicks++, true);
	document.addEventListener('input', ({ target }) => window.work.typed.set(target, target.value), true);
`;
const TELL = '({ clicks: window.work.clicks, typed: [...window.work.typed.values()] })';

/**
 * Begins to count what is done in the page; the page itself counts, so that nothing is left out.
 *
 * @returns tells what was done since
 */
export async function watchHands(page: Page): Promise<() => Promise<Work>> {
	const began = Date.now();
	await page.evaluate(WATCH);
	return async () => {
		const counted = await page.evaluate<Pick<Work, 'clicks' | 'typed'>>(TELL);
		return { ...counted, seconds: (Date.now() - began) / 1000 };
	};
}
