/** n8n under load, and the blows that strike it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS, HOUR_MS } from '../../lib/base/durations';
import { exampleOrder } from '../example-flow';
import type { KillStage } from '../faults/stage';
import { until } from '../poll';
import { CONCURRENCY } from '../once/flows';
import { deliverTo, executionsOf, noteKilled } from '../once/shop-flow';
import { webhookListens } from '../webhook';
import { Book, type Books, type Source, takenOf } from './books';
import type { HostClock } from './clock';
import { type Flows, type Kind, runOver, type Said } from './flows';
import { type Blow, type Leap, someOf } from './plan';

const KINDS: readonly Kind[] = ['orders', 'atLeast', 'atMost'];
/** What a load has of each source: new numbers, and old ones, which nothing may send again. */
const NEW: Readonly<Record<Source, number>> = { orders: 12, atLeast: 6, atMost: 8, deliveries: 3 };
const OLD: Readonly<Record<Source, number>> = { orders: 8, atLeast: 4, atMost: 4, deliveries: 2 };
/** TW's own window for signatures in the sandbox, and one that takes any; seconds. */
const WINDOW = 300;
const ANY_TIME = 1e9;

export class Storm {
	readonly books: Books = {
		orders: new Book('orders by webhook', CONCURRENCY, 'ORDER-'),
		deliveries: new Book("orders by a shop's deliveries", NEW.deliveries + OLD.deliveries, '77'),
		atLeast: new Book('events at least once', 0, 'LEAST-'),
		atMost: new Book('events at most once', CONCURRENCY, 'MOST-'),
	};
	/** What did not hold, with the blow after which it showed. */
	readonly problems: string[] = [];
	/** Kills, and leaps with a kill, that cut a run short. */
	readonly cutShort = { kill: 0, leap: 0 };
	/** What happened since all was last run again. */
	private span: string[] = [];
	/** Runs of each flow that were at work when n8n was killed since then. */
	private killed = 0;
	private mayFail = false;

	constructor(
		private readonly stage: KillStage,
		private readonly flows: Flows,
		private readonly clock: HostClock,
		private readonly secret: string,
		private readonly random: () => number,
	) {}

	/** A load that nothing strikes, so that the first blow finds something to forget. */
	async begin(): Promise<void> {
		await this.load();
		await this.settle();
	}

	/** Strikes once, and runs all again if the blow says so. */
	async strike(blow: Blow): Promise<void> {
		const began = Date.now();
		const { ms, when } = blow.vendors;
		const { sandbox } = this.stage;
		sandbox.fault({ kind: 'delay', path: 'orderForecast', ms, when });
		sandbox.fault({ kind: 'delay', path: new URL(sandbox.td.baseUrl).pathname, ms, when });
		const load = this.load();
		const taken = await this.moment(blow, load);
		const cut = await (blow.what === 'kill' ? this.kill(load) : this.leap(blow, load));
		sandbox.clearFaults();
		if (cut > 0) this.cutShort[blow.what]++;
		const clock = blow.what === 'leap' ? `${words(blow)} ` : '';
		const said = `${blow.what} ${clock}when ${taken} of the load were taken`;
		this.span.push(said);
		const seconds = Math.round((Date.now() - began) / 1000);
		console.log(`    ${said}: ${cut} runs cut short (${seconds} s)`);
		if (blow.settles) await this.settle();
	}

	/** Waits until it is time to strike, or the load is done; how much of it the vendors have then. */
	private async moment({ taken, ms }: Blow, load: Promise<number>): Promise<number> {
		const { sandbox } = this.stage;
		const count = () => sandbox.counts().orders + sandbox.counts().events;
		const before = count();
		let isDone = false;
		void load.then(() => (isDone = true));
		const some = async () => isDone || count() - before >= taken || undefined;
		await until('the vendors to take some of the load', some, { seconds: 300, every: 2 });
		await sleep(ms);
		return count() - before;
	}

	/**
	 * Kills n8n.
	 *
	 * @param load what is under way
	 * @param loads how many that is
	 * @returns how many runs died with it
	 */
	private async kill(load: Promise<number>, loads = 1): Promise<number> {
		const { stage } = this;
		process.kill(-stage.n8n.process.pid, 'SIGKILL');
		await stage.n8n.process.exited;
		this.killed += loads;
		const cut = await load;
		this.clock.set(0);
		await stage.restart();
		await webhookListens(stage.n8n.url + this.flows.shop.path);
		await webhookListens(this.flows.atMost.webhook);
		await noteKilled(stage.n8n, this.flows.shop);
		return cut;
	}

