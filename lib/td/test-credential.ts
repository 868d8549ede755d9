/** Tests a TD credential as far as that is possible without reporting an event. */
import { Deadline } from '../base/deadline';
import { Fault } from '../base/errors';
import type { CredentialVerdict } from '../http/credential';
import { connectTd } from './client';

const TEST_MS = 15_000;

/**
 * Sends an empty object, which is no event: if TD refuses it, TD is there.
 *
 * TD documents no harmless call and no answer for a wrong key, so the key itself is judged only if TD
 * answers with HTTP 401 or 403.
 *
 * @param data the decrypted credential
 */
export async function testTdCredential(data: unknown): Promise<CredentialVerdict> {
	try {
		await connectTd(data).probe(Deadline.in(TEST_MS));
		const message = 'TD is reachable; the key was not checked, because TD has no call for that';
		return { ok: true, message };
	} catch (error) {
		if (!(error instanceof Fault)) {
			return { ok: false, message: 'The credential could not be tested' };
		}
		return { ok: false, message: `${error.message}. ${error.advice}` };
	}
}
