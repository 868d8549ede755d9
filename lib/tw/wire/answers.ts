/**
 * The members of TW's answers that we read; all others are kept and passed on. TW mixes text and numbers
 * for the same field, even in its own examples, so both are accepted.
 */
import * as z from 'zod/v4';
import { BadAnswerFault, NotFoundFault } from '../../base/errors';
import { errorsText, isRecord } from '../../base/json';
import { decimalText } from '../../base/money';
import { stateText } from './states';

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

/** A tracking number, which every carrier's has digits; null where there is none: `""`, `0`, `N/A`, `pending`. */
const trackingNumber = optional(
	z.union([z.string(), z.number().refine(Number.isSafeInteger).transform(String)]),
).transform((number) => (/[1-9]/.test(number ?? '') ? number!.trim() : null));

/** No order was made before; milliseconds since 1970 UTC. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** TW's clock and zone are not known so well; milliseconds. */
const TOLERANCE_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * When something happened, as text; null if it has not: where TW says so in one way or another, such as
 * `0000-00-00 00:00:00` or `9999-12-31`, and where no one can tell when it was.
 */
const time = z.unknown().transform((given) => {
	// PHP's Carbon as an object
	const at = isRecord(given) ? given['date'] : given;
	if (typeof at !== 'string' && typeof at !== 'number') return null;
	const text = String(at).trim();
	const isEpoch = /^\d{10}(\d{3})?$/.test(text);
	const ms = isEpoch ? Number(text.padEnd(13, '0')) : Date.parse(text.replace(' ', 'T'));
	const isDated = isEpoch || /^\d{4}-\d\d-\d\d/.test(text);
	return isDated && ms >= EARLIEST_MS && ms <= Date.now() + TOLERANCE_MS ? text : null;
});

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
	(data) =>
		Array.isArray(data) || data === null ? { data: (data ?? []) as unknown[] } : pagerIn(data),
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

/** A pager may come inside `data` of another. */
const pagerIn = (data: unknown): unknown =>
	isRecord(data) && isRecord(data['data']) && 'data' in data['data'] ? pagerIn(data['data']) : data;

/** Whether a fault is TW's own 404, for which nothing is there; a proxy's page is not. ASSUMED: its envelope. */
export function isNoData(error: unknown): boolean {
	if (!(error instanceof NotFoundFault)) return false;
	const { code, vendorMessage } = error.facts;
	return code === undefined ? vendorMessage !== undefined : code === 404;
}

/** TW's request ids have this form; anything else is an order number. */
const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isRequestId = (name: string): boolean => REQUEST_ID.test(name);

/** The order number that an entry gives. */
export const numberIn = ({ no }: Record<string, unknown>): string | undefined =>
	typeof no === 'string' || typeof no === 'number' ? String(no) : undefined;

/** The state from states.ts that an entry gives. PHP backends also send numbers as text. */
export function stateIn({ status }: Record<string, unknown>): number | undefined {
	const state = Number(decimalText(status));
	return Number.isInteger(state) ? state : undefined;
}

/** TW's reason for a failure, anywhere in an answer: its errors, or its state. Empty if there is none. */
export function failureIn(data: unknown, depth: number): string {
	if (typeof data !== 'object' || data === null || depth === 0) return '';
	const own = isRecord(data) ? failureOf(data) : '';
	if (own) return own;
	for (const inner of Object.values(data)) {
		const failure = failureIn(inner, depth - 1);
		if (failure) return failure;
	}
	return '';
}

function failureOf(data: Record<string, unknown>): string {
	const { errors } = data;
	const said = errorsText(errors);
	if (said) return said;
	// Of an error that has no words
	if (Array.isArray(errors) && errors.some(isRecord)) return JSON.stringify(errors);
	const state = stateIn(data);
	if (state === undefined || state >= 0) return '';
	return joinedWords(stateText(state), wordsBeside(data));
}

/** What an entry that has failed says in members of other names. */
export const wordsBeside = ({ message, msg, error }: Record<string, unknown>): string =>
	errorsText([message, msg, error]);

const joinedWords = (...words: string[]) => words.filter(Boolean).join(': ');
