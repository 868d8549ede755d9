import type { BoxLabel } from '../label/box-label';
import type { FindLabels } from '../label/host';
import type { Order, OrderBook } from './orders';

/** The labels of an order, one per box. */
export function boxLabels({ ticket, channel, trackingNumbers }: Order): BoxLabel[] {
	return trackingNumbers.map((trackingNumber, index) => ({
		trackingNumber,
		orderNumber: ticket.no,
		channel: channel.code,
		box: index + 1,
		boxes: trackingNumbers.length,
		to: addressLines(ticket.consignee),
		note: ticket.note ?? '',
	}));
}

/** How the label host finds labels. */
export function labelFinder(orders: OrderBook): FindLabels {
	return (scope, trackingNumber) => {
		orders.settle();
		const order = orders.findTracking(trackingNumber);
		if (!order || orders.isRemoved(order)) return [];
		const labels = boxLabels(order);
		if (scope === 'order') return labels;
		return labels.filter((label) => label.trackingNumber === trackingNumber);
	};
}

function addressLines(consignee: Order['ticket']['consignee']): string[] {
	if (typeof consignee === 'string') return [`Warehouse ${consignee}`];
	const text = (name: string) => {
		const value = consignee[name];
		return typeof value === 'string' ? value : '';
	};
	const town = [text('city'), text('stateProvince'), text('postcode')].filter(Boolean).join(' ');
	return ['name', 'companyName', 'phone', 'address', 'address2']
		.map(text)
		.concat(town, text('countryCode'))
		.filter(Boolean);
}
