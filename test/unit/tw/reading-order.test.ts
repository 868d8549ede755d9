/** The columns of an order's table in n8n: what a person looks for stands first. */
import { followedOrder, inReadingOrder } from '../../../lib/tw/orders/follow';

it('puts the tracking number, channel and price first, and the request_id last', () => {
	const output = inReadingOrder({
		request_id: 'R-1',
		status: 4,
		no: 'ORD-1',
		remark: 'a remark',
		channel: 'UA',
		quoted_price: '7.10',
		outcome: 'completed',
		tracking_number: '1Z',
		left_out: [],
	});
	expect(Object.keys(output)).toEqual([
		...['outcome', 'no', 'tracking_number', 'channel', 'quoted_price'],
		...['status', 'remark', 'left_out', 'request_id'],
	]);
});

it('adds nothing that is not there', () => {
	expect(inReadingOrder({ no: 'ORD-1', outcome: 'accepted' })).toEqual({
		no: 'ORD-1',
		outcome: 'accepted',
	});
});

it('shows it in that order before the first run too', () => {
	const names = Object.keys(followedOrder().shape);
	expect(names.slice(0, 4)).toEqual(['outcome', 'no', 'tracking_number', 'charge_total_amount']);
	expect(names.at(-1)).toBe('request_id');
});
