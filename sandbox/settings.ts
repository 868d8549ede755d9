import { z } from 'zod/v4';

const milliseconds = z.number().int().min(0);

/**
 * Everything about the sandbox's behaviour that a test or a demo can change while it runs.
 *
 * Most settings exist because the vendor leaves a question open: each value of such a setting is one
 * plausible answer, so that a client can be tried against all of them. All of those are ASSUMED.
 */
const settingsSchema = z.strictObject({
	/** False: count only, keep no request, order, event or download in the ledger (for benchmarks). */
	recordRequests: z.boolean().default(true),

	// --- TW: requests -------------------------------------------------------------------------
	/** How far `t` may be from the server's clock. ASSUMED: TW publishes no window. */
	clockSkewSeconds: z.number().min(0).default(300),
	/** Shifts the Date header, the time stamps and the server's idea of the time in the signature check. */
	dateOffsetSeconds: z.number().int().default(0),
	/** Demand also the ticket members that TW's examples always carry but that may be optional. */
	requireExampleMembers: z.boolean().default(false),

	// --- TW: answers --------------------------------------------------------------------------
	/** Refusals as HTTP 200 with the code in the envelope only, instead of HTTP 400 / 401 / 404. */
	failuresAsHttp200: z.boolean().default(false),
	/** Where endpoints are instead of at the path this sandbox knows, e.g. `{'/api/v2/getBalance': '/api/v2/balance'}`. */
	movedPaths: z.record(z.string(), z.string()).default({}),
	/** What members of `data` are called instead, at any depth, e.g. `{balance: 'remaining'}`. */
	renamedMembers: z.record(z.string(), z.string()).default({}),
	/**
	 * `documented`: `{code: 200, message, data}`. `zero`: the same with 0 as the code of success.
	 * `result`: `{errno, msg, result}`. Only the first is [doc].
	 */
	envelope: z.enum(['documented', 'zero', 'result']).default('documented'),
	/** orderInfo answers `{data}` alone, as the visible part of TW's example allows. */
	orderInfoWithoutCode: z.boolean().default(false),
	/** Shape of the forecast's `data`: a list, one object (a list if there are more tickets), or a map keyed by `no`. */
	forecastShape: z.enum(['list', 'object', 'map']).default('list'),
	/** Shape of the trial's `data`: a list, a map keyed by `no`, or the fee lines of orderFee without a total. */
	trialShape: z.enum(['list', 'map', 'fees']).default('list'),
	/** What the elements of orderCheck's `errors` are. */
	errorsShape: z.enum(['strings', 'objects', 'map']).default('strings'),
	/** Shape of getProduct's `data`. */
	channelShape: z.enum(['list', 'pager', 'map']).default('list'),
	/** Shape of getBalance's `data`. */
	balanceShape: z.enum(['object', 'string', 'number']).default('object'),
	/** More bills or lines than this are never put on one page, whatever `limit` asks for. */
	maxPageSize: z.number().int().min(1).default(1000),

	// --- TW: life of an order -----------------------------------------------------------------
	/** Lets so much time pass at once, for what has a duration; the vendor's clock stays as it is. */
	aheadMs: milliseconds.default(0),
	/** Time between two forecast states; 0 = the forecast ends as soon as it is accepted. */
	stateStepMs: milliseconds.default(0),
	/** orderInfo shows an order only this long after its acceptance. */
	orderInfoDelayMs: milliseconds.default(0),
	/** Time between the three removal time stamps after orderDelete; 0 = all at once. */
	removalStepMs: milliseconds.default(0),
	/** What a removal time stamp says before its time. Only null is [doc]. */
	noTime: z.literal([null, '', 0, '0000-00-00 00:00:00']).default(null),
	/** True: the same `no` and product accepted twice makes two orders. False: the second is refused. */
	acceptSameNo: z.boolean().default(true),
	/** One bad ticket of a batch refuses all of it, or only itself. */
	ticketFailure: z.enum(['all', 'partial']).default('all'),

	/**
	 * What is true of a batch that is refused: nothing of it was made, or all but its last ticket was,
	 * and the answer does not say so.
	 */
	batchRefusal: z.enum(['clean', 'after-taking']).default('clean'),
	/** The code in the envelope of a forecast that was carried out. ASSUMED that there can be others than 200. */
	forecastCode: z.number().int().default(200),
	/** The state in which each forecast ends that is accepted meanwhile; 0 = that of its channel. */
	forecastEnds: z.literal([0, -1, -2, -4, -6, -9]).default(0),
	/** So many of the tickets that were taken, from the last on, are not named in the answer. */
	forecastLeavesOut: z.number().int().min(0).default(0),

	// --- TW: labels ---------------------------------------------------------------------------
	/** Shape of orderLabel's `data`. */
	labelShape: z.enum(['url', 'list', 'member', 'base64', 'dataUrl', 'perBox']).default('url'),
	labelFormat: z.enum(['pdf', 'zpl', 'png']).default('pdf'),
	/** Label files are padded to this size, streamed; 0 = as large as they are. */
	labelBytes: z.number().int().min(0).default(0),
	/** The label host answers every download with a redirect to this address; '' = it serves the file. */
	labelRedirectTo: z.string().default(''),

	// --- TD -----------------------------------------------------------------------------------
	/** Which TD node this is: China demands `amount_cny`, every other node `amount_usd` [doc]. */
	region: z.enum(['cn', 'us', 'sg', 'de']).default('sg'),
	/** HTTP status that goes with TD's 9xxx codes. ASSUMED either way. */
	tdErrorHttpStatus: z.union([z.literal(200), z.literal(400)]).default(200),
	/** What stands beside TD's code. Only `documented` is [doc]: two texts. */
	tdAnswerForm: z
		.enum(['documented', 'numbers', 'nulls', 'objects', 'codeOnly'])
		.default('documented'),
	/** How TD's words name a parameter: `payment.coupons[0].begin_time`, with `.0.`, or its last member. */
	tdParameterForm: z.enum(['path', 'dotted', 'member']).default('path'),
});

/** The sandbox's settings, complete. */
export type Settings = z.infer<typeof settingsSchema>;

/** The settings of a sandbox nobody has touched. */
export const defaultSettings: Readonly<Settings> = settingsSchema.parse({});

/**
 * Applies changes to `settings`, in place, so that everyone who holds the object sees them.
 *
 * @throws Error that names the setting, when one is unknown or has a wrong value; nothing is changed then
 */
export function changeSettings(settings: Settings, changes: unknown): void {
	const merged = settingsSchema.safeParse({ ...settings, ...asObject(changes) });
	if (!merged.success) throw new Error(z.prettifyError(merged.error));
	Object.assign(settings, merged.data);
}

function asObject(value: unknown): object {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	throw new Error('settings: expected an object');
}
