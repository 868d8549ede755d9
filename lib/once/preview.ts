/** What a dry run shows: the request that would leave, and what the register would do about it. */
import type { ShownRequest } from '../base/dry-run';
import type { JsonObject } from '../base/json';
import type { OutcomeWord } from '../base/outcome';
import { redactValue } from '../base/redact';
import {
	sentBeforeFault,
	capitalised,
	changedFault,
	claimOf,
	senderOf,
	sentAt,
	verdictOn,
} from './claim';
import type { Send, SendOptions } from './send';

/** What the register would do about a send. */
export interface Preview extends JsonObject {
	/** `output`: show what became of an earlier send; `ask`: ask the vendor; `wait`: until another has sent it. */
	would: 'send' | 'output' | 'ask' | 'wait' | 'fail';
	/** The same in a sentence for the user. */
	says: string;
}

/**
 * What {@link claimSend} would do. Nothing is claimed, but the register of a dry run keeps what would be sent:
 * a later item with the same thing would find it sent.
 *
 * @throws {RegisterFault} if the register can't be asked: then nothing would be sent
 */
export async function preview(send: Send<unknown>, options: SendOptions): Promise<Preview> {
	const { deed = send.thing, then } = send;
	const { register } = options;
	const standing = await register.find(send.key);
	if (!standing || standing.state === 'failed') {
		if (!standing) await register.put(send.key, claimOf(send, options), {});
		const earlier = standing ? `was sent ${senderOf(standing)} and failed` : 'was not sent before';
		const says = `As far as is remembered, ${deed} ${earlier}: it would be sent.`;
		return { would: 'send', says: then ? `${says} ${then}` : says };
	}
	const is = `${capitalised(deed)} was already sent ${senderOf(standing)}`;
	const who = { execution: standing.execution || null, sent_at: sentAt(standing) };
	switch (verdictOn(send, standing, options)) {
		case 'resend':
			return {
				would: 'send',
				says: `${is}. It would be sent again, and ${send.policy.twice}.`,
				...who,
			};
		case 'changed':
			return { would: 'fail', says: `${changedFault(send, standing).message}.`, ...who };
		case 'before':
			return { would: 'fail', says: `${sentBeforeFault(send, standing).message}.`, ...who };
		case 'busy': {
			const says = `${capitalised(deed)} is being sent ${senderOf(standing)}. It would be waited for, and not sent a second time.`;
			return { would: 'wait', says, ...who };
		}
		case 'accepted':
			return {
				would: 'output',
				says: `${is}. That would be output, and nothing would be sent.`,
				...who,
			};
		case 'lost': {
			const says = `${is}, and its answer was lost. It would not be sent.`;
			return { would: 'fail', says, ...who };
		}
		case 'ask': {
			const says = `${is}, and its answer was lost. ${send.policy.vendor} would be asked about it, and nothing would be sent.`;
			return { would: 'ask', says, ...who };
		}
	}
}

const MASKED = 'The body contains a secret of the credential, which is hidden here.';

/**
 * The item of a dry run.
 *
 * @param more further members of its output
 * @param redact masks the account's secrets, which a user may have put into the body
 */
export function dryRunItem(
	{ method, url, headers, body }: ShownRequest,
	{ remark, ...more }: JsonObject,
	redact: (text: string) => string,
): JsonObject {
	const text = redact(body);
	const remarks = [remark, text === body ? undefined : MASKED].filter(
		(one) => typeof one === 'string',
	);
	return {
		outcome: 'dry_run' satisfies OutcomeWord,
		...more,
		method,
		url,
		headers,
		body: redactValue(JSON.parse(body), redact) as JsonObject,
		body_text: text,
		...(remarks.length > 0 ? { remark: remarks.join(' ') } : {}),
	};
}
