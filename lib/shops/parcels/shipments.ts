/**
 * Sends of a shop's order what is still to go, in a parcel for each time that it grew.
 *
 * What of it has gone stands in the entries of the register under the numbers of its parcels: an entry counts from the
 * moment of its claim, and gives its pieces back when it fails for certain, or TW shows its order as removed. So of two
 * deliveries at one moment each piece goes once, and after a crash none is forgotten.
 */
import { asFault, Fault, ValidationFault } from '../../base/errors';
import { ChangedFault, senderOf } from '../../once/claim';
import type { Entry, Parcel, Register } from '../../register/register';
import type { JsonObject } from '../../base/json';
import { type BuyContext, buyCheapest, type BuySettings } from '../../tw/orders/buy';
import type { Contents } from '../../tw/orders/order';
import { type PlaceContext, placeOrders, type PlaceSettings } from '../../tw/orders/place';
import type { OpenTicket, Ticket } from '../../tw/orders/ticket';
import { findOrder } from '../../tw/orders/info';
import { noteState } from '../../tw/orders/noted';
import { overrideLabels, quotedLabel, ticketFault } from '../ticket/fields';
import { type GivenOrder, orderName } from '../ticket/given-order';
import { articleName, type Remaining, remainingArticles } from '../ticket/goods';
import { keysOf } from '../ticket/lines';
import { type OrderPart, ticketOf } from '../ticket/ticket';
import { elsewhere, leftOf, type Pieces } from './left';
import { type Known, ParcelRegister, printOf, type SentParcel } from './register';
import type { ShopShipment } from './shipment';

type Body = Record<string, unknown> & { no: string };

/** An item's order, and what it was made of if that is a shop's. */
interface Ordered<B extends Body, Settings> {
	body: B;
	settings: Settings;
	source?: { of: unknown; check: (draft: Record<string, unknown>) => Record<string, unknown> };
}

/** A ticket to place, and what of the shop's order is in it. */
interface Shipment<B extends Body> {
	body: B;
	contents?: Contents;
	/** TW took it before, and nothing else of the order is left. */
	isThere?: boolean;
}

type Output = JsonObject | Fault;

type Place<B extends Body> = (some: ReadonlyArray<Shipment<B>>) => Promise<Output[]>;

/** Each try that finds something else under its number looks anew; another execution was quicker each time. */
const MOST_TRIES = 20;

/**
 * Creates shops' orders and follows them, as {@link placeOrders} does: what of each is in none of its parcels that
 * stand.
 *
 * @param inputs with the same settings
 * @returns per input its output, or why it was not sent
 */
export async function placeShopOrders(
	context: PlaceContext,
	inputs: ReadonlyArray<Ordered<Ticket, PlaceSettings>>,
): Promise<Output[]> {
	const { settings } = inputs[0]!;
	return await inParcels(context, inputs, async (some) => {
		const tickets = some.map(({ body }) => body);
		return await placeOrders(context, tickets, { ...settings, contents: inEach(some) });
	});
}

/**
 * Buys what of a shop's order is in none of its parcels that stand, as {@link buyCheapest} does.
 *
 * @throws a fault of errors.ts
 */
export async function buyShopOrder(
	context: BuyContext,
	input: Ordered<OpenTicket, BuySettings>,
): Promise<JsonObject> {
	const buy = async (one: Shipment<OpenTicket>) => {
		const settings = { ...input.settings, contents: inEach([one]) };
		return await buyCheapest(context, one.body, settings).catch(asFault);
	};
	const place = async (some: ReadonlyArray<Shipment<OpenTicket>>) =>
		await Promise.all(some.map(buy));
	const [output] = await inParcels(context, [input], place);
	if (output instanceof Fault) throw output;
	return output!;
}

const inEach = (some: ReadonlyArray<Shipment<Body>>): Map<string, Contents> =>
	new Map(some.flatMap(({ body, contents }) => (contents ? [[body.no, contents]] : [])));

async function inParcels<B extends Body>(
	context: PlaceContext,
	inputs: ReadonlyArray<Ordered<B, PlaceSettings>>,
	place: Place<B>,
): Promise<Output[]> {
	const planned = await Promise.all(inputs.map(async (input) => await planOf(context, input)));
	const numbers = new Set<string>();
	const isOwn = planned.map((plan) => {
		if (plan instanceof Fault || numbers.has(plan.body.no)) return false;
		numbers.add(plan.body.no);
		return true;
	});
	const together = planned.filter((_plan, i) => isOwn[i]) as Array<Shipment<B>>;
	const placed = together.length === 0 ? [] : await place(together);
	const outputs: Output[] = [];
	for (const [i, plan] of planned.entries()) {
		const input = inputs[i]!;
		if (plan instanceof Fault) outputs.push(plan);
		else if (isOwn[i]) outputs.push(await placeAnew(context, input, plan, placed.shift()!, place));
		// Another one of the request has its number: what is left is known only now
		else outputs.push(await placeLater(context, input, place));
	}
	return outputs;
}

