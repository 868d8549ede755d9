/** Asks TW for an order's label [ASSUMED: path, body and answer]. */
import type { Call } from '../../lib/operation/operation';
import type { TwClient } from '../../lib/tw/wire/client';
import { type LabelSource, labelSources } from '../../lib/tw/orders/label';

export interface LabelBody extends Record<string, unknown> {
	/** Order numbers. */
	no: string[];
}

/** Where the documents of one order are; members the user added to the body go along. */
export async function sourcesOf(
	{ client, limits }: Call<TwClient>,
	no: string,
	body: LabelBody,
	use: 'to-fetch' | 'to-show',
): Promise<LabelSource[]> {
	const request = { ...body, no };
	const data = await client.call('orderLabel', request, {
		rule: 'read',
		unmasked: use === 'to-fetch',
		...limits,
	});
	return labelSources(data, no);
}