	/** Sets the clock wrong, for another load at least; how many runs died. */
	private async leap(blow: Leap, load: Promise<number>): Promise<number> {
		const { by, isTolerated, isKilled } = blow;
		const { sandbox } = this.stage;
		sandbox.set({ clockSkewSeconds: isTolerated ? ANY_TIME : WINDOW });
		this.mayFail ||= !isTolerated;
		this.clock.set(by);
		const meanwhile = Promise.all([load, this.load()]).then(([one, other]) => one + other);
		if (isKilled) await this.moment(blow, meanwhile);
		const cut = isKilled ? await this.kill(meanwhile, 2) : await meanwhile;
		this.clock.set(0);
		// A shop is answered before its order goes out, which may have been signed by the wrong clock
		await executionsOf(this.stage.n8n, this.flows.shop, 0);
		sandbox.set({ clockSkewSeconds: WINDOW });
		await this.load();
		return cut;
	}

	/** Gives all flows new numbers, open ones and some old ones at one moment; how many runs were cut. */
	private async load(): Promise<number> {
		const { deliveries } = this.books;
		const cut = await Promise.all([
			...KINDS.map(async (kind) => {
				const book = this.books[kind];
				const again = [...book.open, ...someOf(book.old, OLD[kind], this.random)];
				const said = await this.run(kind, [...again, ...book.fresh(NEW[kind])]);
				for (const [no, { outcome }] of said ?? []) {
					if (outcome === 'sent' || outcome === 'before') book.close(no);
				}
				return said ? 0 : 1;
			}),
			...[
				...deliveries.fresh(NEW.deliveries),
				...someOf(deliveries.old, OLD.deliveries, this.random),
			].map(async (no) => ((await this.deliver(no)) === 200 ? 0 : 1)),
		]);
		return cut.reduce((sum: number, one) => sum + one, 0);
	}

	/** Delivers an order as its shop does; undefined if n8n died over it. */
	private async deliver(no: string): Promise<number | undefined> {
		this.books.deliveries.tries++;
		const number = Number(no);
		const order = exampleOrder({ id: 5_820_000_000_000 + number, order_number: number });
		const signing = { secret: this.secret, id: `delivery-${no}` };
		return await deliverTo(this.stage.n8n, this.flows.shop, order, signing).then(
			({ status }) => status,
			() => undefined,
		);
	}

	private async run(kind: Kind, numbers: string[]): Promise<Map<string, Said> | undefined> {
		this.books[kind].tries += numbers.length;
		return await runOver(this.flows[kind], numbers);
	}

	/** The same, where nothing strikes. */
	async runCalmly(kind: Kind, numbers: readonly string[]): Promise<Map<string, Said>> {
		const run = async () => await this.run(kind, [...numbers]);
		return await until(`the flow "${kind}" to answer`, run, { seconds: 300 });
	}

	/** The shop delivers until it is answered with 200; and the flows that this starts end. */
	async deliverAll(numbers: readonly string[]): Promise<void> {
		for (const no of numbers) {
			const taken = async () => ((await this.deliver(no)) === 200 ? true : undefined);
			await until(`the delivery of ${no} to be taken`, taken);
		}
		await executionsOf(this.stage.n8n, this.flows.shop, 0);
	}

