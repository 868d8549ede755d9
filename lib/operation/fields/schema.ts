/** Compiles a field list into a zod schema that checks a wire body and brings it into the wire's types. */
import * as z from 'zod/v4';
import { isRecord } from '../../base/json-value';
import type { Field, Fields, GroupField, NumberField, Surroundings } from './model';

type Check = z.core.$ZodType;

/**
 * The schema of a body. Unknown members pass; members of a known name are checked.
 *
 * Messages are the end of a sentence whose subject is the field: "is empty", "must be …".
 */
export function schemaOf(
	fields: Fields,
	surroundings: Surroundings,
): z.ZodType<Record<string, unknown>> {
	return objectSchema({ fields }, surroundings);
}

function objectSchema(
	{ fields, rule }: Pick<GroupField, 'fields' | 'rule'>,
	surroundings: Surroundings,
): z.ZodType<Record<string, unknown>> {
	const members = Object.entries(fields).map(([name, field]) => {
		const check = checkOf(field, surroundings);
		const isAsked = field.grade === 'required' && !field.when;
		return [name, isAsked ? check : absentOr(check)] as const;
	});
	const askedAtTimes = Object.entries(fields).filter(
		([, { grade, when }]) => grade === 'required' && when,
	);
	// What zod gives is an object of its own, so it is finished in place
	return z
		.looseObject(Object.fromEntries(members), { error: 'must be an object' })
		.transform((value, context) => {
			dropUndefined(value);
			const missing = askedAtTimes.filter(
				([name, field]) => value[name] === undefined && isShown(field, value),
			);
			for (const [name, field] of missing) {
				const message = field.kind === 'list' ? emptyList(field.itemLabel) : 'is empty';
				context.addIssue({ code: 'custom', path: [name], message });
			}
			if (missing.length > 0) return z.NEVER;
			const problem = rule?.(value, surroundings);
			if (!problem) return value;
			context.addIssue({ code: 'custom', path: [problem.member], message: problem.reason });
			return z.NEVER;
		});
}

/** A field that is hidden can't be asked for. */
const isShown = ({ when }: Field, value: Record<string, unknown>) =>
	!when || when.is.some((wanted) => wanted === value[when.field]);

/**
 * null counts as not given: the vendors document no null in a request.
 *
 * The outer `optional` tells zod not to make a member of what is absent, which would have to be
 * deleted again, and an object that lost a member is slow from then on.
 */
function absentOr(check: Check): Check {
	const orNull = (value: unknown) => (value === null ? undefined : value);
	return z.preprocess(orNull, z.optional(check)).optional();
}

function dropUndefined(value: Record<string, unknown>): void {
	for (const name of Object.keys(value)) if (value[name] === undefined) delete value[name];
}

function checkOf(field: Field, surroundings: Surroundings): Check {
	switch (field.kind) {
		case 'text':
			return textCheck(field.grade === 'required', field.check);
		case 'locator':
			return textCheck(field.grade === 'required');
		case 'number':
			return numberCheck(field);
		case 'flag':
			return flagCheck(field.wire);
		case 'choice':
			return field.open
				? textCheck(field.grade === 'required')
				: z.enum(field.options.map((option) => option.value) as [string, ...string[]], {
						error: ({ input }) =>
							isAbsent(input)
								? 'is empty'
								: `must be one of ${field.options.map((option) => option.value).join(', ')}`,
					});
		case 'moment':
			return momentCheck(field.wire, surroundings);
		case 'day':
			return momentCheck('iso', surroundings).transform((iso) => String(iso).slice(0, 10));
		case 'codes':
			return z
				.array(textCheck(true), {
					error: ({ input }) => (isAbsent(input) ? 'is empty' : 'must be a list of texts'),
				})
				.refine((codes) => codes.length > 0 || field.grade !== 'required', 'is empty');
		case 'texts':
			return z.array(textCheck(false), { error: 'must be a list of texts' });
		case 'group':
			return z.preprocess(
				// A required group that is missing is named by its first missing member.
				(value) => (value === undefined && field.grade === 'required' ? {} : value),
				objectSchema(field, surroundings),
			);
		case 'list':
			return z
				.array(objectSchema(field, surroundings), { error: listProblem(field.itemLabel) })
				.refine(
					(entries) => entries.length > 0 || field.grade !== 'required',
					emptyList(field.itemLabel),
				);
		case 'json':
		case 'map':
			// Not z.record, which asks the value's own `constructor` whether it is an object.
			return z.custom<Record<string, unknown>>(isRecord, {
				error: ({ input }) => (isAbsent(input) ? 'is empty' : 'must be an object'),
			});
		case 'either':
			return eitherCheck(field, surroundings);
	}
}

