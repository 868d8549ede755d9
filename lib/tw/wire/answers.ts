/**
 * The members of TW's answers that we read; all others are kept and passed on. TW mixes text and numbers
 * for the same field, even in its own examples, so both are accepted.
 */
import * as z from 'zod/v4';
import { BadAnswerFault, NotFoundFault } from '../../base/errors';
import { isRecord } from '../../base/json';
import { decimalText } from '../../base/money';

const id = z.union([z.string().min(1), z.number()]).transform(String);
const whole = z.union([
	z.number().int(),
	z
		.string()
		.regex(/^-?\d+$/)
		.transform(Number),
]);
/** TW sends amounts as text in one answer and as a number in another. */
export const amount = z.union([z.string(), z.number()]);

/** A member without which an answer is as good: of another type it counts as not given. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

/** A tracking number; null where there is none: `""`, `0`. */
const trackingNumber = optional(
	z.union([z.string(), z.number().refine(Number.isSafeInteger).transform(String)]),
).transform((number) => (/[^\s0]/.test(number ?? '') ? number!.trim() : null));

/** Of a time stamp that is not set; the last is zero as databases write it. */
const NO_TIME = /^[^1-9]*$|^(-|1970-01-01)/;

/** A time stamp; null where TW says in one way or another that there is none, such as `0000-00-00 00:00:00`. */
const time = optional(z.union([z.string(), z.number().transform(String)])).transform((at) =>
	NO_TIME.test(at ?? '') ? null : at,
);

/** A list; PHP backends send one with gaps as an object map. */
export const list = z.union([
	z.array(z.unknown()),
	z.record(z.string(), z.unknown()).transform((map): unknown[] => Object.values(map)),
]);

const children = list
	.nullish()
	.catch(null)
	.transform((boxes) => (boxes ?? []).filter(isRecord))
	.pipe(z.array(z.looseObject({ tracking_number: trackingNumber })));

/** `data` of orderCheck [documented]. */
export const orderCheckData = z.looseObject({
	request_id: id.nullish(),
	no: id.nullish(),
	/** Their type is not documented: texts, objects or an object map. */
	errors: z.unknown().optional(),
	status: whole,
});
export type OrderCheckData = z.infer<typeof orderCheckData>;

/** The members of orderInfo's `data` that we use [documented]; `children` has more, not seen. */
export const orderInfoData = z.looseObject({
	no: id,
	is_prod: optional(z.boolean()),
	tracking_number: trackingNumber,
	practical_boxes_number: optional(whole),
	charge_weight: optional(amount),
	charge_weight_unit: optional(z.string()),
	charge_amount: optional(amount),
	charge_total_amount: optional(amount),
	removing_at: time,
	removed_at: time,
	real_removed_at: time,
	status: optional(whole),
	children,
});
export type OrderInfoData = z.infer<typeof orderInfoData>;

/**
 * `data` of getBill and getBillInfo: a pager [documented]; `per_page` comes as text. ASSUMED: a plain list, or
 * nothing, for one without pages.
 */
export const pagerData = z.preprocess(
	(data) => (Array.isArray(data) || data === null ? { data: (data ?? []) as unknown[] } : data),
	z.looseObject({
		current_page: optional(whole),
		data: list.transform((entries) => entries.filter(isRecord)),
		last_page: optional(whole),
	}),
);

/**
 * Reads `data` by a schema.
 *
 * @throws {BadAnswerFault} naming the member that is not as documented
 */
export function readData<T extends z.ZodType>(schema: T, data: unknown, what: string): z.output<T> {
	const parsed = schema.safeParse(data);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const member = issue && issue.path.length > 0 ? `'${issue.path.join('.')}'` : "'data'";
	throw new BadAnswerFault(
		`TW's answer to '${what}' is not as documented: ${member} is missing or of another type`,
		'Run the node again. If it fails again, ask TW whether the answer has changed.',
	);
}

/** Whether a fault is TW's own 404, for which nothing is there; a proxy's page is not. ASSUMED: its envelope. */
export function isNoData(error: unknown): boolean {
	if (!(error instanceof NotFoundFault)) return false;
	const { code, vendorMessage } = error.facts;
	return code === undefined ? vendorMessage !== undefined : code === 404;
}

/** The order number that an entry gives. */
export const numberIn = ({ no }: Record<string, unknown>): string | undefined =>
	typeof no === 'string' || typeof no === 'number' ? String(no) : undefined;

/** The state from states.ts that an entry gives. PHP backends also send numbers as text. */
export function stateIn({ status }: Record<string, unknown>): number | undefined {
	const state = Number(decimalText(status));
	return Number.isInteger(state) ? state : undefined;
}

/** TW's `errors` of any shape in one line; empty if there are none. */
export function errorsText(errors: unknown): string {
	if (typeof errors === 'string') return errors;
	if (Array.isArray(errors)) return errors.map(errorsText).filter(Boolean).join('; ');
	if (isRecord(errors)) {
		const named = Object.entries(errors).map(([name, value]) => [name, errorsText(value)]);
		return named.flatMap(([name, text]) => (text ? [`${name}: ${text}`] : [])).join('; ');
	}
	return typeof errors === 'number' || typeof errors === 'boolean' ? String(errors) : '';
}
