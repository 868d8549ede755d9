/** Settings that every operation has under Options. */
import { type Fields, json, number } from './fields/model';

export interface CommonSettings {
	concurrency: number;
	/** Seconds. */
	timeout: number;
	/** Members that the user adds to the body. */
	extraFields?: Record<string, unknown>;
}

/** @param vendor for the words in the panel */
export function commonOptions(vendor: 'TW' | 'TD'): Fields {
	return {
		concurrency: number('Concurrency', {
			initial: 10,
			always: 10,
			whole: true,
			above: 0,
			description: `How many requests to ${vendor} may be under way at once`,
		}),
		extraFields: json('Additional Fields (JSON)', {
			description: `A JSON object whose members are added to the body, in ${vendor}'s own field names; they replace members of the same name`,
		}),
		timeout: number('Timeout', {
			initial: 60,
			always: 60,
			above: 0,
			description: `Seconds that one item may take at ${vendor}, repeated tries included`,
		}),
	};
}
