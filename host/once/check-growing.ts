import { HOUR_MS } from '../../lib/base/durations';
import type { KillStage } from '../faults/stage';
import { createFlow, executionIds, type HostFlow, nextExecution, post } from '../faults/flow';
import { until } from '../poll';
import type { Credential } from '../rest';
import type { Checks } from '../smoke/checks';
import { expect, expectEqual } from '../smoke/expect';
import { webhookListens } from '../webhook';
import { CONCURRENCY, splitOut } from './flows';

const ORDERS = 30;
/** n8n is killed when TW has taken this many of what was added. */
const TAKEN_AT_KILL = 8;

/**
 * Orders of a shop that grow: each delivery at ten moments at once, and one during which n8n is killed. Each piece is
 * in one parcel, by the sandbox's ledger.
 */
export async function checkGrowing(
	stage: KillStage,
	credentials: Credential[],
	checks: Checks,
	remember: string,
): Promise<void> {
	const { sandbox } = stage;
	const flow = await createFlow(
		stage.n8n.rest,
		'Growing',
		[splitOut, { ...create, parameters: { ...create.parameters, remember } }],
		credentials,
	);
	const deliver = async (orders: readonly object[]) => await post(flow.webhook, { orders });

	await checks.check(
		'an order that grows: 10 deliveries at one moment, each piece once',
		async () => {
			sandbox.fault({ kind: 'delay', path: 'orderForecast', ms: 200 });
			for (const things of [1, 2, 3]) {
				const order = orderOf(1, things);
				await Promise.all(Array.from({ length: 10 }, async () => await deliver([order])));
			}
			sandbox.clearFaults();
			expectEqual('parcels', parcelsOf(1), '9001: 1, 9001-2: 1, 9001-3: 1');
		},
	);

	await checks.check(
		'killed while what was added is sent: each piece once, none forgotten',
		async () => {
			const numbers = Array.from({ length: ORDERS }, (_one, i) => 100 + i);
			await deliver(numbers.map((number) => orderOf(number, 1)));
			const grown = numbers.map((number) => orderOf(number, 2));
			const added = () => sandbox.ledger().orders.filter(({ no }) => /^91\d\d-2$/.test(no)).length;
			sandbox.set({ orderInfoDelayMs: HOUR_MS });
			sandbox.fault({ kind: 'delay', path: 'orderForecast', ms: 150, when: 'after' });
			const lost = deliver(grown).catch(() => undefined);
			await until('TW to take some', async () => added() >= TAKEN_AT_KILL || undefined, {
				every: 5,
			});
			process.kill(-stage.n8n.process.pid, 'SIGKILL');
			await stage.n8n.process.exited;
			await lost;
			expect(added() < ORDERS, 'n8n was killed too late');
			console.log(`    ${added()} of ${ORDERS} taken when n8n was killed`);
			await stage.restart();
			await webhookListens(flow.webhook);
			sandbox.clearFaults();
			const open = await unknown(stage, flow, grown);
			expect(open <= CONCURRENCY, `${open} are unknown`);
			sandbox.set({ orderInfoDelayMs: 0 });
			expectEqual('unknown once TW shows them', await unknown(stage, flow, grown), 0);
			for (const number of numbers) {
				const wanted = `9${number}: 1, 9${number}-2: 1`;
				expectEqual(`parcels of ${number}`, parcelsOf(number), wanted);
			}
		},
	);

	/** Each parcel's number, and how many pieces are in it. */
	function parcelsOf(number: number): string {
		const base = `9${String(number).padStart(3, '0')}`;
		const own = sandbox
			.ledger()
			.orders.filter(({ no }) => no === base || no.startsWith(`${base}-`));
		const pieces = ({ ticket }: (typeof own)[number]) =>
			(ticket as { boxes: Array<{ number: number }> }).boxes.reduce(
				(sum, box) => sum + box.number,
				0,
			);
		const sorted = own.sort((a, b) => a.no.localeCompare(b.no));
		return sorted.map((one) => `${one.no}: ${pieces(one)}`).join(', ');
	}
}

/** Delivers once more, and counts the orders that are called unknown. */
async function unknown(stage: KillStage, flow: HostFlow, orders: object[]): Promise<number> {
	const { rest } = stage.n8n;
	const known = await executionIds(rest, flow);
	await post(flow.webhook, { orders });
	const { failure, runs } = await nextExecution(rest, flow, known, { seconds: 300 });
	expect(!failure, `the flow failed: ${failure?.message}`);
	const items = (runs['Create'] ?? []).flatMap(({ data }) => data?.main[0] ?? []);
	expectEqual('items', items.length, orders.length);
	return items.filter(({ json: { error } }) => error !== undefined).length;
}

/** A paid order of Shopify with so many things, one piece of each. */
const orderOf = (number: number, things: number) => ({
	id: 777_000 + number,
	order_number: 9000 + number,
	created_at: '2026-03-01T10:00:00-06:00',
	currency: 'USD',
	taxes_included: false,
	financial_status: 'paid',
	total_price: '45.00',
	shipping_address: {
		...{ name: 'Ada Example', address1: '1 Example Street', city: 'Sampletown' },
		...{ province_code: 'MN', zip: '55401', country_code: 'US', phone: '+15555550100' },
	},
	line_items: Array.from({ length: things }, (_one, i) => ({
		...{ id: number * 10 + i, name: `Thing ${i}`, price: '15.00', grams: 500, quantity: 1 },
		...{ current_quantity: 1, fulfillable_quantity: 1, requires_shipping: true },
		...{ fulfillment_service: 'manual', discount_allocations: [], tax_lines: [] },
	})),
	refunds: [],
	fulfillments: [],
});

const create = {
	name: 'Create',
	type: 'n8n-nodes-tw-td.twOrder',
	typeVersion: 1,
	parameters: {
		...{ operation: 'create', specifyOrder: 'shop', ifGrown: 'another', packing: 'each' },
		...{ weightUnit: 'lb', boxLength: 12, boxWidth: 10, boxHeight: 4, waitForCompletion: false },
		product: { __rl: true, mode: 'code', value: 'UA' },
		options: { concurrency: CONCURRENCY },
	},
	onError: 'continueRegularOutput',
};
