import type { JsonObject } from '../exchange';
import type { TwBackend } from './backend';
import { findChannel, type Channel } from './channels';
import { asNumber, asText } from './money';
import { priceOf, type FeeLine } from './pricing';
import { failureTexts, State } from './states';
import type { Ticket } from './ticket';
import { isBad, readTickets } from './tickets';

/**
 * POST /api/v2/orderTrial [doc]: prices tickets, creates nothing.
 * The answer is ASSUMED (`trialShape`), and so is that an unknown product is refused at once.
 */
export function orderTrial(body: JsonObject, { settings }: TwBackend): unknown {
	const checked = readTickets(body, settings, ({ product }) =>
		findChannel(product) ? undefined : `unknown product ${product}`,
	);
	const quotes = checked.map((one) => {
		if (isBad(one)) return { no: one.no, errors: one.errors };
		const { ticket } = one;
		const quote = settings.trialShape === 'fees' ? feeQuote(ticket) : amountQuote(ticket);
		return { no: ticket.no, product: ticket.product, ...quote };
	});

	if (settings.trialShape !== 'map') return quotes;
	return Object.fromEntries(quotes.map(({ no, ...quote }) => [no, quote]));
}

/** The vocabulary of orderInfo. */
function amountQuote(ticket: Ticket) {
	const channel = channelOf(ticket);
	if (channel.unpriced) return { remark: 'price on request' };
	if (channel.fails === State.trialFailed) return { errors: [failureTexts[State.trialFailed]] };
	const price = priceOf(ticket, channel);
	return {
		charge_weight: price.pounds.toFixed(3),
		charge_weight_unit: 'LBS',
		charge_amount: asText(price.total),
		errors: [],
	};
}

/** The vocabulary of orderFee, which has no total. */
function feeQuote(ticket: Ticket) {
	const channel = channelOf(ticket);
	if (channel.unpriced) return { discounts: [], charges: [] };
	if (channel.fails === State.trialFailed) return { errors: [failureTexts[State.trialFailed]] };
	const price = priceOf(ticket, channel);
	const charges = ticket.boxes.flatMap((box, index) =>
		(price.perBox[index] ?? []).map((line) => ({ ...line, amount: line.amount * box.number })),
	);
	return {
		discounts: price.discounts.map(feeEntry),
		charges: charges.map(feeEntry),
		additionally_proportion: 0.04,
		additionally_amount: 0,
	};
}

function feeEntry({ name, amount }: FeeLine) {
	return { name, amount: asNumber(amount), note: '' };
}

function channelOf(ticket: Ticket): Channel {
	const channel = findChannel(ticket.product);
	if (!channel) throw new Error(`ticket ${ticket.no} was checked, but its product is unknown`);
	return channel;
}
