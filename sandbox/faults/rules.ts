import { z } from 'zod/v4';

/**
 * When a fault strikes matters as much as how: each kind says whether the vendor has worked on the
 * request by then. Where both are plausible, the rule's `processed` decides (default: false).
 */
const processed = z.boolean().default(false);

const milliseconds = z.number().int().min(0);
const httpStatus = z.number().int().min(200).max(599);

const aim = {
	/** Regular expression the path (without the query) must match; all vendor paths if left out. */
	path: z
		.union([z.string(), z.instanceof(RegExp).transform((expression) => expression.source)])
		.default(''),
	/** Text the request body must contain, to hit one order or event among many. */
	bodyIncludes: z.string().default(''),
	/** Matching requests let through before the first hit. */
	after: z.number().int().min(0).default(0),
	/** How many requests are hit; unlimited if left out. */
	times: z.number().int().min(1).optional(),
};

/** Nothing strange happens at HTTP level, it only takes longer. Always processed. */
const delay = z.strictObject({
	...aim,
	kind: z.literal('delay'),
	ms: milliseconds,
	/** Wait before the vendor works on the request, or between that and the answer. */
	when: z.enum(['before', 'after']).default('before'),
});

/** The request is read and never answered. Not processed. */
const hangBeforeAccept = z.strictObject({ ...aim, kind: z.literal('hangBeforeAccept') });

/** Processed, and never answered. */
const hangAfterAccept = z.strictObject({ ...aim, kind: z.literal('hangAfterAccept') });

/** The connection is reset (TCP RST) once the request has been read. Not processed. */
const resetBeforeAccept = z.strictObject({ ...aim, kind: z.literal('resetBeforeAccept') });

/** Processed, then the connection is reset before any byte of the answer. */
const resetAfterAccept = z.strictObject({ ...aim, kind: z.literal('resetAfterAccept') });

/** Processed; headers and half of the body are sent, then the connection is reset. */
const resetMidBody = z.strictObject({ ...aim, kind: z.literal('resetMidBody') });

/** Processed and answered well; the kept-alive connection is closed once it has been idle for `afterMs`. */
const closeIdle = z.strictObject({
	...aim,
	kind: z.literal('closeIdle'),
	afterMs: milliseconds.default(0),
});

/** Any status, with an optional Retry-After and body. */
const status = z.strictObject({
	...aim,
	kind: z.literal('status'),
	status: httpStatus,
	/** Seconds, or an HTTP date as text. */
	retryAfter: z.union([z.number(), z.string()]).optional(),
	/** Sent as it is; the default is a JSON envelope that repeats the status. */
	body: z.string().optional(),
	processed,
});

/** An HTML page, as a gateway, a captive portal or a login page sends it. */
const html = z.strictObject({
	...aim,
	kind: z.literal('html'),
	status: httpStatus.default(200),
	processed,
});

/** A complete answer of zero bytes. */
const empty = z.strictObject({
	...aim,
	kind: z.literal('empty'),
	status: httpStatus.default(200),
	processed,
});

/** A complete HTTP answer whose body is the first half of the right one. Processed. */
const truncated = z.strictObject({ ...aim, kind: z.literal('truncated') });

/** Well-formed JSON of a shape nobody documented. */
const wrongType = z.strictObject({
	...aim,
	kind: z.literal('wrongType'),
	value: z.unknown().default([1, 'two', null]),
	processed,
});

/** The right answer under a wrong Content-Type. Processed. */
const wrongContentType = z.strictObject({
	...aim,
	kind: z.literal('wrongContentType'),
	contentType: z.string().default('text/plain'),
});

/** The right answer, a few bytes at a time. Processed. */
const slowDrip = z.strictObject({
	...aim,
	kind: z.literal('slowDrip'),
	bytes: z.number().int().min(1).default(1),
	intervalMs: milliseconds.default(100),
});

/** A body of `bytes` bytes (endless if left out) without Content-Length; it begins like an envelope. */
const oversize = z.strictObject({
	...aim,
	kind: z.literal('oversize'),
	bytes: z.number().int().min(1).optional(),
	processed,
});

/** A redirect. */
const redirect = z.strictObject({
	...aim,
	kind: z.literal('redirect'),
	location: z.string(),
	status: z
		.union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
		.default(302),
	processed,
});

/** An error message that repeats URL, query and every header of the request, secrets included. */
const echo = z.strictObject({
	...aim,
	kind: z.literal('echo'),
	status: httpStatus.default(400),
	/** How it writes what it repeats; as it is if left out. */
	as: z.enum(['base64', 'hex', 'url', 'html']).optional(),
	processed,
});

/** A few KB that unpack (Content-Encoding: gzip) to `bytes` bytes. */
const gzipBomb = z.strictObject({
	...aim,
	kind: z.literal('gzipBomb'),
	bytes: z
		.number()
		.int()
		.min(1)
		.default(1024 * 1024 * 1024),
	processed,
});

/** Any text under any Content-Type, for hostile JSON. */
const rawBody = z.strictObject({
	...aim,
	kind: z.literal('rawBody'),
	body: z.string(),
	/** `latin1`: each character of `body` is one byte, so that any bytes can be sent. */
	encoding: z.enum(['utf8', 'latin1']).default('utf8'),
	status: httpStatus.default(200),
	contentType: z.string().default('application/json'),
	processed,
});

const faultSchema = z.discriminatedUnion('kind', [
	delay,
	hangBeforeAccept,
	hangAfterAccept,
	resetBeforeAccept,
	resetAfterAccept,
	resetMidBody,
	closeIdle,
	status,
	html,
	empty,
	truncated,
	wrongType,
	wrongContentType,
	slowDrip,
	oversize,
	redirect,
	echo,
	gzipBomb,
	rawBody,
]);

/** A fault as one asks for it: members with a default may be left out. */
export type FaultRule = z.input<typeof faultSchema>;

/** A fault with its defaults filled in. */
export type Fault = z.output<typeof faultSchema>;

/**
 * Reads a rule that a test or an HTTP request gives.
 *
 * @throws Error that names the wrong member
 */
export function readFault(rule: unknown): Fault {
	const fault = faultSchema.safeParse(rule);
	if (!fault.success) throw new Error(z.prettifyError(fault.error));
	// A path that is no regular expression is better refused here than at the first request
	new RegExp(fault.data.path);
	return fault.data;
}
