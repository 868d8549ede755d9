import { HOUR_MS } from '../../lib/base/durations';
import { buildKillStage } from '../faults/stage';
import type { InstalledHost } from '../n8n';
import { saveSandboxCredentials } from '../sandbox-credentials';
import type { Shutdown } from '../shutdown';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { canary } from '../smoke/secrets';
import { type Book, printBooks, takenOf } from './books';
import { HostClock } from './clock';
import { createFlows } from './flows';
import { planOf, randomOf } from './plan';
import { few, LOAD, Storm } from './storm';

export interface KillsOptions {
	kills: number;
	leaps: number;
	/** The same blows come again for the same seed. */
	seed: number;
	/** What the nodes are told to remember in; the checks fail with `no`. */
	remember: string;
}

/** No flow here has code to run, and n8n starts sooner without a process of its own for that. */
const NO_RUNNER = { N8N_RUNNERS_MODE: 'external', N8N_RUNNERS_AUTH_TOKEN: canary('runner') };

/** n8n is killed and its clock set wrong at random moments, under load; then the ledgers are judged. */
export async function killsChecks(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
	checks: Checks,
	{ kills, leaps, seed, remember }: KillsOptions,
): Promise<void> {
	console.log(`  ${kills} kills and ${leaps} clock leaps, --seed=${seed}`);
	const clock = new HostClock(shutdown);
	const stage = await checks.check('n8n starts on a fresh user folder', () =>
		buildKillStage(host, logFile, shutdown, { ...clock.settings, ...NO_RUNNER }),
	);
	if (!stage) return;
	const { n8n, sandbox } = stage;
	// No order ends, so that the account need not pay for thousands; and TW shows none for now
	sandbox.set({ stateStepMs: HOUR_MS, orderInfoDelayMs: HOUR_MS });
	const secret = canary('shop');
	const credentials = await saveSandboxCredentials(n8n.rest, sandbox, secret);
	const flows = await createFlows(n8n, credentials, remember);
	const random = randomOf(seed);
	const storm = new Storm(stage, flows, clock, secret, random);

	const began = Date.now();
	await checks.check(`${kills} kills and ${leaps} clock leaps under load`, async () => {
		await storm.begin();
		for (const blow of planOf({ kills, leaps, most: LOAD }, random)) await storm.strike(blow);
		const { kill, leap } = storm.cutShort;
		console.log(`    ${kill} kills and ${leap} leaps cut runs short`);
		expect(kill > 0 || kills === 0, 'no kill came while a flow was at work');
	});
	console.log(`    ${Math.round((Date.now() - began) / 1000)} s`);
	const last = await checks.check('all numbers are run again, in peace', () => storm.finish());
	if (!last) return;

	const ledger = sandbox.ledger();
	const taken = takenOf(ledger);
	const { orders, deliveries, atLeast, atMost } = storm.books;
	const none = (title: string, find: (book: Book) => string[], ...books: Book[]) =>
		checks.check(title, () => expectEqual('not so', few(books.flatMap(find)), 'none'));
	await none('no order is doubled', (book) => book.doubled(taken), orders, deliveries);
	await none('no event At Most Once is told twice', (book) => book.doubled(taken), atMost);
	await none('no order is missing', (book) => book.missing(taken), orders, deliveries);
	await none('each event At Least Once is told', (book) => book.missing(taken), atLeast);
	await none(
		'each event At Most Once is told, or the node says that it is unknown',
		(book) => book.missing(taken).filter((no) => last.get(no)?.outcome !== 'unknown'),
		atMost,
	);
	await none(
		'nothing is forgotten: what was known as sent is not sent again',
		({ forgotten }) => [...forgotten],
		...Object.values(storm.books),
	);
	await checks.check('run once more, nothing is sent, and each number is known', () => {
		const isOpen = new Set(atMost.all);
		const unknown = [...last].filter(
			([no, { outcome }]) => outcome !== 'before' && !(outcome === 'unknown' && isOpen.has(no)),
		);
		expectEqual('not known', few(unknown.map(([no, { outcome }]) => `${no}: ${outcome}`)), 'none');
	});
	await checks.check(
		'after each blow: unknown are at most as many as were under way, and TW resolves them',
		() => expectEqual('not so', storm.problems.join('\n'), ''),
	);
	printBooks(storm.books, taken);
}