	/**
	 * Runs all open numbers again, as their user does: at once, when TW does not show new orders yet, and once
	 * more when it does.
	 */
	async settle(): Promise<void> {
		const { sandbox } = this.stage;
		const { orders, deliveries, atLeast, atMost } = this.books;
		const delivered = [...deliveries.open];
		await this.deliverAll(delivered);
		const [early, least, most] = await Promise.all([
			this.runCalmly('orders', [...orders.open, ...delivered]),
			this.runCalmly('atLeast', [...atLeast.open]),
			this.runCalmly('atMost', [...atMost.open]),
		]);
		for (const [no, { outcome, error }] of [...early, ...least, ...most]) {
			if (outcome === 'failed') this.problem(`${no} failed: ${error}`);
		}
		this.expectFew(orders, unknownIn(early, orders.open));
		this.expectFew(deliveries, unknownIn(early, deliveries.open));
		this.expectFew(atLeast, unknownIn(least, atLeast.open));
		this.expectFew(atMost, unknownIn(most, atMost.open));
		// Nobody runs by hand what a shop has delivered; after a failure somebody does
		for (const no of this.mayFail ? [] : delivered) {
			if (early.get(no)?.outcome === 'sent') this.problem(`${no} was delivered, and never ordered`);
		}

		const open = [...early].flatMap(([no, { outcome }]) => (outcome === 'unknown' ? [no] : []));
		sandbox.set({ orderInfoDelayMs: 0 });
		const late = await this.runCalmly('orders', open);
		sandbox.set({ orderInfoDelayMs: HOUR_MS });
		const taken = takenOf(sandbox.ledger());
		for (const [no, { outcome }] of late) {
			const isThere = taken.has(no);
			if (isThere !== (outcome === 'before') || outcome === 'sent') {
				this.problem(`TW ${isThere ? 'shows' : 'has not'} ${no}, and the node says ${outcome}`);
			}
		}
		for (const book of Object.values(this.books)) this.close(book, taken);
		this.span = [];
		this.killed = 0;
		this.mayFail = false;
	}

	/**
	 * Runs all numbers again, in peace: what TW does not have although it was sent is sent again as its user
	 * would, and then everything once more.
	 *
	 * @returns what the nodes say of each number in the end
	 */
	async finish(): Promise<Map<string, Said>> {
		await this.settle();
		const { sandbox } = this.stage;
		const { orders, deliveries, atLeast, atMost } = this.books;
		sandbox.set({ orderInfoDelayMs: 0 });
		await this.deliverAll(deliveries.all);
		const lost = [...orders.unknown, ...deliveries.unknown];
		const sent = await runOver(this.flows.sendAgain, lost);
		const unsent = [...(sent ?? [])].filter(([, { outcome }]) => outcome !== 'sent');
		for (const [no, { error }] of unsent) this.problem(`Send Again does not send ${no}: ${error}`);

		const before = sandbox.ledger().counts;
		const said = await Promise.all([
			this.runCalmly('orders', [...orders.all, ...deliveries.all]),
			this.runCalmly('atLeast', atLeast.all),
			this.runCalmly('atMost', atMost.all),
		]);
		const after = sandbox.ledger().counts;
		for (const what of ['orders', 'events'] as const) {
			const more = after[what] - before[what];
			if (more > 0) this.problem(`The last run sent ${more} ${what}`);
		}
		const taken = takenOf(sandbox.ledger());
		for (const book of Object.values(this.books)) {
			book.compare(taken);
		}
		return new Map(said.flatMap((one) => [...one]));
	}

	private close(book: Book, taken: ReadonlyMap<string, number>): void {
		for (const no of [...book.open]) {
			if (!taken.has(no)) book.unknown.add(no);
			book.close(no);
		}
		const again = book.compare(taken);
		if (again.length > 0) {
			this.problem(`of "${book.title}" were known as sent, and are sent again: ${few(again)}`);
		}
	}

	private expectFew(book: Book, unknown: readonly string[]): void {
		const allowed = book.perRun * this.killed;
		book.unknownInAll += unknown.length;
		if (unknown.length > book.mostUnknown) {
			book.mostUnknown = unknown.length;
			book.allowedThen = allowed;
		}
		if (unknown.length <= allowed) return;
		this.problem(`${unknown.length} of "${book.title}" are unknown instead of ${allowed} at most`);
	}

	private problem(what: string): void {
		const problem = `${what} [after ${this.span.join('; ') || 'nothing'}]`;
		this.problems.push(problem);
		console.log(`    ! ${problem}`);
	}
}

/** Of a list that may be long, its length and its first. */
export const few = (all: readonly string[]) =>
	all.length === 0
		? 'none'
		: `${all.length} (${all.slice(0, 5).join(' ')}${all.length > 5 ? ' …' : ''})`;

/** How much of a load may be taken before n8n is struck. */
export const LOAD = Object.values(NEW).reduce((sum, one) => sum + one);

const unknownIn = (said: ReadonlyMap<string, Said>, open: ReadonlySet<string>) =>
	[...open].filter((no) => said.get(no)?.outcome === 'unknown');

function words({ by, isTolerated, isKilled }: Leap): string {
	const days = `${by > 0 ? '+' : ''}${(by / DAY_MS).toFixed(2)} days`;
	return [
		days,
		...(isTolerated ? [] : ['refused by TW']),
		...(isKilled ? ['killed meanwhile'] : []),
	].join(', ');
}
