import { asFault, type Fault, RegisterFault } from '../base/errors';

/**
 * Records what became of a send. The vendor's answer stands whether or not it can be recorded, so that
 * it can't is a remark and no fault: the claim stays, and a later execution finds it open.
 *
 * @returns the remark, if there is one
 */
export async function recorded(recording: Promise<void>): Promise<string | undefined> {
	try {
		await recording;
		return undefined;
	} catch (error) {
		if (!(error instanceof RegisterFault)) throw asFault(error);
		return `This could not be recorded, so a later execution will find it open. (${error.message})`;
	}
}

/**
 * Why a send failed, for the register: the cause and the vendor's codes. Not its words, which may repeat
 * an address or a name.
 */
export function reasonOf({ kind, facts: { httpStatus, code } }: Fault): string {
	const isCode = typeof code === 'number' || /^[\w.-]{1,40}$/.test(code ?? '');
	return [kind, httpStatus && `HTTP ${httpStatus}`, isCode && `code ${code}`]
		.filter(Boolean)
		.join(', ');
}
