/** Stripe's signature: `Stripe-Signature: t=1492774577,v1=5257a869…,v1=…`. */
import type { Delivery, Signature } from '../shop';
import { headerOf, isSigned } from '../signature';

/** Stripe signs anew whenever it delivers again, and its own libraries allow this much. */
const TOLERANCE_MS = 300_000;

/**
 * The time and the body are signed together, so that nobody can send a delivery again later. While a
 * secret is rotated at Stripe, there is a `v1` for each.
 */
export function checkSignature(
	{ headers, rawBody }: Delivery,
	secrets: readonly string[],
	nowMs: number,
): Signature {
	const header = headerOf(headers, 'stripe-signature');
	if (header === null) return 'missing';
	const parts = header.split(',').map((part) => part.trim().split('='));
	const time = parts.find(([name]) => name === 't')?.[1] ?? '';
	if (!/^\d{1,15}$/.test(time)) return 'wrong';
	const signatures = parts.filter(([name]) => name === 'v1').map(([, value]) => value ?? '');
	const signed = [`${time}.`, rawBody];
	const isGenuine = signatures.filter((one) => isSigned(one, 'hex', signed, secrets)).length > 0;
	if (!isGenuine) return 'wrong';
	return nowMs - Number(time) * 1000 > TOLERANCE_MS ? 'stale' : 'genuine';
}
