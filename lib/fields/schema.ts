/** Compiles a field list into a zod schema that checks a wire body and brings it into the wire's types. */
import * as z from 'zod/v4';
import { isRecord, isUnset, trimmed } from '../base/json';
import type {
	CheckContext,
	EitherField,
	Field,
	Fields,
	GroupField,
	ListField,
	NumberField,
	TextField,
} from './field';

type Members = Record<string, unknown>;

/**
 * The schema of a body. Unknown members pass; members of a known name are checked.
 *
 * Messages are the end of a sentence about the field: "is empty", "must be …".
 */
export function schemaOf(fields: Fields, context: CheckContext): z.ZodType<Members> {
	return objectSchema({ fields }, context);
}

function objectSchema(
	{ fields, rule }: Pick<GroupField, 'fields' | 'rule'>,
	context: CheckContext,
): z.ZodType<Members> {
	const members = Object.entries(fields).map(([name, field]) => {
		const check = checkOf(field, context);
		return [name, isAlwaysAsked(field, context) ? check : unsetOr(check, field)] as const;
	});
	const askedAtTimes = Object.entries(fields).filter(
		([, { grade, when }]) => grade === 'required' && when,
	);
	const isMissing = (value: Members, name: string, { when }: Field) =>
		// A hidden field can't be asked for
		(value[name] === undefined || isNoEntry(value[name])) &&
		when!.is.some((wanted) => wanted === value[when!.field]);
	return z
		.looseObject(Object.fromEntries(members), { error: 'must be an object' })
		.transform((value, ctx) => {
			// zod gives a new object, so it is finished in place
			for (const name of Object.keys(value)) if (value[name] === undefined) delete value[name];
			const missing = askedAtTimes.filter(([name, field]) => isMissing(value, name, field));
			const problem = missing.length > 0 ? undefined : rule?.(value, context);
			for (const [name, field] of missing) {
				const message = field.kind === 'list' ? emptyList(field) : EMPTY;
				ctx.addIssue({ code: 'custom', path: [name], message });
			}
			if (problem) {
				ctx.addIssue({ code: 'custom', path: [problem.member], message: problem.reason });
			}
			return missing.length > 0 || problem ? z.NEVER : value;
		});
}

/**
 * null and blank text count as not given: the vendors document neither in a request, except the blanks that
 * their examples always send. So does a group of nothing else, as in the editor.
 *
 * With the outer `optional` zod makes no member for an absent value. It would have to be deleted again, and an
 * object that lost a member stays slow.
 */
function unsetOr(check: z.ZodType, field: Field): z.ZodType {
	const orUnset = (value: unknown) => {
		if (isAbsent(value)) return undefined;
		return !field.neverEmpty && isNothing(field, value) ? field.always : value;
	};
	return z.preprocess(orUnset, z.optional(check)).optional();
}

function isNothing(field: Field | undefined, value: unknown): boolean {
	if (isUnset(value)) return field !== undefined;
	if (field?.kind !== 'group' || !isRecord(value)) return false;
	const { fields } = field;
	const isNone = (name: string) =>
		isNothing(Object.hasOwn(fields, name) ? fields[name] : undefined, value[name]);
	const names = Object.keys(value);
	return names.length > 0 && names.every(isNone);
}

const isAlwaysAsked = ({ grade, when, askedBy }: Field, { inJson }: CheckContext) =>
	grade === 'required' && !when && !(askedBy === 'panel' && inJson);

const isNoMember = (value: unknown) => isRecord(value) && Object.keys(value).length === 0;

const isNoEntry = (value: unknown) => Array.isArray(value) && value.length === 0;

