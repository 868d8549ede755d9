/** What Create, Quote and Buy Cheapest share: an order made from a shop's order. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import {
	type DerivedForm,
	type Input,
	NoRequest,
	type Outcome,
	type Result,
} from '../../lib/operation/operation';
import { Fault } from '../../lib/base/errors';
import type { JsonObject } from '../../lib/base/json';
import type { OutcomeWord } from '../../lib/base/outcome';
import {
	orderFault,
	OVERRIDE,
	quotedLabel,
	shopTicketFields,
	type ShopTicketFields,
	type TicketChoices,
	type TicketPurpose,
} from '../../lib/shops/ticket/fields';
import { type GivenOrder, orderNumberOf, readGivenOrder } from '../../lib/shops/ticket/given-order';
import { needsOwner, REASON_CODES, type ReasonCode } from '../../lib/shops/ticket/reasons';
import { numberAtTw } from '../../lib/shops/ticket/ticket';
import { printOf } from '../../lib/shops/parcels/register';
import { isSkipped, shipmentOf, type ShopShipment } from '../../lib/shops/parcels/shipment';
import type { TwClient } from '../../lib/tw/wire/client';

export const fromShop = (
	purpose: TicketPurpose,
): DerivedForm<TwClient, ShopTicketFields, TicketChoices> => ({
	value: 'shop',
	name: "From a Shop's Order",
	fields: shopTicketFields(purpose),
	aside: OVERRIDE,
	make: (choices, { client, earlierItem }) => {
		// TW Label may stand in between, for example, whose items don't hold the shop's order
		const given = readGivenOrder(
			choices.shopOrder,
			(unread) => earlierItem?.('shopTrigger', unread),
			choices,
		);
		const order = { given, choices, accountCurrency: client.account.currency };
		const { made, source } = shipmentOf(order, purpose !== 'price');
		if ('ticket' in made) {
			const thing = printOf(given.order);
			const alsoOutput = { shop: summaryOf(given) };
			return { body: made.ticket, alsoOutput, source: { of: source, thing } };
		}
		const { code, text } = made.reason;
		const how = needsOwner(code) ? choices.ifMissing : choices.ifNotShipped;
		if (how === 'fail') {
			const advice = `To leave such orders out instead, set ${quotedLabel('ifNotShipped')} to Skip.`;
			throw orderFault(code, text, 'shopOrder', advice);
		}
		return new NoRequest([skipped(order, code, text, how)]);
	},
});

/**
 * What becomes of an order that was looked up in the register.
 *
 * @param output of it, or why there is none
 * @param source of its ticket; none if it is no shop's order
 */
export function outcomeOf(output: JsonObject | Fault, source: Input['source']): Outcome {
	if (!(output instanceof Fault)) return [{ json: output }];
	const order = source?.of as ShopShipment | undefined;
	if (!order || !isSkipped(output, order.choices)) return output;
	return [skipped(order, output.code, output.message, order.choices.ifMissing)];
}

function skipped(
	{ given, choices }: ShopShipment,
	code: ReasonCode,
	why: string,
	how: TicketChoices['ifMissing'],
): Result {
	const no = numberAtTw(given, choices);
	const json: IDataObject = {
		outcome: 'skipped' satisfies OutcomeWord,
		...(no === undefined ? {} : { no }),
		reason: `${why}.`,
		reason_code: code,
		shop: summaryOf(given),
	};
	return { json, isLeftOut: how === 'leaveOut' };
}

/** An item of an order that is not to be shipped. */
export const skippedOrder = () =>
	z.looseObject({
		outcome: z.literal('skipped'),
		/** Missing where the shop gives no number. */
		no: z.string().optional(),
		reason: z.string(),
		reason_code: z.enum(REASON_CODES),
		shop: shopSummary(),
	});

/** The members that a shop's order adds to an operation's items. */
export const shopMembers = () => ({
	shop: shopSummary().optional(),
	// If it is not to be shipped
	reason: z.string().optional(),
	reason_code: z.enum(REASON_CODES).optional(),
});

const shopSummary = () =>
	z.looseObject({
		name: z.string().nullable(),
		event: z.string().nullable(),
		order_id: z.string().nullable(),
		order_number: z.string().nullable(),
		email: z.string().nullable(),
	});

/** What later nodes need, such as whom to write to. */
function summaryOf(given: GivenOrder): IDataObject {
	const { order, event, shop } = given;
	return {
		name: shop,
		event,
		order_id: order.id,
		order_number: orderNumberOf(given),
		email: order.customer?.email ?? null,
	};
}
