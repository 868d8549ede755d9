/** Settings that every operation has under Options. */
import { type Fields, flag, json, number } from './fields/model';
import { isRecord } from '../base/json-value';
import type { AnyOperation } from './operation';

/** Name of the switch for a run that sends nothing. */
export const DRY_RUN = 'dryRun';

export interface CommonSettings {
	/** Of writes and events. */
	[DRY_RUN]?: boolean;
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

/** What every write and every event has besides, so that none can be without. */
const dryRunOption: Fields = {
	[DRY_RUN]: flag('Dry Run', {
		neverEmpty: true,
		description:
			'Whether to check everything and send nothing. The output shows the request as it would leave, byte for byte, and whether the order or event was sent before.',
	}),
};

/**
 * All settings that an operation has under Options.
 *
 * @param common those that all operations of its vendor have
 */
export function optionFieldsOf(
	{ kind, options = {} }: Pick<AnyOperation<never>, 'kind' | 'options'>,
	common: Fields,
): Fields {
	return { ...common, ...(kind === 'read' ? {} : dryRunOption), ...options };
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
				"Whether to take the values of simple expressions from the items themselves, which is much faster than evaluating them: <code>{{ $json.some.path }}</code>, the same of another node's item, alone or between texts. The values are the same; turn this off to let n8n evaluate every expression.",
		}),
		timeout: number('Timeout', {
			initial: 60,
			always: 60,
			above: 0,
			description: `Seconds that one item may take at ${vendor}, repeated tries included`,
		}),
	};
}
