/** Tests a TW credential with a documented read. */
import { Deadline } from '../../base/deadline';
import { isNoData } from './answers';
import { BadAnswerFault, Fault, NotFoundFault } from '../../base/errors';
import { PACE } from '../../base/limits';
import type { CredentialVerdict } from '../../http/credential';
import { connectTw, type TwClient } from './client';

const TEST_MS = 15_000;
const ACCEPTED = 'TW accepted the user name, key and signature';

/**
 * Asks for one invoice of today: documented, harmless, and refused without a valid signature.
 * ASSUMED: TW checks the signature before it looks for data, so its own 404 shows that too.
 *
 * @param data the decrypted credential
 * @param nowMs the clock, milliseconds since 1970 UTC
 */
export async function testTwCredential(
	data: unknown,
	nowMs: number,
	pace = PACE,
): Promise<CredentialVerdict> {
	let client: TwClient | undefined;
	try {
		client = connectTw(data);
		const today = new Date(nowMs).toISOString().slice(0, 10);
		await client.call(
			'getBill',
			{ date_scope: [today, today], page: 1, limit: 1 },
			{ rule: 'read', needsCode: true, deadline: Deadline.in(TEST_MS), pace },
		);
		return { ok: true, message: ACCEPTED };
	} catch (error) {
		if (isNoData(error)) {
			return { ok: true, message: `${ACCEPTED}; it has no invoice of today to show` };
		}
		return { ok: false, message: explain(error, client?.address) };
	}
}

/** @param address the base URL, if it could be read */
function explain(error: unknown, address?: URL): string {
	if (!(error instanceof Fault)) return 'The credential could not be tested';
	if (error instanceof NotFoundFault || error instanceof BadAnswerFault) {
		const path = address && address.pathname !== '/' ? address.pathname : '';
		const only = path ? ` It has the path ${path}: usually it is only ${address!.origin}.` : '';
		return `This does not look like TW: ${error.message}. Check the base URL.${only}`;
	}
	return `${error.message}. ${error.advice}`;
}