async function placeLater<B extends Body>(
	context: PlaceContext,
	input: Ordered<B, PlaceSettings>,
	place: Place<B>,
): Promise<Output> {
	const plan = await planOf(context, input);
	if (plan instanceof Fault) return plan;
	const [output] = (await place([plan])) as [Output];
	return await placeAnew(context, input, plan, output, place);
}

/** Where another execution has sent something of the order since it was planned, what is left is placed. */
async function placeAnew<B extends Body>(
	context: PlaceContext,
	input: Ordered<B, PlaceSettings>,
	first: Shipment<B>,
	output: Output,
	place: Place<B>,
): Promise<Output> {
	let [planned, latest] = [first, output];
	for (let tries = 1; latest instanceof ChangedFault && tries < MOST_TRIES; tries++) {
		const now = await planOf(context, input);
		if (now instanceof Fault) return now;
		if (JSON.stringify(now) === JSON.stringify(planned)) {
			return now.isThere ? changedSince(latest) : latest;
		}
		[latest] = (await place([now])) as [Output];
		planned = now;
	}
	return latest;
}

const changedSince = ({ message, field }: ChangedFault): Fault =>
	new ValidationFault(
		message,
		field,
		"All of it is in parcels. Its contents, value, address, boxes or channel are others than when it was sent: something was changed in the shop or in this node. It was not sent again. If what TW has is right, there is nothing to do; to replace it, delete it with 'Delete' and run this item again.",
	);

/** @param entry of the other order */
const usedByAnother = (no: string, entry: Entry): Fault =>
	ticketFault(
		`Order ${no} was already sent ${senderOf(entry)}, for another order of a shop`,
		'no',
		`Two orders have this number. Give each shop a prefix of its own under ${quotedLabel('orderNumberPrefix')}, or this order another number with ${overrideLabels('no')}.`,
	);

async function planOf<B extends Body>(
	context: PlaceContext,
	{ body, settings, source }: Ordered<B, PlaceSettings>,
): Promise<Shipment<B> | Fault> {
	try {
		return await new Planning<B>(context, body, settings, source!).plan();
	} catch (error) {
		return asFault(error);
	}
}

class Planning<B extends Body> {
	private readonly shop: ShopShipment;
	private readonly keys;
	private readonly remaining: Remaining[];
	private readonly of: string;

	constructor(
		private readonly context: PlaceContext,
		private readonly body: B,
		private readonly settings: PlaceSettings,
		private readonly source: NonNullable<Ordered<B, PlaceSettings>['source']>,
	) {
		this.shop = source.of as ShopShipment;
		const { order } = this.shop.given;
		this.keys = keysOf(order.articles);
		this.remaining = remainingArticles(this.shop.given, this.shop.choices);
		this.of = printOf(order);
	}

	/**
	 * @param taken numbers that TW knows, and the register did not
	 * @throws a fault of errors.ts
	 */
	async plan(taken: ReadonlySet<string> = new Set()): Promise<Shipment<B>> {
		const { remaining, settings } = this;
		const { given, unsure } = this.shop;
		// An order without articles, as of Stripe, is one parcel
		if (remaining.length === 0) return this.whole();
		const register = await this.context.register(settings.remember);
		const { mark } = this.context.client.account;
		const parcels = new ParcelRegister(register, mark, this.of, this.body.no);
		let known = await parcels.known(taken);
		if (known.foreign) return this.despite(known.foreign);
		let left = this.left(known);
		const isOneAlone = known.parcels.length === 1 && !hasSome(left);
		if (known.parcels.length > 0 && !isOneAlone && !this.context.client.isDry) {
			// What TW has failed or removed since stands no longer
			await this.forgetEnded(known.parcels, register);
			known = await parcels.known(taken);
			left = this.left(known);
		}
		const unknown = [...left.values()].includes(null);
		if (unknown && unsure) throw unsure;
		if (!hasSome(left)) return this.again(this.target(known.parcels));
		if (known.free !== this.body.no && this.shop.choices.ifGrown !== 'another') {
			throw grown(given, known, this.named(left));
		}
		const { free } = known;
		// Somebody else's, or another execution's that has sent it since: the register knows by now
		if (await this.isAtTw(free)) return await this.plan(new Set([...taken, free]));
		await parcels.note(free, this.context.execution);
		return this.next(known, left);
	}

	/** Something else has the order's number: it shows by its contents whether it is this order all the same. */
	private despite(entry: Entry): Shipment<B> {
		const isKnown = entry.parcel !== undefined && this.settings.ifSentBefore !== 'send-again';
		if (isKnown) throw usedByAnother(this.body.no, entry);
		return this.whole();
	}

