import { join } from 'node:path';
import type { Ledger } from '../sandbox/ledger';
import { SHOPS } from '../lib/shops/order';
import { deliveryOf, type Happening, shopifyOrder } from './demo-deliveries';
import { sendOrder, taken, whereToLook } from './demo-send';
import { demoStateFile, readDemoState } from './demo-state';
import { HELP, type Wish, wishOf } from './demo-wish';
import { HostError } from './errors';
import { numberAtTw } from './example-flow';
import { until } from './poll';

/** Plays a shop: delivers one webhook, to the running demo or to any Shop Trigger. */
async function main(args: string[]): Promise<void> {
	const wish = wishOf(args, process.env);
	if (!wish) {
		console.error(HELP);
		process.exitCode = 1;
	} else if (wish.to === undefined) {
		await toExample(wish);
	} else {
		await toTrigger({ ...wish, to: wish.to });
	}
}

async function toTrigger({ what, number, shop, to, secret }: Wish & { to: string }): Promise<void> {
	const delivery = deliveryOf(shop, what, number);
	if (!delivery) throw new HostError(`${SHOPS[shop]} never tells that an order was ${what}.`);
	const { shopSecret } = readDemoState(demoStateFile(stateFolder));
	const answer = await sendOrder({
		shop,
		delivery,
		to: { url: to, secret: secret ?? shopSecret },
		isDemoSecret: secret === undefined,
	});
	console.log(`${taken(shop, delivery, number)} ${answer || whereToLook(to)}`.trim());
}

async function toExample({ what, number, shop }: Wish): Promise<void> {
	const { webhook, shopSecret, ports, flowId } = readDemoState(demoStateFile(stateFolder));
	if (!webhook || !ports) {
		throw new HostError('The demo is not set up: run npm start first, and leave it running.');
	}
	const delivery = deliveryOf(shop, what, number)!;
	const before = await ledgerOf(ports.sandbox).catch(() => {
		throw new HostError('The demo does not answer. Is npm start running?');
	});
	await sendOrder({ shop, delivery, to: { url: webhook, secret: shopSecret }, isDemoSecret: true });
	console.log(taken(shop, delivery, number));
	await tell(ports.sandbox, before, numberAtTw(shopifyOrder(number)), what);
	console.log(`See each step: http://127.0.0.1:${ports.editor}/workflow/${flowId}/executions`);
}

const stateFolder = join(__dirname, '..', '.host');

/** What is new at the vendors; a repeated delivery brings nothing, which is what it is for. */
async function tell(sandbox: number, before: Ledger, no: string, what: Happening): Promise<void> {
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
	if (!(error instanceof HostError)) throw error;
	console.error(error.message);
	process.exitCode = 1;
});
