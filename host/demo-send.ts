import { isIP } from 'node:net';
import { SHOPS } from '../lib/shops/order';
import type { ShopName } from '../sandbox/shops';
import type { Delivery } from './demo-deliveries';
import { HostError } from './errors';
import { deliver, type ShopAddress } from './shop';

/** What is asked to be sent, and to which Shop Trigger. */
export interface Sending {
	shop: ShopName;
	delivery: Delivery;
	to: ShopAddress;
	/** Whether the secret is that of the demo, which no other n8n has. */
	isDemoSecret: boolean;
}

/**
 * Delivers to a Shop Trigger, signed.
 *
 * @returns what n8n answered, in words
 * @throws {HostError} what is wrong, and what to do; never the secret
 */
export async function sendOrder({ shop, delivery, to, isDemoSecret }: Sending): Promise<string> {
	const url = addressOf(to.url);
	if (isDemoSecret && !isHere(url)) {
		throw new HostError(
			`${url.host} is another machine, and its n8n does not know the demo's secret. Nothing was sent.\n` +
				'Its flow would take the order for a real one: with real keys of TW it buys a label. If you want ' +
				'that, give the secret of its Shop Webhook Secret credential in SHOP_SECRET, or with --secret.',
		);
	}
	const answer = await deliver(url.href, shop, delivery.body, {
		secret: to.secret,
		topic: delivery.topic,
	}).catch((error: unknown) => {
		throw new HostError(`Nothing answers at ${url.host} (${reasonOf(error)}). Is n8n running?`);
	});
	if (answer.status === 200) return answer.text.trim();
	throw new HostError(refusal(url, shop, answer));
}

/** What was delivered, in one sentence. */
export const taken = (shop: ShopName, { topic }: Delivery, number: number): string =>
	`${SHOPS[shop]}'s webhook ${topic} of order #${number}: n8n answered 200.`;

/** @returns where what came of it shows; nothing for an address whose path says nothing of it */
export function whereToLook(url: string): string {
	const { pathname } = new URL(url);
	if (pathname.includes(TEST_PATH)) return "See the trigger's output in the editor.";
	return pathname.includes(PRODUCTION_PATH) ? 'See Executions of that flow.' : '';
}

/** In the addresses that n8n gives a trigger. */
const TEST_PATH = '/webhook-test/';
const PRODUCTION_PATH = '/webhook/';

const CHOOSE_ADDRESS =
	'Copy the Test URL or the Production URL from the panel of Shop Trigger, under Webhook URLs.';

function addressOf(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
	throw new HostError(`--to "${text}" is no address of a Shop Trigger. ${CHOOSE_ADDRESS}`);
}

function isHere({ hostname }: URL): boolean {
	const name = hostname.replace(/^\[|\]$/g, '');
	return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** Why n8n did not take it; n8n answers 404 where no trigger listens, and 401 is our trigger's own. */
function refusal(
	{ pathname }: URL,
	shop: ShopName,
	{ status, text }: { status: number; text: string },
): string {
	if (status === 401) {
		return (
			`Shop Trigger refused it: ${text.trim()}\nGive the secret of its Shop Webhook Secret credential in ` +
			`SHOP_SECRET, or with --secret, and look whether it expects ${shop} (Shop in its panel, --shop here).`
		);
	}
	if (status !== 404) return `n8n answered ${status}: ${text.trim().slice(0, 300)}`;
	if (pathname.includes(TEST_PATH)) {
		return 'No Shop Trigger is listening there. Press the orange button of the trigger, then send again while it waits.';
	}
	if (pathname.includes(PRODUCTION_PATH)) {
		return 'No Shop Trigger is listening there. Publish the flow (n8n 2.8: switch it on), then send again.';
	}
	return `No Shop Trigger is there. ${CHOOSE_ADDRESS}`;
}

function reasonOf(error: unknown): string {
	const { message, cause } = error as Error;
	const { code, message: inner } = (cause ?? {}) as NodeJS.ErrnoException;
	return code ?? inner ?? message;
}
