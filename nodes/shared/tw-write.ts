/** The frame of a small TW write whose page is not public: delete and the bag actions. */
import type { IDataObject } from 'n8n-workflow';
import type { Call } from '../../lib/operation';
import type { TwClient } from '../../lib/tw/client';
import type { TwEndpointName } from '../../lib/tw/endpoints';
import type { LookUp } from '../../lib/tw/settle-write';
import { writeOnce, type Written } from '../../lib/tw/write-once';

/** Sends the write under the run's rules: once per execution, looked up first in a retry. */
export async function sendWrite(
	{ client, ledger, deadline, signal, isRetry }: Call<TwClient>,
	endpoint: TwEndpointName,
	body: object,
	thing: string,
	ask: (limits: Pick<Call<TwClient>, 'deadline' | 'signal'>) => Promise<LookUp<unknown>>,
): Promise<Written> {
	const options = { ledger, deadline, signal, checkFirst: isRetry };
	return await writeOnce(client, endpoint, body, thing, ask, options);
}

/** What TW answered, or that the answer was lost and TW shows the result. */
export function written({ data, recovered }: Written): IDataObject {
	return {
		...(recovered ? { recovered: true } : {}),
		...(data === undefined ? {} : { response: data }),
	};
}

/** For a write of which TW shows no trace that could be looked up. */
export const cannotBeLookedUp = async (): Promise<LookUp<unknown>> => ({
	unclear: 'TW shows no trace of it that could be looked up.',
});
