import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Ledger } from '../sandbox/ledger';
import type { ShopName } from '../sandbox/shops';
import { deliveryOf, HAPPENINGS, type Happening, shopifyOrder } from './demo-deliveries';
import { sendOrder } from './demo-send';
import { demoStateFile, readDemoState } from './demo-state';
import { HostError } from './errors';
import { numberAtTw } from './example-flow';
import { until } from './poll';

const SHOPS: readonly ShopName[] = ['shopify', 'woocommerce', 'stripe'];

const HELP = `Usage: npm run demo:order -- [${HAPPENINGS.join(' | ')}] [number of the order] [options]

Without --to it goes to the example flow of npm start.

  --to <URL>         the Test URL or Production URL of any Shop Trigger
  --shop <name>      ${SHOPS.join(', ')}; as the trigger expects it (default ${SHOPS[0]})
  --secret <secret>  what to sign with, if it is not the demo's; SHOP_SECRET in the environment does the same
                     and stays out of the list of processes`;

/** What the command line asks for. */
interface Wish {
	what: Happening;
	number: number;
	shop: ShopName;
	to: string | undefined;
	secret: string | undefined;
}

/** Plays a shop: delivers one webhook, to the running demo or to any Shop Trigger. */
async function main(args: string[]): Promise<void> {
	const wish = wishOf(args);
	if (!wish) {
		console.error(HELP);
		process.exitCode = 1;
	} else if (wish.to === undefined) {
		await toExample(wish);
	} else {
		await toTrigger({ ...wish, to: wish.to });
	}
}

function wishOf(args: string[]): Wish | undefined {
	const text = { type: 'string' } as const;
	const options = { to: text, shop: text, secret: text };
	try {
		const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
		const [what = 'paid', number = '1042', ...more] = positionals;
		const { shop = 'shopify', to, secret = process.env.SHOP_SECRET } = values;
		if (more.length > 0 || !isOneOf(HAPPENINGS, what) || !isOneOf(SHOPS, shop)) return undefined;
		if (!/^\d{1,9}$/.test(number) || (to === undefined && shop !== 'shopify')) return undefined;
		return { what, number: Number(number), shop, to, secret: secret === '' ? undefined : secret };
	} catch {
		return undefined;
	}
}

const isOneOf = <T extends string>(all: readonly T[], one: string): one is T =>
	(all as readonly string[]).includes(one);

async function toTrigger({ what, number, shop, to, secret }: Wish & { to: string }): Promise<void> {
	const delivery = deliveryOf(shop, what, number);
	if (!delivery) throw new HostError(`${shop} never tells that an order was ${what}.`);
	const { shopSecret } = readDemoState(demoStateFile(stateFolder));
	const answer = await sendOrder({
		shop,
		delivery,
		to: { url: to, secret: secret ?? shopSecret },
		isDemoSecret: secret === undefined,
	});
	console.log(`${shop}'s ${delivery.topic} of order ${number}: n8n answered 200. ${answer}`.trim());
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
	console.log(`Shopify's webhook ${delivery.topic} of order #${number}: n8n answered 200.`);
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
