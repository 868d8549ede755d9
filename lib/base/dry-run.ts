/** A dry run: everything is checked, nothing is sent, and what would have been is shown. */
import { Fault } from './errors';
import type { JsonObject } from './json-value';

/** A request as it would have left; what is secret in its address and headers is masked. */
export interface ShownRequest {
	method: 'POST';
	url: string;
	headers: Record<string, string>;
	/** The text, byte for byte. */
	body: string;
}

/** What a client may do in a dry run. */
export interface DryRun {
	/** Reads may leave: prices are to be asked for. */
	asks: boolean;
}

/**
 * A dry run has come to where a request would have left. It is no failure: on its way up others add what
 * they know, and the run puts it out.
 */
export class DryRunFault extends Fault {
	readonly kind = 'dry-run';

	constructor(
		readonly request: ShownRequest,
		/** What else there is to tell, by the names of the output's members. */
		readonly more: JsonObject = {},
	) {
		super('Nothing was sent, because this is a dry run', "Turn 'Dry Run' off to send it.");
	}

	with(more: JsonObject): DryRunFault {
		return new DryRunFault(this.request, { ...this.more, ...more });
	}
}
