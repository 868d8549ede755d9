import type { ParsedMail } from 'mailparser';

/** n8n does not take a click by a program for a person's. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** The addresses behind the buttons of a mail that asks for approval. */
export const linksOf = ({ html }: ParsedMail): string[] =>
	[...String(html).matchAll(/href="([^"]+)"/g)].map(([, link = '']) =>
		link.replaceAll('&amp;', '&'),
	);

/** Clicks one of the buttons, as its reader does. */
export async function click(links: string[], approved: boolean): Promise<void> {
	const link = links.find((each) => each.includes(`approved=${approved}`));
	if (!link) throw new Error(`no button among ${links.join(' ')}`);
	await fetch(link, { headers: { 'user-agent': BROWSER } });
}