	/** Whether TW has a number of our making, where it is asked before a send. That proves nothing of this order. */
	private async isAtTw(no: string): Promise<boolean> {
		const { client, isRetry, limits } = this.context;
		const asksFirst = (isRetry || this.settings.checkExisting === true) && !client.isDry;
		return asksFirst && no !== this.body.no && (await findOrder(client, no, limits)) !== undefined;
	}

	private left({ parcels }: Known): Pieces {
		const { order } = this.shop.given;
		return leftOf(order, this.remaining, this.keys, contentsOf(parcels));
	}

	/** All of it, as the shop says. */
	private whole(): Shipment<B> {
		const { unsure } = this.shop;
		if (unsure) throw unsure;
		const pieces = this.remaining.map((one) => [this.keys.get(one.article)!, one.pieces ?? 0]);
		if (pieces.length === 0) return { body: this.body };
		const parcel = this.parcel(Object.fromEntries(pieces) as Record<string, number>);
		return { body: this.body, contents: { parcel } };
	}

	private next({ free: no, parcels }: Known, left: Pieces): Shipment<B> {
		if (parcels.length === 0 && !this.shop.unsure) return this.whole();
		const pieces = new Map([...left].filter((one): one is [string, number] => (one[1] ?? 0) > 0));
		const parcel = this.parcel(Object.fromEntries(pieces), contentsOf(parcels));
		return { body: this.bodyOf({ no, pieces }), contents: { parcel } };
	}

	/** A parcel that stands, as it was. A delivery may not tell all that is in it, such as what was added meanwhile. */
	private again({ no, entry }: SentParcel): Shipment<B> {
		const { articles } = this.shop.given.order;
		const ordered = new Map(articles.map((one) => [this.keys.get(one)!, one.quantity]));
		const all = Object.entries(entry.parcel.pieces);
		const told = all.filter(([key, count]) => (ordered.get(key) ?? 0) >= count);
		if (told.length === 0) return this.whole();
		const body = this.bodyOf({ no, pieces: new Map(told) });
		const isThere = entry.state === 'accepted';
		if (told.length === all.length) return { body, contents: { parcel: entry.parcel }, isThere };
		const parcel = { ...entry.parcel, pieces: Object.fromEntries(told) };
		return { body, contents: { parcel, print: entry.body } };
	}

	private bodyOf(part: OrderPart): B {
		const { given, choices, accountCurrency } = this.shop;
		const made = ticketOf(given, choices, accountCurrency, part);
		return this.source.check('ticket' in made ? made.ticket : {}) as B;
	}

	private parcel(pieces: Record<string, number>, before: readonly Parcel[] = []): Parcel {
		const others = elsewhere(this.remaining, this.keys, before);
		return { of: this.of, pieces, ...(others ? { elsewhere: others } : {}) };
	}

	/** The parcel that a delivery is about when nothing is left: the last with its goods, or one whose outcome is open. */
	private target(parcels: readonly SentParcel[]): SentParcel {
		const goods = this.remaining.filter(({ pieces }) => pieces !== 0);
		const keys = goods.map(({ article }) => this.keys.get(article)!);
		const about = parcels.filter(({ entry }) => keys.some((key) => entry.parcel.pieces[key]));
		return (about.find(({ entry }) => entry.state !== 'accepted') ??
			about.at(-1) ??
			parcels.at(-1))!;
	}

	private async forgetEnded(parcels: readonly SentParcel[], register: Register): Promise<void> {
		const { client, limits } = this.context;
		for (const { no } of parcels) {
			await noteState(client, { no }, async () => register, limits);
		}
	}

	/** The goods, as people read them. */
	private named(left: Pieces): string {
		const names = this.remaining.flatMap(({ article }) => {
			const count = left.get(this.keys.get(article)!) ?? 0;
			return count > 0 ? [`${count} × ${articleName(article)}`] : [];
		});
		const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
		return `${names.slice(0, 3).join(', ')}${more}`;
	}
}

const contentsOf = (parcels: readonly SentParcel[]): Parcel[] =>
	parcels.map(({ entry }) => entry.parcel);

const hasSome = (left: Pieces): boolean => [...left.values()].some((count) => count !== 0);

function grown(given: GivenOrder, { parcels, free }: Known, goods: string): ValidationFault {
	const named = ({ no, entry }: SentParcel) =>
		entry.state === 'accepted' ? no : `${no}, whose outcome is unknown`;
	const numbers = parcels.map(named).join(', ');
	return ticketFault(
		`${orderName(given)} has a parcel already (${numbers}), and goods were added to it since: ${goods}`,
		'ifGrown',
		`To send them as ${free}, set ${quotedLabel('ifGrown')} to Another Parcel and run this item again.`,
	);
}
