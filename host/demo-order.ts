import { join } from 'node:path';
import type { Ledger } from '../sandbox/ledger';
import { demoStateFile, readDemoState } from './demo-state';
import { exampleOrder, type ExampleOrder, numberAtTw } from './example-flow';
import { until } from './poll';
import { send } from './shop';
import { refundOf, shipmentOf } from './shop-bodies';

/** What the shop can tell, and how. */
const DELIVERIES: Readonly<
	Record<string, { topic: string; body: (order: ExampleOrder) => object }>
> = {
	paid: { topic: 'orders/paid', body: (order) => order },
	shipped: { topic: 'orders/fulfilled', body: shipmentOf },
	refunded: { topic: 'refunds/create', body: refundOf },
};

const HELP = `npm run demo:order -- [${Object.keys(DELIVERIES).join(' | ')}] [number of the order]`;

/** Plays the shop of the running demo: delivers one webhook, and tells what TW and TD got of it. */
async function main([what = 'paid', number = '1042']: string[]): Promise<void> {
	const delivery = DELIVERIES[what];
	if (!delivery || !/^\d{1,9}$/.test(number)) {
		console.error(`Usage: ${HELP}`);
		process.exitCode = 1;
		return;
	}
	const { webhook, shopSecret, ports, flowId } = readDemoState(demoStateFile(stateFolder));
	if (!webhook || !ports) {
		console.error('The demo is not set up: run npm start first, and leave it running.');
		process.exitCode = 1;
		return;
	}
	const order = exampleOrder({
		id: 5_823_647_000_000 + Number(number),
		order_number: Number(number),
		name: `#${number}`,
	});
	const before = await ledgerOf(ports.sandbox);
	const status = await send({ url: webhook, secret: shopSecret }, 'shopify', delivery.body(order), {
		topic: delivery.topic,
	});
	console.log(`Shopify's webhook ${delivery.topic} of order #${number}: n8n answered ${status}.`);
	if (status !== 200) {
		console.error('Is the example flow switched on?');
		process.exitCode = 1;
		return;
	}
	await tell(ports.sandbox, before, order, what);
	console.log(`See each step: http://127.0.0.1:${ports.editor}/workflow/${flowId}/executions`);
}

const stateFolder = join(__dirname, '..', '.host');

/** What is new at the vendors; a repeated delivery brings nothing, which is what it is for. */
async function tell(
	sandbox: number,
	before: Ledger,
	order: ExampleOrder,
	what: string,
): Promise<void> {
	const no = numberAtTw(order);
	const known = what === 'paid' && before.orders.some((one) => one.no === no);
	const wantsParcel = what === 'paid' && !known;
	const look = async () => {
		const { orders, events } = await ledgerOf(sandbox);
		return {
			placed: orders.find((one) => one.no === no),
			told: events.slice(before.events.length),
		};
	};
	const isTold = async () => {
		const { placed, told } = await look();
		const isPlaced = placed !== undefined || !wantsParcel;
		return isPlaced && (told.length > 0 || known) ? true : undefined;
	};
	// Whoever has changed the flow may wait in vain
	await until('the flow to run', isTold, { seconds: 20 }).catch(() => undefined);
	const news = await look();
	if (news.placed && what === 'paid') {
		console.log(
			known
				? `TW has order ${no} already, and gets no second one.`
				: `TW has order ${no}, channel ${news.placed.product}.`,
		);
	}
	const names = news.told.map(({ eventType }) => eventType);
	console.log(
		names.length > 0 ? `TD was told ${names.join(' and ')}.` : 'TD was told nothing new.',
	);
}

async function ledgerOf(port: number): Promise<Ledger> {
	const answer = await fetch(`http://localhost:${port}/sandbox/ledger`);
	return (await answer.json()) as Ledger;
}

main(process.argv.slice(2)).catch((error: unknown) => {
	const { message, cause } = error as Error;
	const reason = cause instanceof Error ? cause.message : '';
	console.error(`The demo does not answer (${reason || message}). Is npm start running?`);
	process.exitCode = 1;
});