function checkOf(field: Field, context: CheckContext): z.ZodType {
	const isAsked = isAlwaysAsked(field, context);
	switch (field.kind) {
		case 'text':
			return textCheck(isAsked, field);
		case 'locator':
			return textCheck(isAsked);
		case 'number':
			return numberCheck(field);
		case 'flag':
			return flagCheck(field.wire);
		case 'choice':
			return field.open ? textCheck(isAsked) : choiceCheck(field.options.map(({ value }) => value));
		case 'moment':
			return timeCheck(context, '2026-12-31 14:30', (time) =>
				field.wire === 'iso' ? time.iso : time.epochMs,
			);
		case 'day':
			return timeCheck(context, '2026-12-31', ({ iso }) => iso.slice(0, 10));
		case 'codes':
			return z
				.array(textCheck(true, { names: true }), { error: orEmpty('must be a list of texts') })
				.refine((codes) => codes.length > 0 || !isAsked, EMPTY);
		case 'texts':
			return z.preprocess(
				(value) => (Array.isArray(value) ? value.filter((one) => !isUnset(one)) : value),
				z.array(textCheck(false), { error: 'must be a list of texts' }),
			);
		case 'group':
			return z.preprocess(
				// For a required group that is missing, the message names its first required member.
				(value) => (isUnset(value) && isAsked ? {} : value),
				objectSchema(field, context),
			);
		case 'list':
			return z
				.array(objectSchema(field, context), {
					error: orEmpty('must be a list', emptyList(field)),
				})
				.refine((entries) => entries.length > 0 || !isAsked, emptyList(field));
		case 'json':
		case 'map':
			// Not z.record, which asks the value's own `constructor` whether it is an object.
			return z.custom<Members>(isRecord, { error: orEmpty('must be an object') });
		case 'either':
			return eitherCheck(field, context);
	}
}

/** How a check says that there is no value. */
export const EMPTY = 'is empty';

const emptyList = ({ itemLabel }: ListField) => `must have at least one ${itemLabel.toLowerCase()}`;

/** Why a value is refused: there is none, or the given reason. */
const orEmpty =
	(reason: string, empty = EMPTY) =>
	({ input }: { input?: unknown }) =>
		isUnset(input) ? empty : reason;

// Single values are checked in one step each: items have many fields, and every step of zod costs time.

class Refused {
	constructor(readonly reason: string) {}
}

/** A check that brings a value into its wire form, or refuses it. */
function step(read: (given: unknown) => unknown): z.ZodType {
	return z.transform((input: unknown, { issues }) => {
		const value = read(input);
		if (!(value instanceof Refused)) return value;
		issues.push({ code: 'custom', message: value.reason, input });
		return z.NEVER;
	});
}

/** Beyond 2^53 a number has lost digits, and as text it may be one like 9.4e+21. */
const INEXACT =
	'is a number too long to be exact, so digits may be lost. Make it text where it comes from: in a sheet format the column as text before it is filled in, in JSON put it in quotes';

const isExact = (value: number) =>
	Number.isSafeInteger(value) || (!Number.isInteger(value) && !String(value).includes('e'));

