/**
 * Writes the tables of docs/mapping-*.md from the readers of the shops' bodies themselves.
 *
 * `tsx scripts/mapping-tables.ts` writes them; with `--check` it fails if one is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { ShopSpecimens } from './mapping/specimens/specimen';
import { shopify } from './mapping/specimens/shopify';
import { stripe } from './mapping/specimens/stripe';
import { woocommerce } from './mapping/specimens/woocommerce';
import { eventTable, guideText, memberTable } from './mapping/tables';
import { eventUses, ticketUses } from './mapping/uses';

const MADE_BY = 'made by npm run docs:mapping';

async function main(): Promise<void> {
	const [ticket, events] = [ticketUses(), eventUses()];
	for (const shop of [shopify, stripe, woocommerce]) {
		await write(shop, {
			events: `${guideText(shop.shop)}\n\n${eventTable(shop)}`,
			members: memberTable(shop, ticket, events),
		});
	}
}

async function write({ shop }: ShopSpecimens, tables: Record<string, string>): Promise<void> {
	const name = `mapping-${shop}.md`;
	const path = join(__dirname, '..', 'docs', name);
	const text = readFileSync(path, 'utf8');
	const filled = Object.entries(tables).reduce(
		(page, [place, table]) => withTable(page, place, table),
		text,
	);
	const fresh = await format(filled, { ...(await resolveConfig(path)), parser: 'markdown' });
	if (!process.argv.includes('--check')) writeFileSync(path, fresh);
	else if (fresh !== text) {
		console.error(`docs/${name} has a stale table: run npm run docs:mapping`);
		process.exitCode = 1;
	}
}

function withTable(page: string, place: string, table: string): string {
	const [begin, end] = [`<!-- ${place}: ${MADE_BY} -->`, `<!-- /${place} -->`];
	const [from, to] = [page.indexOf(begin), page.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`A page has no place for its table of ${place}`);
	return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}

void main();
