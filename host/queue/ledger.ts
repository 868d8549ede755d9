import type { Sandbox } from '../../sandbox';
import { expectEqual } from '../smoke/expect';

/** What TW and TD have got of the orders of a run. */
export interface Outcome {
	/** Orders that TW has, each counted once. */
	orders: number;
	/** Orders that TW took more than once. */
	doubled: string[];
	/** Orders of which TD knows. */
	reported: number;
	/** Events that TD got again. */
	repeated: number;
}

/** Reads from the ledger what became of these orders. */
export function outcomeOf(sandbox: Sandbox, numbers: string[]): Outcome {
	const wanted = new Set(numbers);
	const { orders, events } = sandbox.ledger();
	const taken = orders.map(({ no }) => no).filter((no) => wanted.has(no));
	const told = events
		.filter(({ eventType, orderId }) => eventType === 'order_ship' && wanted.has(orderId))
		.map(({ orderId }) => orderId);
	const distinct = new Set(taken).size;
	const reported = new Set(told).size;
	return {
		orders: distinct,
		doubled: taken.filter((no, i) => taken.indexOf(no) !== i),
		reported,
		repeated: told.length - reported,
	};
}

/** Every order once, every event at least once, none lost. */
export function expectAllOnce(sandbox: Sandbox, numbers: string[]): void {
	const { orders, doubled, reported, repeated } = outcomeOf(sandbox, numbers);
	console.log(
		`    ledger: ${orders} of ${numbers.length} orders, ${doubled.length} doubled; ` +
			`${reported} told to TD, ${repeated} events told again`,
	);
	expectEqual('orders', orders, numbers.length);
	expectEqual('doubled orders', doubled.join(' '), '');
	expectEqual('orders told to TD', reported, numbers.length);
}