/** Control and format characters, which no one sees: zero-width and bidi marks, tabs, line breaks. */
const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}`;
/** Half a character too, which no text on the wire can hold. */
const INSIDE = new RegExp(String.raw`[${UNSEEN}\p{Cs}]`, 'u');
/** What a sheet or an expression makes of a number that is too long, also behind a prefix. */
const SCIENTIFIC = /\d[.,]\d+e\+?\d+\s*$|\de\+\d+\s*$/i;
/** As most numbers of orders are. */
const PLAIN = /^[\w.-]*$/;

/** Why a number that names something can't be used. */
function wrongName(name: string): string | undefined {
	if (SCIENTIFIC.test(name)) return INEXACT;
	if (PLAIN.test(name)) return undefined;
	const at = name.search(INSIDE);
	if (at < 0) return undefined;
	const code = name.codePointAt(at)!.toString(16).toUpperCase().padStart(4, '0');
	return `has an invisible character (U+${code}) after '${name.slice(Math.max(0, at - 20), at)}'. Type it anew`;
}

/** No text that people write goes out with blanks around it: they are never meant, and a postcode with one is no postcode. */
const textCheck = (
	isAsked: boolean,
	{ form, check, names, isOpaque }: Pick<TextField, 'form' | 'check' | 'names' | 'isOpaque'> = {},
) =>
	step((input) => {
		// Order numbers often come as numbers from a shop.
		const isNumber = typeof input === 'number' && Number.isFinite(input);
		if (isNumber && !isExact(input)) return new Refused(INEXACT);
		const value = isNumber ? String(input) : input;
		if (isAbsent(value)) return new Refused(EMPTY);
		if (typeof value !== 'string') return new Refused('must be text');
		if (isAsked && isUnset(value)) return new Refused(EMPTY);
		const given = isOpaque ? value : trimmed(value);
		const text = form ? form.read(given) : given;
		if (text === undefined) return new Refused(form!.wrong);
		const reason = (names && wrongName(text)) || check?.(text);
		return reason ? new Refused(reason) : text;
	});

const numberCheck = ({ above, min, max, unit, whole }: NumberField) =>
	step((given) => {
		if (isUnset(given)) return new Refused(EMPTY);
		const text = typeof given === 'string' ? trimmed(given) : undefined;
		const isDigits = text !== undefined && Number.isFinite(Number(text)) && !/^0[xob]/i.test(text);
		const value = isDigits ? Number(text) : given;
		if (typeof value !== 'number' || !Number.isFinite(value)) {
			return new Refused('must be a number');
		}
		if (above !== undefined && value <= above) return new Refused(`must be greater than ${above}`);
		if (min !== undefined && value < min) return new Refused(`must be at least ${min}`);
		if (max !== undefined && value > max) {
			return new Refused(`must be at most ${max}${unit ? `; it is in ${unit}` : ''}`);
		}
		if (whole && !Number.isSafeInteger(value)) return new Refused('must be a whole number');
		return value;
	});

const YES: readonly unknown[] = [true, 'true', 1];
const NO: readonly unknown[] = [false, 'false', 0];

const flagCheck = (wire: { true: unknown; false: unknown } = { true: true, false: false }) =>
	step((given) => {
		if (YES.includes(given)) return wire.true;
		if (NO.includes(given)) return wire.false;
		return new Refused(isUnset(given) ? EMPTY : 'must be true or false');
	});

const choiceCheck = (values: string[]) =>
	step((given) => {
		if (typeof given === 'string' && values.includes(given)) return given;
		return new Refused(isUnset(given) ? EMPTY : `must be one of ${values.join(', ')}`);
	});

const timeCheck = (
	{ readTime, zone }: CheckContext,
	example: string,
	onWire: (time: { iso: string; epochMs: number }) => unknown,
) =>
	step((given) => {
		const time = readTime(given, zone);
		if (time) return onWire(time);
		if (isUnset(given)) return new Refused(EMPTY);
		return new Refused(
			`is no date that can be read; write it with the year first, such as ${example}`,
		);
	});

function eitherCheck({ text, group }: EitherField, context: CheckContext): z.ZodType {
	const code = textCheck(true, text.field);
	const object = objectSchema(group.field, context);
	const names = [text, group].map(({ field }) => field.label.toLowerCase());
	return z.transform((input: unknown, { issues }) => {
		if (isNothing(group.field, input) || isNoMember(input)) {
			const message = `is empty: give a ${names[0]} or an ${names[1]}`;
			issues.push({ code: 'custom', message, input });
			return z.NEVER;
		}
		const parsed = z.safeParse(typeof input === 'object' ? object : code, input);
		if (parsed.success) return parsed.data;
		for (const { path, message } of parsed.error.issues) {
			issues.push({ code: 'custom', path, message, input });
		}
		return z.NEVER;
	});
}

const isAbsent = (value: unknown) => value === undefined || value === null;
