/** Settings that every operation has under Options. */
import { type Fields, flag, json, number } from './fields/model';
import { isRecord } from './json-value';

export interface CommonSettings {
	concurrency: number;
	/** Seconds. */
	timeout: number;
	/** Members that the user adds to the body. */
	extraFields?: Record<string, unknown>;
}

/** Name of the switch for expressions that can be resolved without n8n. */
const DIRECTLY = 'resolveDirectly';

/**
 * Whether simple expressions are to be resolved from the items.
 *
 * @param options the options as saved. The switch is not evaluated: what is an expression is off.
 */
export function resolvesDirectly(options: unknown): boolean {
	return options === undefined || (isRecord(options) && (options[DIRECTLY] ?? true) === true);
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
		[DIRECTLY]: flag('Resolve Simple Expressions Directly', {
			always: true,
			description:
				'Whether to take the value of a lone <code>{{ $json.some.path }}</code> from the item itself, which is much faster than evaluating it. The value is the same; turn this off to let n8n evaluate every expression.',
		}),
		timeout: number('Timeout', {
			initial: 60,
			always: 60,
			above: 0,
			description: `Seconds that one item may take at ${vendor}, repeated tries included`,
		}),
	};
}
