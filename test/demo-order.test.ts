/** `npm run demo:order -- --to` against a Shop Trigger over real HTTP: what arrives, and what is said when it does not. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deliveryOf, HAPPENINGS } from '../host/demo-deliveries';
import { sendOrder, type Sending, taken, whereToLook } from '../host/demo-send';
import { wishOf } from '../host/demo-wish';
import type { ShopName } from '../sandbox/shops';
import { SHOP_EVENTS } from '../lib/shops/order';
import { having } from './observed';
import { itemsOf, SECRET, useTriggers } from './nodes/ShopTrigger/shop';

const triggerFor = useTriggers({ events: Object.keys(SHOP_EVENTS) });

const order = (url: string, more: Partial<Sending> = {}): Sending => ({
	shop: 'shopify',
	delivery: deliveryOf('shopify', 'paid', 1042)!,
	to: { url, secret: SECRET },
	isDemoSecret: false,
	...more,
});

/** Answers as n8n does where nothing listens. */
async function serverThatKnowsNothing(): Promise<{ url: string; close: () => Promise<void> }> {
	const server = createServer((_, response) => response.writeHead(404).end('not registered'));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const SHOPS: readonly ShopName[] = ['shopify', 'woocommerce', 'stripe'];
const told = SHOPS.flatMap((shop) => HAPPENINGS.map((what) => ({ shop, what })));

it.each(told)('$shop tells that an order was $what, if it ever does', async ({ shop, what }) => {
	const trigger = await triggerFor({ shop });
	const delivery = deliveryOf(shop, what, 77);
	if (!delivery) {
		expect(`${shop} ${what}`).toBe('stripe shipped');
		return;
	}
	expect(await sendOrder(order(trigger.url, { shop, delivery }))).toBe('');
	const [item] = itemsOf(trigger);
	expect([item!['event'], ...((item!['also'] ?? []) as string[])]).toContain(`order_${what}`);
	expect(item!['order']).toEqual(having({ test: false }));
	expect(JSON.stringify(item)).toContain('77');
});

it('says what the trigger says of what it does not want', async () => {
	const trigger = await triggerFor({ shop: 'shopify', events: ['order_refunded'] });
	const answer = await sendOrder(order(trigger.url));
	expect(answer).toContain("'Order Paid' is not among the events chosen in n8n");
});

it('says that the secret is wrong, and never tells it', async () => {
	const trigger = await triggerFor({ shop: 'shopify' });
	const to = { url: trigger.url, secret: 'CANARY-wrong' };
	const failed = sendOrder(order(trigger.url, { to }));
	await expect(failed).rejects.toThrow(/not made with the secret in n8n.*\n.*SHOP_SECRET/s);
	await expect(failed).rejects.not.toThrow(/CANARY/);
	expect(itemsOf(trigger)).toEqual([]);
});

it('says that the trigger expects another shop', async () => {
	const trigger = await triggerFor({ shop: 'stripe' });
	await expect(sendOrder(order(trigger.url))).rejects.toThrow(/whether it expects shopify/);
});

it.each([
	['/webhook-test/3f/webhook', /Press the orange button/],
	['/webhook/3f/webhook', /Publish the flow/],
	['/workflow/3f', /Copy the Test URL/],
])('says what to do where no trigger listens: %s', async (path, words) => {
	const { url, close } = await serverThatKnowsNothing();
	try {
		await expect(sendOrder(order(url + path))).rejects.toThrow(words);
	} finally {
		await close();
	}
});

it('says that nothing answers', async () => {
	const { url, close } = await serverThatKnowsNothing();
	await close();
	await expect(sendOrder(order(`${url}/webhook/a/webhook`))).rejects.toThrow(
		/Nothing answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. Is n8n running/,
	);
});

it.each(['shop.example.com/webhook/a/webhook', 'ftp://127.0.0.1/a'])(
	'says that this is no address: %s',
	async (url) => {
		await expect(sendOrder(order(url))).rejects.toThrow(/is no address of a Shop Trigger/);
	},
);

it('sends nothing to another machine with the secret of the demo', async () => {
	const sent = sendOrder(
		order('https://n8n.example.com/webhook/a/webhook', { isDemoSecret: true }),
	);
	await expect(sent).rejects.toThrow(/is another machine.*Nothing was sent.*SHOP_SECRET/s);
});

it.each([
	['http://localhost:5678/webhook-test/3f/webhook', "See the trigger's output in the editor."],
	['http://localhost:5678/webhook/3f/webhook', 'See Executions of that flow.'],
	['http://localhost:5678/own-path/3f/webhook', ''],
])('says where to look: %s', (url, words) => {
	expect(whereToLook(url)).toBe(words);
});

it('says what was delivered as the shop is called', () => {
	expect(taken('shopify', deliveryOf('shopify', 'paid', 1042)!, 1042)).toBe(
		"Shopify's webhook orders/paid of order #1042: n8n answered 200.",
	);
});

describe('the command line', () => {
	it.each([
		[[], 'paid', 1042],
		[['1043'], 'paid', 1043],
		[['shipped'], 'shipped', 1042],
		[['refunded', '7'], 'refunded', 7],
	])('%j is order %s %i', (args, what, number) => {
		expect(wishOf(args, {})).toEqual(having({ what, number, shop: 'shopify' }));
	});

	it.each([['lost'], ['1043', 'paid'], ['paid', 'x'], ['paid', '1', '2'], ['--shop', 'stripe']])(
		'asks for nothing that there is: %s %s',
		(...args) => {
			expect(wishOf(args, {})).toBeUndefined();
		},
	);
});

describe('where -- was forgotten', () => {
	/** What the real npm hands to a script. */
	async function throughNpm(args: string[]): Promise<[string[], NodeJS.ProcessEnv]> {
		const folder = await mkdtemp(join(tmpdir(), 'demo-order-'));
		const print = 'console.log(JSON.stringify([process.argv.slice(2), process.env]))';
		try {
			await writeFile(join(folder, 'print.cjs'), print);
			const scripts = { it: 'node print.cjs' };
			await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts }));
			const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
			const options = { cwd: folder, shell: process.platform === 'win32' };
			const { stdout } = await promisify(execFile)(npm, ['run', '-s', 'it', ...args], options);
			return JSON.parse(stdout) as [string[], NodeJS.ProcessEnv];
		} finally {
			await rm(folder, { recursive: true });
		}
	}
	const url = 'http://localhost:5678/webhook-test/3f/webhook';

	it.each([
		['--to', ['--to', url]],
		['--to', ['shipped', `--to=${url}`]],
		['--to', ['--to']],
		['--shop', ['--shop', 'stripe']],
		['--secret', ['--secret', 'CANARY', '--', '--to', url]],
	])('says to put it before %s: %j', async (option, args) => {
		const wish = wishOf.bind(null, ...(await throughNpm(args)));
		expect(wish).toThrow(`Put -- before it: npm run demo:order -- ${option} …`);
		expect(wish).not.toThrow(/CANARY/);
	});

	it('takes all that comes after it', async () => {
		const wish = wishOf(...(await throughNpm(['--', '1043', '--to', url, '--shop=stripe'])));
		expect(wish).toEqual(having({ number: 1043, to: url, shop: 'stripe' }));
	});

	it('also of an npm that does not lengthen --to', () => {
		expect(() => wishOf([url], { npm_config_to: 'true' })).toThrow('-- --to …');
	});
});
