import type { JsonObject } from '../base/json-value';

/** What a register would do about a send, as a dry run tells it. */
export interface Foresight extends JsonObject {
	/**
	 * Send it; output what an earlier one came to; ask the vendor what became of an earlier one; wait for
	 * one that is being sent; fail.
	 */
	would: 'send' | 'output' | 'ask' | 'wait' | 'fail';
	/** The same in a sentence for the user. */
	says: string;
}
