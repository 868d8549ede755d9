/** Places orders: creates them and follows them to their label, or only previews them. */
import { Deadline } from '../../base/deadline';
import { Fault } from '../../base/errors';
import type { JsonObject } from '../../base/json';
import { dryRunItem } from '../../once/preview';
import { COMPLETED } from '../wire/states';
import { type RememberSettings, sendOptions, type WriteContext } from '../writes/policy';
import { createOrders, placedBefore } from './create';
import { OrderFailedFault } from './failed';
import { followOrder, type FollowSettings } from './follow';
import { noteState } from './noted';
import type { Contents, Placed } from './order';
import { quoteOrders } from './quote';
import type { OpenTicket, Ticket } from './ticket';

/** What placing an order needs of the run that it is part of. */
export type PlaceContext = WriteContext;

export interface PlaceSettings extends RememberSettings, FollowSettings {
	/** Ask TW for the order before sending it. */
	checkExisting?: boolean | undefined;
	/** A dry run asks TW for the price. */
	quoteInDryRun?: boolean | undefined;
	/** Seconds, for a look-up after waiting. */
	timeout: number;
	/** By number, what of a shop's order is in it. */
	contents?: ReadonlyMap<string, Contents>;
}

/**
 * Creates orders and follows each as far as the user wants.
 *
 * @returns per ticket its output, or the fault that ended it
 */
export async function placeOrders(
	context: WriteContext,
	tickets: readonly Ticket[],
	settings: PlaceSettings,
): Promise<Array<JsonObject | Fault>> {
	const placed = await create(context, tickets, settings);
	return await Promise.all(
		placed.map(async (one, i) => {
			if (one instanceof Fault) return one;
			const ticket = tickets[i]!;
			const isPriced = one.how === 'preview' && settings.quoteInDryRun;
			const more = isPriced ? await priceOf(context, ticket) : {};
			return await outputOf(context, ticket.no, one, settings, more);
		}),
	);
}

/** @param sameAs what makes a ticket the same order as an earlier one, if not all of it */
export async function create(
	context: WriteContext,
	tickets: readonly Ticket[],
	settings: PlaceSettings,
	sameAs?: OpenTicket,
): Promise<Array<Placed | Fault>> {
	const checkFirst = context.isRetry || settings.checkExisting === true;
	const options = await sendOptions(context, settings, checkFirst);
	const { contents } = settings;
	return await createOrders(context.client, tickets, { ...options, contents }, sameAs);
}

/** What became of an order that was sent before, without a price for it; undefined if it can be sent. */
export async function placedEarlier(
	context: WriteContext,
	order: OpenTicket,
	settings: PlaceSettings,
): Promise<Placed | Fault | undefined> {
	if (settings.ifSentBefore === 'send-again') return undefined;
	const options = await sendOptions(context, settings);
	return await placedBefore(context.client, order, { ...options, contents: settings.contents });
}

/**
 * Follows a placed order, and makes its output.
 *
 * @param more further members of a preview
 */
export async function outputOf(
	{ client, limits, register }: WriteContext,
	no: string,
	placed: Placed,
	settings: PlaceSettings,
	more: JsonObject = {},
): Promise<JsonObject | Fault> {
	if (placed.how === 'preview') {
		const { request, register } = placed;
		return dryRunItem(request, { no, register, ...more }, client.redact);
	}
	const within = (seconds: number) => ({ ...limits, deadline: Deadline.in(seconds * 1000) });
	const output = await followOrder(client, no, placed, settings, {
		lookUp: () => within(settings.timeout),
		wait: within(settings.maxWait),
	});
	const saw = endIn(output);
	if (saw === undefined) return output;
	const open = async () => await register(settings.remember);
	const requestId = placed.how === 'accepted' ? placed.ticket.requestId : undefined;
	const remark = await noteState(client, { no, requestId }, open, limits, saw);
	return remark && saw instanceof Fault
		? saw.rephrased(saw.message, `${saw.advice} ${remark}`)
		: output;
}

const endIn = (output: JsonObject | Fault) => {
	if (output instanceof Fault) return output instanceof OrderFailedFault ? output : undefined;
	return output['outcome'] === 'completed' ? COMPLETED : undefined;
};

/** What TW would charge for an order, for a dry run. */
async function priceOf({ client, limits }: WriteContext, ticket: Ticket): Promise<JsonObject> {
	const [quotes] = await quoteOrders(client, [{ order: ticket }], limits);
	const { channel, price, refused } = quotes![0]!;
	return { channel, quoted_price: price, ...(refused === null ? {} : { refused }) };
}
