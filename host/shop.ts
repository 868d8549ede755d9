import { signedHeaders, type ShopName, type Signing } from '../sandbox/shops';

/** Where a shop delivers to, and what it signs with. */
export interface ShopAddress {
	url: string;
	secret: string;
}

/** Delivers to any address as a shop does. Headers that are undefined are left out. */
export async function deliver(
	url: string,
	shop: ShopName,
	body: object | string,
	{ headers = {}, ...signing }: Signing & { headers?: Record<string, string | undefined> },
): Promise<{ status: number; text: string }> {
	const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const all = { ...signedHeaders(shop, bytes, signing), ...headers };
	const answer = await fetch(url, {
		method: 'POST',
		headers: Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
		body: bytes,
	});
	return { status: answer.status, text: await answer.text() };
}

/** Delivers a webhook to a flow, signed as `signing` does not say otherwise; n8n's HTTP status comes back. */
export async function send(
	{ url, secret }: ShopAddress,
	shop: ShopName,
	body: object,
	signing: Partial<Signing> = {},
): Promise<number> {
	return (await deliver(url, shop, body, { secret, ...signing })).status;
}
