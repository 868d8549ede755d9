/** The settings that every operation has under Options. */
import { type Fields, flag, json, number, type SettingsOf } from '../fields/field';
import { isRecord } from '../base/json';

/** Name of the switch for a run that sends nothing. */
export const DRY_RUN = 'dryRun';

/** Each process opens 64 connections for reads and 64 for writes; more requests only wait. */
const MOST_AT_ONCE = 1_000;

/** Name of the switch for resolving simple expressions without n8n. */
const DIRECTLY = 'resolveDirectly';

/**
 * Whether to resolve simple expressions from the items.
 *
 * @param options the options as saved. The switch is not evaluated, so an expression counts as off.
 */
export function resolvesDirectly(options: unknown): boolean {
	return options === undefined || (isRecord(options) && (options[DIRECTLY] ?? true) === true);
}

/** Added to every write and event, so that none can lack it. */
const dryRunOption = {
	[DRY_RUN]: flag('Dry Run', {
		neverEmpty: true,
		description:
			'Whether to check everything and send nothing. The output shows the request as it would leave, byte for byte, and whether the order or event was sent before.',
	}),
};

/**
 * All settings of an operation under Options.
 *
 * @param common those of all operations of its vendor
 */
export function optionFieldsOf(
	{ kind, options = {} }: { kind: string; options?: Fields },
	common: Fields,
): Fields {
	return { ...common, ...(kind === 'read' ? {} : dryRunOption), ...options };
}

/** @param vendor as the panel names it */
export function commonOptions(vendor: 'TW' | 'TD') {
	return {
		concurrency: number('Concurrency', {
			initial: 10,
			always: 10,
			whole: true,
			above: 0,
			max: MOST_AT_ONCE,
			description: `How many requests to ${vendor} may be under way at once`,
		}),
		extraFields: json('Additional Fields (JSON)', {
			description: `A JSON object whose members are added to the body, in ${vendor}'s own field names; they replace members of the same name`,
		}),
		[DIRECTLY]: flag('Fast Expressions', {
			always: true,
			description:
				"Whether to take the values of simple expressions from the items themselves, which is much faster than evaluating them: <code>{{ $json.some.path }}</code>, the same of another node's item, alone or between texts. The values are the same; turn this off to let n8n evaluate every expression.",
		}),
		timeout: number('Timeout', {
			initial: 60,
			always: 60,
			above: 0,
			max: 3_600,
			unit: 'seconds',
			description: `Seconds that one item may take at ${vendor}, repeated tries included`,
		}),
	};
}

export type CommonFields = ReturnType<typeof commonOptions> & typeof dryRunOption;

export type CommonSettings = SettingsOf<CommonFields>;