const emptyList = (itemLabel: string) => `must have at least one ${itemLabel.toLowerCase()}`;
const listProblem =
	(itemLabel: string) =>
	({ input }: { input?: unknown }) =>
		isAbsent(input) ? emptyList(itemLabel) : 'must be a list';

// Checks of single values are one step each: items have many fields, and every step of zod's costs.

function textCheck(required: boolean, check?: (value: string) => string | undefined): Check {
	return step((given) => {
		// Order numbers often come as numbers from a shop.
		const value = typeof given === 'number' && Number.isFinite(given) ? String(given) : given;
		if (isAbsent(value)) return { reason: 'is empty' };
		if (typeof value !== 'string') return { reason: 'must be text' };
		const reason = required && value.trim() === '' ? 'is empty' : check?.(value);
		return reason ? { reason } : { value };
	});
}

function numberCheck(limits: NumberField): Check {
	return step((given) => {
		const isText = typeof given === 'string' && given.trim() !== '';
		const value = isText && Number.isFinite(Number(given)) ? Number(given) : given;
		if (isAbsent(value)) return { reason: 'is empty' };
		if (typeof value !== 'number' || !Number.isFinite(value)) return { reason: 'must be a number' };
		const reason = numberProblem(value, limits);
		return reason ? { reason } : { value };
	});
}

/** A check that brings a value into its wire form, or says why it can't be. */
function step(read: (given: unknown) => { value: unknown } | { reason: string }): Check {
	// zod's own `transform` is the same with methods that nothing here uses, made anew for every value
	return new z.core.$ZodTransform({
		type: 'transform',
		transform: (given: unknown, { issues }) => {
			const result = read(given);
			if ('value' in result) return result.value;
			issues.push({ code: 'custom', message: result.reason, input: given });
			return z.NEVER;
		},
	});
}

function numberProblem(
	value: number,
	limits: { whole?: boolean | undefined; min?: number | undefined; above?: number | undefined },
): string | undefined {
	if (limits.above !== undefined && value <= limits.above) {
		return `must be greater than ${limits.above}`;
	}
	if (limits.min !== undefined && value < limits.min) return `must be at least ${limits.min}`;
	if (limits.whole && !Number.isSafeInteger(value)) return 'must be a whole number';
	return undefined;
}

function flagCheck(wire: { true: number; false: number } | undefined): z.ZodType {
	const words: ReadonlyArray<readonly [unknown, boolean]> = [
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		[1, true],
		[0, false],
	];
	return z.unknown().transform((value, context) => {
		const known = words.find(([word]) => word === value);
		if (!known) {
			context.addIssue({
				code: 'custom',
				message: isAbsent(value) || value === '' ? 'is empty' : 'must be true or false',
			});
			return z.NEVER;
		}
		if (!wire) return known[1];
		return known[1] ? wire.true : wire.false;
	});
}

function momentCheck(wire: 'iso' | 'epochMs', { readTime, zone }: Surroundings): z.ZodType {
	return z.unknown().transform((value, context) => {
		const time = readTime(value, zone);
		if (!time) {
			context.addIssue({
				code: 'custom',
				message: isAbsent(value) || value === '' ? 'is empty' : 'is not a date',
			});
			return z.NEVER;
		}
		return wire === 'iso' ? time.iso : time.epochMs;
	});
}

function eitherCheck(
	field: Extract<Field, { kind: 'either' }>,
	surroundings: Surroundings,
): z.ZodType {
	const text = textCheck(true, field.text.field.check);
	const object = objectSchema(field.group.field, surroundings);
	return z.unknown().transform((value, context) => {
		const forObject = typeof value === 'object' && value !== null;
		const missing = isAbsent(value) || value === '';
		const parsed = missing ? undefined : z.safeParse(forObject ? object : text, value);
		if (parsed?.success) return parsed.data;
		for (const issue of parsed?.error.issues ?? [emptyEither(field)]) {
			context.addIssue({ code: 'custom', path: [...issue.path], message: issue.message });
		}
		return z.NEVER;
	});
}

const emptyEither = (field: Extract<Field, { kind: 'either' }>) => ({
	path: [] as PropertyKey[],
	message: `is empty: give a ${field.text.name.toLowerCase()} or an ${field.group.name.toLowerCase()}`,
});

function isAbsent(value: unknown): boolean {
	return value === undefined || value === null;
}
