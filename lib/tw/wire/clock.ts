/** TW signs with the time, so a wrong clock looks like a wrong key. */
import { clockAhead, clockWords, WORTH_MENTIONING_MS } from '../../base/clock';

/**
 * What to tell the user about the host's clock, compared with the answer's Date header.
 *
 * @param nowMs this host's clock, milliseconds since 1970 UTC
 * @returns undefined if the clocks agree or the vendor sent no date
 */
export function clockAdvice(headers: Record<string, string>, nowMs: number): string | undefined {
	const ahead = clockAhead(headers, nowMs);
	if (ahead === undefined || Math.abs(ahead) < WORTH_MENTIONING_MS) return undefined;
	return `The clock of the n8n host is ${clockWords(ahead)} TW's, and TW's signature holds the time: set the clock first. Only if that does not help, check the keys.`;
}
