/** The shipping methods of an order. */
import { flagOf, listOf, type Members } from '../lenient';

/** The shipping that still belongs to the order. */
export const shippingLinesOf = (order: Members): Members[] =>
	listOf(order['shipping_lines']).filter((line) => flagOf(line['is_removed']) !== true);
