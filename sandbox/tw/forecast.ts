import type { JsonObject } from '../exchange';
import type { TwBackend } from './backend';
import { Refusal } from './envelope';
import type { Order } from './orders';
import { State } from './states';
import type { Ticket } from './ticket';
import { isBad, readTickets, type BadTicket } from './tickets';

/**
 * POST /api/v2/orderForecast [doc]: takes tickets; each gets a `request_id` to ask orderCheck about.
 * The answer's shape is ASSUMED (`forecastShape`): every page is cut off before it.
 */
export function orderForecast(body: JsonObject, backend: TwBackend): unknown {
	const { settings, orders } = backend;
	const checked = readTickets(body, settings, (ticket, earlier) =>
		numberConflict(ticket, earlier, backend),
	);
	const isRefused = settings.batchRefusal === 'after-taking' && checked.length > 1;
	const entries = (isRefused ? checked.slice(0, -1) : checked)
		.map((one) =>
			isBad(one) ? refusedEntry(one) : acceptedEntry(record(orders.accept(one.ticket), backend)),
		)
		.slice(0, checked.length - settings.forecastLeavesOut);
	if (isRefused) throw new Refusal(400, 'the tickets can not be worked on');

	switch (settings.forecastShape) {
		case 'list':
			return entries;
		case 'object':
			return entries.length === 1 ? entries[0] : entries;
		case 'map':
			return Object.fromEntries(entries.map(({ no, ...entry }) => [no, entry]));
	}
}

/** Says why this order number can't be used, if so. */
function numberConflict(
	{ no, product }: Ticket,
	earlier: readonly Ticket[],
	{ orders, settings }: TwBackend,
): string | undefined {
	const same = [...orders.existing(no).map((order) => order.ticket), ...earlier].filter(
		(ticket) => ticket.no === no,
	);
	const other = same.find((ticket) => ticket.product !== product);
	// [doc] "It is prohibited for the same single number to exist in different channels"
	if (other) return `order number ${no} exists in channel ${other.product}`;
	// ASSUMED either way: what a second forecast of the same number and channel does is not documented
	if (same.length > 0 && !settings.acceptSameNo) return `order number ${no} exists`;
	return undefined;
}

function record(order: Order, { ledger }: TwBackend): Order {
	ledger.order({
		at: new Date(order.acceptedAt).toISOString(),
		no: order.ticket.no,
		product: order.ticket.product,
		requestId: order.requestId,
		boxes: order.price.boxes,
		ticket: order.ticket,
	});
	return order;
}

function acceptedEntry(order: Order) {
	return { request_id: order.requestId, no: order.ticket.no, errors: [], status: State.received };
}

function refusedEntry({ no, errors }: BadTicket) {
	return { no, errors, status: State.formInvalid };
}
