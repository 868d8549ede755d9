/** Quote an order over several channels and create it with the cheapest, in one operation. */
import { Fault } from '../../../lib/errors';
import {
	type Call,
	type Input,
	type Operation,
	type Outcome,
	perItem,
} from '../../../lib/operation';
import type { TwClient } from '../../../lib/tw/client';
import { createOrders } from '../../../lib/tw/create-orders';
import { twEndpoints } from '../../../lib/tw/endpoints';
import { cheapest } from '../../../lib/tw/quote';
import type { OpenTicket, Ticket } from '../../../lib/tw/ticket';
import { orderIdentity, orderJson } from '../../shared/orderForm';
import { channelCodes } from '../channels';
import {
	createOptions,
	outputOf,
	placeControls,
	placeOptions,
	type PlaceSettings,
} from '../placeOrder';
import { openTicketFields, quote, type QuoteSettings, withOwnChannel } from '../quoteOrder';

type Settings = PlaceSettings & QuoteSettings;

export const buyCheapest: Operation<TwClient, OpenTicket, Settings> = {
	value: 'buyCheapest',
	name: 'Buy Cheapest',
	action: 'Create an order with the cheapest channel',
	description: 'Compare channels and place the order with the cheapest one; it is charged',
	kind: 'write',
	endpoints: [twEndpoints.orderTrial.title, twEndpoints.orderForecast.title],
	json: orderJson,
	fields: openTicketFields,
	complete: withOwnChannel,
	controls: { channels: channelCodes, ...placeControls },
	options: placeOptions,
	identity: orderIdentity,
	perform: perItem(async (call, input) => {
		const { body, settings } = input;
		const choice = await choose(call, input);
		const ticket = { ...body, product: choice.channel } as Ticket;
		const [placed] = await createOrders(call.client, [ticket], createOptions(call, settings));
		if (placed instanceof Fault) throw placed;
		const outcome: Outcome = await outputOf(call, body.no, placed!, settings);
		if (outcome instanceof Fault) throw outcome;
		return outcome.map(({ json }) => ({ json: { ...json, ...choice } }));
	}),
};

interface Choice {
	[member: string]: string;
	channel: string;
	/** Exact decimal text, in the account's currency. */
	quoted_price: string;
}

/**
 * The channel to buy. It stays the same in every try of an execution, even if prices move meanwhile:
 * a later try must find the order of the first, not make another one.
 */
async function choose(
	call: Call<TwClient>,
	{ body, settings }: Input<OpenTicket, Settings>,
): Promise<Choice> {
	const { ledger } = call;
	const key = `choice:${body.no}`;
	const earlier = ledger.get(key);
	if (earlier?.answer) return earlier.answer as Choice;
	const { channel, price } = cheapest((await quote(call, [{ body, settings }]))[0]!);
	const choice: Choice = { channel, quoted_price: price };
	ledger.set(key, { body: channel, state: 'accepted', answer: choice });
	return choice;
}
