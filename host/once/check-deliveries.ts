import { HOUR_MS } from '../../lib/base/durations';
import { post } from '../faults/flow';
import type { Credential } from '../rest';
import type { Stage } from '../smoke/stage';
import { bodyOf, numbersOf, orderFlow } from './flows';
import type { Tally } from './tally';

/** A shop that delivers the same webhook again and again, each time an execution of its own. */
export async function checkDeliveries(
	{ n8n, sandbox }: Stage,
	credentials: Credential[],
	tally: Tally,
	remember: string,
): Promise<void> {
	const { webhook } = await orderFlow(n8n.rest, 'Deliveries', credentials, remember);
	const deliver = async (numbers: readonly string[]) => await post(webhook, bodyOf(numbers));

	const atOnce = numbersOf('MOMENT', 5);
	// TW takes an order a moment after it came, as over a network
	sandbox.fault({ kind: 'delay', path: 'orderForecast', ms: 300 });
	for (const no of atOnce) await Promise.all(Array.from({ length: 10 }, () => deliver([no])));
	sandbox.clearFaults();
	await tally.check('10 deliveries at one moment, 5 times', atOnce);

	const inTurn = numbersOf('TURN', 5);
	for (let i = 0; i < 3; i++) await deliver(inTurn);
	await tally.check('3 deliveries in a row', inTurn);

	const unseen = numbersOf('UNSEEN', 5);
	sandbox.set({ orderInfoDelayMs: HOUR_MS });
	for (let i = 0; i < 3; i++) await deliver(unseen);
	sandbox.set({ orderInfoDelayMs: 0 });
	await tally.check('3 deliveries before TW shows the order', unseen);
}
