/** That no answer came, in words that name no host. */
import { BrokenFault, type Fault, TimedOutFault, UnreachableFault } from './errors';

export function noAnswer(fault: Fault): { finding: string; advice: string } {
	// A system's code, such as ECONNREFUSED, says more than any words
	const [, code] = /\(([A-Z][A-Z_]{3,})\)/.exec(fault.message) ?? [];
	return {
		finding: `No answer came: ${reasonOf(fault)}${code ? ` (${code})` : ''}.`,
		advice:
			'Check the base URL of the credential, the network of the n8n host and its proxy settings; or run this again later.',
	};
}

function reasonOf(fault: Fault): string {
	if (fault instanceof UnreachableFault) return 'no connection could be made';
	if (fault instanceof TimedOutFault) return 'there was none in time';
	if (fault instanceof BrokenFault) return 'the connection broke';
	return 'it could not be received';
}
