/** What Create, Quote and Buy Cheapest share: an order made of a shop's. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { type DerivedForm, Settled } from '../../lib/operation/operation';
import type { OutcomeWord } from '../../lib/operation/outcome';
import { type Choices, OVERRIDE, shopForm } from '../../lib/shops/ticket/form';
import { type Given, numberOf, readGiven } from '../../lib/shops/ticket/given';
import { REASON_CODES } from '../../lib/shops/ticket/reason';
import { numberAtTw, ticketOf } from '../../lib/shops/ticket/ticket';
import { called, problem } from '../../lib/shops/ticket/words';
import type { TwClient } from '../../lib/tw/wire/client';
import { itemOfShop } from '../shared/shopItem';

/** @param asksChannel not where channels are compared */
export const fromShop = (asksChannel: boolean): DerivedForm<TwClient> => ({
	value: 'shop',
	name: "From a Shop's Order",
	fields: shopForm(asksChannel),
	aside: OVERRIDE,
	make: (fields, { client, before }) => {
		const choices = fields as Choices;
		const given = readGiven(choices.shopOrder, (unread) => itemOfShop(unread, before));
		const made = ticketOf(given, choices, client.account.currency);
		if ('ticket' in made) return { body: made.ticket, beside: { shop: summaryOf(given) } };
		const { code, text } = made.reason;
		if (choices.ifNotShipped === 'fail') {
			const advice = `To leave such orders out instead, set ${called('ifNotShipped')} to Skip.`;
			throw problem(text, 'shopOrder', advice);
		}
		const no = numberAtTw(given, choices);
		const json: IDataObject = {
			outcome: 'skipped' satisfies OutcomeWord,
			...(no === undefined ? {} : { no }),
			reason: `${text}.`,
			reason_code: code,
			shop: summaryOf(given),
		};
		return new Settled([{ json }], choices.ifNotShipped === 'leaveOut');
	},
});

/** An item of an order that is not to be shipped. */
export const skippedOrder = () =>
	z.looseObject({
		outcome: z.literal('skipped'),
		/** Missing where the shop tells no number. */
		no: z.string().optional(),
		reason: z.string(),
		reason_code: z.enum(REASON_CODES),
		shop: shopSummary(),
	});

/** The members that a shop's order adds to an operation's items. */
export const shopMembers = () => ({
	shop: shopSummary().optional(),
	// Of an order that is not to be shipped
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

/** What the nodes behind need to go on, such as whom to write to, without looking back. */
function summaryOf(given: Given): IDataObject {
	const { order, event, shop } = given;
	return {
		name: shop,
		event,
		order_id: order.id,
		order_number: numberOf(given),
		email: order.customer?.email ?? null,
	};
}
