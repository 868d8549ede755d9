/** Shows a defect of our own code in n8n's log: stack and causes, secrets masked. No user sees them. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Fault } from '../base/errors';
import { cutTo, type Redact } from '../base/redact';

export type LogHost = Pick<IExecuteFunctions, 'getNode' | 'logger'>;

/** An error's words may repeat a value of any length; characters. */
const MAX_LOGGED = 8_000;
const MAX_CAUSES = 5;

/** Items of one request share a defect, and its fault may be rephrased before it ends the run. */
const logged = new WeakSet<Error>();

/**
 * Logs the defect that a fault began with, if there is one, and only the first time.
 *
 * @param redact masks the secrets; without it only error names and code positions are logged
 */
export function logDefect(host: LogHost, { cause }: Fault, redact?: Redact): void {
	if (!cause || logged.has(cause)) return;
	logged.add(cause);
	const text = withCauses(cause)
		.map(redact ? stackOf : positionsOf)
		.join('\nCaused by: ');
	const safe = redact ? redact(text) : text;
	host.logger.error(
		`${host.getNode().name} met a defect of n8n-nodes-tw-td: ${cutTo(safe, MAX_LOGGED)}`,
	);
}

function withCauses(defect: Error): Error[] {
	const all = [defect];
	for (let { cause } = defect; cause instanceof Error && all.length <= MAX_CAUSES;) {
		all.push(cause);
		({ cause } = cause);
	}
	return all;
}

/** The message may have been changed after the stack was taken. */
const stackOf = ({ message, stack = '' }: Error) =>
	stack.includes(message) ? stack : `${message}\n${stack}`;

const positionsOf = ({ name, message, stack = '' }: Error) =>
	[name, ...(stack.replace(message, '').match(/^ +at .+$/gm) ?? [])].join('\n');
