/** Reads a shop's order as TW Order does, up to what would be sent. */
import type { ValidationFault } from '../../../lib/base/errors';
import { InputReader } from '../../../lib/operation/input';
import { type AnyOperation, NoRequest } from '../../../lib/operation/operation';
import { commonOptions } from '../../../lib/operation/options';
import type { ShopShipment } from '../../../lib/shops/parcels/shipment';
import { readTwAccount } from '../../../lib/tw/wire/account';
import { TwClient } from '../../../lib/tw/wire/client';
import { create } from '../../../nodes/TwOrder/operations/create';

type Json = Record<string, unknown>;

/** A ticket, the item of an order that is not shipped, or the fault that the user is told. */
export type Told =
	{ ticket: Json; beside: unknown } | { skipped: Json } | { fault: ValidationFault };

/** What the user has to choose at the least, in kilograms and centimetres. */
export const leastChoices: Json = {
	specifyOrder: 'shop',
	product: 'UA',
	packing: 'one',
	weightUnit: 'kg',
	boxLength: 30,
	boxWidth: 20,
	boxHeight: 10,
};

/** Gives parameters to an operation of an account. */
export function shopReader(
	{ currency = 'USD' }: { currency?: string } = {},
	operation: AnyOperation<TwClient> = create,
): (values: Json) => Told {
	const keys = {
		baseUrl: 'http://127.0.0.1:1',
		username: 'u',
		apiKey: 'key-1',
		apiToken: 'token-1',
	};
	const client = new TwClient(readTwAccount({ ...keys, currency }));
	const reader = new InputReader(operation, commonOptions('TW'), { zone: 'UTC' });
	const call = { client, startedAt: () => '2026-01-02T03:04:05.678Z' };
	return (values) => {
		try {
			const read = reader.read({ ...leastChoices, ...values }, call);
			if (read instanceof NoRequest) return { skipped: read.results[0]!.json };
			// Nothing is remembered of it
			const { unsure } = (read.source?.of ?? {}) as Partial<ShopShipment>;
			if (unsure) return { fault: unsure };
			return { ticket: read.body, beside: read.alsoOutput };
		} catch (error) {
			if ((error as ValidationFault).kind === 'validation')
				return { fault: error as ValidationFault };
			throw error;
		}
	};
}
