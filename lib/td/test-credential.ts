/** Tries a TD credential out, as far as that can be done without reporting an event. */
import { Fault } from '../base/errors';
import { Deadline } from '../base/deadline';
import { readTdAccount } from './account';
import { TdClient } from './client';

export interface CredentialVerdict {
	ok: boolean;
	message: string;
}

const TEST_MS = 15_000;

/**
 * Sends an empty object, which TD must refuse because it is no event: that shows that TD is there.
 *
 * TD documents no harmless call and no answer for a wrong key, so the key itself is not judged unless
 * TD answers with HTTP 401 or 403.
 *
 * @param data the decrypted credential
 */
export async function testTdCredential(data: unknown): Promise<CredentialVerdict> {
	try {
		await new TdClient(readTdAccount(data)).probe(Deadline.in(TEST_MS));
		return {
			ok: true,
			message: 'TD is reachable; the key was not checked, because TD has no call for that',
		};
	} catch (error) {
		return {
			ok: false,
			message:
				error instanceof Fault
					? `${error.message}. ${error.advice}`
					: 'The credential could not be tested',
		};
	}
}
