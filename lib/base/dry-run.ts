/** A dry run: everything is checked, nothing is sent, and what would have been is shown. */
import { NotSentFault } from './errors';

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

/** A client of a dry run sends no write, whoever asks it to, and reads only if the dry run asks. */
export const heldBack = () =>
	new NotSentFault('Nothing was sent or asked, because this is a dry run', "Turn 'Dry Run' off.");
