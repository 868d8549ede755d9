import type { DryRunFault } from '../base/dry-run';
import { redactValue } from '../base/redact';
import type { Result } from './operation';
import type { OutcomeWord } from './outcome';

const MASKED = 'The body repeats a secret of the credential, which is hidden here.';

/**
 * The item of what a dry run shows: the request, and what else is told of it.
 *
 * @param redact masks the account's secrets, which a user may have put into the body
 */
export function shownItem(
	{ request, more }: DryRunFault,
	redact: (text: string) => string,
): Result {
	const { method, url, headers, body } = request;
	const text = redact(body);
	const outcome: OutcomeWord = 'dry_run';
	const { remark, ...rest } = more;
	const remarks = [remark, text === body ? undefined : MASKED]
		.filter((one) => typeof one === 'string')
		.join(' ');
	return {
		json: {
			outcome,
			...rest,
			method,
			url,
			headers,
			body: redactValue(JSON.parse(body), redact) as Result['json'],
			body_text: text,
			...(remarks ? { remark: remarks } : {}),
		},
	};
}
