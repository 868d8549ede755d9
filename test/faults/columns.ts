/** Every fault of the matrix: how it is arranged, and what each kind of request may make of it. */
import type { FaultRule, Sandbox } from '../../sandbox';
import { refusedUrl } from '../../sandbox';
import { INFO } from '../observed';
import { SECRETS } from './canaries';
import type { Verdict } from './oracle';
import type { Place, Stranger } from './places';
import type { Scenario } from './scenarios';

/** What a request is to the operation it belongs to. */
export type Role =
	| 'read'
	/** A read that a write makes before it is sent, or after. */
	| 'before'
	| 'after'
	/** The request that takes effect. */
	| 'effect';

/** Which requests of an operation are hit. */
export interface Target {
	/** Regular expression for the sandbox. */
	path: string;
	role: Role;
	/** A file of the label host, which is not the vendor's own. */
	isFile: boolean;
}

/** The first request only, or each. */
export type Mode = 'once' | 'always';

/** Addresses that all cells share. */
export interface Places {
	handshake: Place;
	deaf: Place;
	stranger: Stranger;
	/** Speaks TLS with a certificate that nobody has signed. */
	untrusted: Sandbox;
}

export interface Scene {
	sandbox: Sandbox;
	scenario: Scenario;
	target: Target;
	mode: Mode;
	places: Places;
	/** Name of the run, different for each. */
	name: string;
}

export interface Column {
	/** Heading of the column. */
	code: string;
	title: string;
	/**
	 * What is true of the request: `fine` it succeeds all the same; `certain` it did not take effect,
	 * and one can know; `open` it did not, and one can't know; `done` it did, and one can't know.
	 */
	nature: 'fine' | 'certain' | 'open' | 'done';
	/** Reads, and events at least once, are sent again after it. */
	sentAgain?: boolean;
	/** It ends by the time-out only. */
	hangs?: boolean;
	/** Arranged at the connection, so that all requests are hit. */
	whole?: boolean;
	appliesTo?: (scenario: Scenario, target: Target) => boolean;
	/** Arranges the fault; gives another address for the vendor if that is how. */
	arm: (scene: Scene) => Promise<string | void> | string | void;
	/** Where the rule by nature does not hold. */
	expects?: (scenario: Scenario, target: Target, mode: Mode) => readonly Verdict[] | undefined;
	/** An operation that succeeds under it may put out something else than without it. */
	changesOutput?: boolean;
	/** Runs the operation a first time, so that its connections have been used. */
	warmUp?: boolean;
}

const HOUR = 3_600_000;

/** A rule of the sandbox as a column. */
function rule(
	code: string,
	title: string,
	nature: Column['nature'],
	fault: FaultRule | (() => FaultRule),
	more: Partial<Column> = {},
): Column {
	return {
		code,
		title,
		nature,
		arm: ({ sandbox, target, mode }) => {
			const made = typeof fault === 'function' ? fault() : fault;
			sandbox.fault({ ...made, path: target.path, ...(mode === 'once' ? { times: 1 } : {}) });
		},
		...more,
	};
}

/** A fault of the connection: the vendor is at another address, or the label is. */
function connection(
	code: string,
	title: string,
	address: (places: Places) => Promise<string> | string,
	more: Partial<Column> = {},
): Column {
	return {
		code,
		title,
		nature: 'certain',
		whole: true,
		arm: async ({ sandbox, target, places }) => {
			const url = await address(places);
			if (!target.isFile) return url;
			const body = JSON.stringify({ code: 200, message: 'OK', data: `${url}/labels/label.pdf` });
			sandbox.fault({ kind: 'rawBody', path: 'orderLabel', body });
			return undefined;
		},
		...more,
	};
}

/** A status that says the vendor did not do it, or leaves that open: then both are tried. */
function status(
	code: number,
	nature: Column['nature'],
	more: Partial<Column> & { retryAfter?: () => number | string } = {},
): Column {
	const { retryAfter, ...rest } = more;
	const made = (): FaultRule => ({
		kind: 'status',
		status: code,
		...(retryAfter ? { retryAfter: retryAfter() } : {}),
		processed: nature === 'done',
	});
	const suffix = nature === 'done' ? '+' : '';
	const words = nature === 'done' ? ' after it took effect' : '';
	return rule(`${code}${suffix}`, `HTTP ${code}${words}`, nature, made, rest);
}

/** An answer that is not what it should be, whether or not the vendor did what was asked. */
function bothWays(code: string, title: string, fault: FaultRule): Column[] {
	return [
		rule(code, title, 'open', fault),
		rule(`${code}+`, `${title}, after it took effect`, 'done', {
			...fault,
			processed: true,
		} as FaultRule),
	];
}

const again = { sentAgain: true };
const inASecond = () => new Date(Date.now() + 1000).toUTCString();

/** TW can't be asked whether a write took effect: its answer is lost, and the look-up fails. */
function lookUpFails(code: string, title: string, fault: FaultRule, hangs = false): Column {
	return {
		code,
		title: `the answer is lost, and the look-up: ${title}`,
		nature: 'done',
		hangs,
		appliesTo: ({ provable }, { role }) => provable.length > 0 && role === 'effect',
		arm: ({ sandbox, target }) => {
			sandbox.fault({ kind: 'resetAfterAccept', path: target.path });
			sandbox.fault({ ...fault, path: `${INFO}|bagInfo` });
		},
		// The check before sending is the same look-up: then nothing is sent.
		expects: ({ options }) => (options['checkExisting'] ? ['failed'] : ['unknown']),
	};
}

const NOT_FOUND: FaultRule = {
	kind: 'rawBody',
	status: 404,
	body: '{"code":404,"message":"not found"}',
};

/** orderInfo shows orders, so only what it shows can lag. */
const isOrderWrite = ({ node, kind }: Scenario, { role }: Target) =>
	node === 'twOrder' && kind === 'write' && role === 'effect';

/** A success by its code, whose data may be anything: what comes of it is the operation's to say. */
function oddData(code: string, title: string, body: string): Column {
	return rule(
		code,
		title,
		'done',
		{ kind: 'rawBody', body, processed: true },
		{
			changesOutput: true,
			expects: ({ node }, { role }) => {
				if (node === 'tdOrderEvent') return ['succeeded'];
				if (role !== 'effect') return ['succeeded', 'failed', 'unfinished'];
				return ['succeeded'];
			},
		},
	);
}

/** For writes of TW alone: what TD's codes mean is documented. */
const ofTw = (column: Column): Column => ({
	...column,
	appliesTo: ({ node }, { role }) => node !== 'tdOrderEvent' && role === 'effect',
});

/** A channel that refuses the order is a quote without a price, not a failed quote. */
const refusal: Partial<Column> = {
	changesOutput: true,
	expects: ({ title }, { path }) =>
		title === 'twOrder quote' && path.includes('orderTrial') ? ['succeeded'] : undefined,
};

const envelope = (data: unknown) => JSON.stringify({ code: 200, message: 'OK', data });

/** A refusal in which every member is one of the vendor's own secrets. */
function repeating({ node }: Scenario): string {
	const { apiToken, apiKey, partnerKey } = SECRETS;
	const secrets = node === 'tdOrderEvent' ? [partnerKey] : [apiToken, apiKey];
	const [first = '', last = first] = secrets;
	return JSON.stringify({
		code: last,
		message: secrets.join(' '),
		sequence_id: first,
		data: secrets,
		errors: [first],
		[last]: first,
	});
}

export const columns: Column[] = [
	connection('refu', 'connection refused', async () => await refusedUrl()),
	connection('dns', 'host name not known', () => 'https://nowhere.invalid'),
	connection('tls', 'certificate can not be verified', ({ untrusted }) => untrusted.url),
	connection('hshk', 'reset in the TLS handshake', ({ handshake }) => handshake.url),
	connection('ctim', 'connection does not stand in time', ({ deaf }) => deaf.url, { hangs: true }),
	{
		code: 'idle',
		title: 'kept-alive connection closed while idle',
		nature: 'fine',
		whole: true,
		warmUp: true,
		arm: ({ sandbox }) => sandbox.fault({ kind: 'closeIdle' }),
	},
	rule('rst', 'reset before headers', 'open', { kind: 'resetBeforeAccept' }, again),
	rule(
		'rst+',
		'reset before headers, after it took effect',
		'done',
		{ kind: 'resetAfterAccept' },
		again,
	),
	rule('mid+', 'reset in the body', 'done', { kind: 'resetMidBody' }, again),
	rule('hang', 'no answer', 'open', { kind: 'hangBeforeAccept' }, { hangs: true }),
	rule(
		'hng+',
		'no answer, after it took effect',
		'done',
		{ kind: 'hangAfterAccept' },
		{ hangs: true },
	),
	status(401, 'certain'),
	status(403, 'certain'),
	// To a look-up, TW's own 404 is an answer: there is no such order.
	status(404, 'certain', {
		changesOutput: true,
		expects: (_scenario, { role }) =>
			role === 'effect' ? undefined : ['failed', 'succeeded', 'unfinished'],
	}),
	status(408, 'open', again),
	status(408, 'done', again),
	status(429, 'certain', again),
	{
		...status(429, 'certain', { ...again, retryAfter: () => 1 }),
		code: '429s',
		title: 'HTTP 429 with Retry-After in seconds',
	},
	{
		...status(429, 'certain', { ...again, retryAfter: inASecond }),
		code: '429d',
		title: 'HTTP 429 with Retry-After as a date',
	},
	status(500, 'open', again),
	status(500, 'done', again),
	status(502, 'open', again),
	status(502, 'done', again),
	status(503, 'open', {
		...again,
		// The one answer after which a write is sent again, if TW can be asked and does not show it.
		expects: ({ provable }, { role }, mode) =>
			role === 'effect' && provable.includes('not done') && mode === 'once'
				? ['succeeded']
				: undefined,
	}),
	status(503, 'done', again),
	status(504, 'open', again),
	status(504, 'done', again),
	...bothWays('html', 'HTML', { kind: 'html' }),
	...bothWays('void', 'empty answer', { kind: 'empty' }),
	...bothWays('type', 'JSON of another type', { kind: 'wrongType' }),
	oddData('dat+', 'data of another type', envelope([[1, 'two', null]])),
	oddData(
		'prt+',
		'__proto__ in the data',
		'{"code":200,"message":"OK","data":{"__proto__":{"polluted":1}}}',
	),
	rule(
		'cut+',
		'truncated JSON',
		'done',
		{ kind: 'truncated' },
		{
			changesOutput: true,
			// A file that its host has cut, and says is complete, can't be told from a whole one.
			expects: (_scenario, { isFile }) => (isFile ? ['succeeded'] : undefined),
		},
	),
	rule('deep', 'JSON nested 100,000 deep', 'open', { kind: 'rawBody', body: '['.repeat(100_000) }),
	rule('chs+', 'character set that does not fit', 'done', {
		kind: 'rawBody',
		body: envelope({}),
		contentType: 'application/json; charset=utf-16le',
		processed: true,
	}),
	rule('ctyp', 'right answer as text/plain', 'fine', { kind: 'wrongContentType' }),
	rule('drip', 'a byte at a time', 'done', { kind: 'slowDrip', intervalMs: 1000 }, { hangs: true }),
	{
		...rule('huge', 'endless answer', 'done', { kind: 'oversize', processed: true }),
		arm: ({ sandbox, target }) => {
			if (target.isFile) sandbox.set({ labelBytes: 8 * 1024 * 1024 });
			else sandbox.fault({ kind: 'oversize', processed: true, path: target.path });
		},
	},
	rule('bomb', 'gzip bomb', 'open', { kind: 'gzipBomb', bytes: 32 * 1024 * 1024 }),
	...[false, true].map((processed): Column => ({
		code: processed ? 'rdr+' : 'rdr',
		title: `redirect to a stranger${processed ? ', after it took effect' : ''}`,
		nature: processed ? 'done' : 'open',
		arm: ({ sandbox, target, places, name }) => {
			const location = `${places.stranger.url}/${name}/elsewhere`;
			sandbox.fault({ kind: 'redirect', location, path: target.path, status: 307, processed });
		},
	})),
	rule('e400', 'refusal that repeats the request', 'certain', { kind: 'echo' }, refusal),
	rule('e401', 'HTTP 401 that repeats the request', 'certain', { kind: 'echo', status: 401 }),
	rule('e500', 'HTTP 500 that repeats the request', 'open', { kind: 'echo', status: 500 }, again),
	{
		...refusal,
		code: 'eall',
		title: 'refusal with secrets in every member',
		nature: 'certain',
		arm: ({ sandbox, scenario, target: { path } }) =>
			sandbox.fault({ kind: 'rawBody', status: 400, body: repeating(scenario), path }),
	},
	{
		code: 'lag',
		title: 'orderInfo shows nothing new',
		nature: 'fine',
		whole: true,
		changesOutput: true,
		appliesTo: ({ node }) => node !== 'tdOrderEvent',
		arm: ({ sandbox }) => sandbox.set({ orderInfoDelayMs: HOUR }),
		expects: () => ['succeeded', 'failed', 'unfinished'],
	},
	{
		code: 'lag+',
		title: 'orderInfo shows nothing new, and the answer is lost after it took effect',
		nature: 'done',
		appliesTo: isOrderWrite,
		arm: ({ sandbox, target }) => {
			sandbox.set({ orderInfoDelayMs: HOUR });
			sandbox.fault({ kind: 'resetAfterAccept', path: target.path });
		},
		expects: () => ['unknown'],
	},
	// What proves what in an answer with another code than 200, the only one of success that is documented
	{
		code: 'c0+',
		title: 'code 0 with the request_id: TW took it',
		nature: 'fine',
		appliesTo: isOrderWrite,
		arm: ({ sandbox }) => sandbox.set({ forecastCode: 0 }),
	},
	ofTw(
		rule('c0w', 'another code, with words and without data', 'certain', {
			kind: 'rawBody',
			body: '{"code":1001,"message":"no","data":null}',
		}),
	),
	...[false, true].flatMap((processed) => [
		ofTw(
			rule(`c0n${processed ? '+' : ''}`, `another code alone`, processed ? 'done' : 'open', {
				kind: 'rawBody',
				body: '{"code":0}',
				processed,
			}),
		),
		ofTw(
			rule(
				`c0d${processed ? '+' : ''}`,
				'another code with words, and with data that names nothing',
				processed ? 'done' : 'open',
				{ kind: 'rawBody', body: '{"code":0,"message":"hm","data":{"some":["thing"]}}', processed },
			),
		),
	]),
	lookUpFails('l401', 'HTTP 401', { kind: 'status', status: 401 }),
	lookUpFails('l500', 'HTTP 500', { kind: 'status', status: 500 }),
	lookUpFails('lrst', 'reset', { kind: 'resetBeforeAccept' }),
	lookUpFails('lhtm', "a proxy's 404", { kind: 'html', status: 404 }),
	lookUpFails('lhng', 'no answer', { kind: 'hangBeforeAccept' }, true),
	{
		...lookUpFails('l404', "TW's own 404", NOT_FOUND),
		// To the check before sending it says that there is no such order.
		expects: () => ['unknown'],
	},
	...[401, 429, 400].map((then): Column => ({
		code: `r${then}`,
		title: `the answer is lost after it took effect, and the next one is HTTP ${then}`,
		nature: 'done',
		appliesTo: (_scenario, { role }) => role === 'effect',
		arm: ({ sandbox, target: { path } }) => {
			sandbox.fault({ kind: 'resetAfterAccept', path, times: 1 });
			sandbox.fault({ kind: 'status', status: then, path });
		},
	})),
	{
		code: '5lag',
		title: 'HTTP 503 after it took effect, not shown yet, and the second send is refused',
		nature: 'done',
		appliesTo: isOrderWrite,
		arm: ({ sandbox, target: { path } }) => {
			sandbox.set({ orderInfoDelayMs: HOUR });
			sandbox.fault({ kind: 'status', status: 503, processed: true, path, times: 1 });
			sandbox.fault({ kind: 'status', status: 400, path });
		},
		expects: () => ['unknown'],
	},
	{
		code: '5404',
		title: "HTTP 503 after it took effect, and the look-up: TW's own 404 at an assumed path",
		nature: 'done',
		appliesTo: ({ node, provable }, { role }) =>
			node === 'twBag' && provable.length > 0 && role === 'effect',
		arm: ({ sandbox, target: { path } }) => {
			sandbox.fault({ kind: 'status', status: 503, processed: true, path });
			sandbox.fault({ ...NOT_FOUND, path: 'bagInfo' });
		},
		expects: () => ['unknown'],
	},
	{
		code: '5end',
		title: 'HTTP 503 after it took effect, not shown yet, with a Retry-After beyond the deadline',
		nature: 'done',
		appliesTo: isOrderWrite,
		arm: ({ sandbox, target: { path } }) => {
			sandbox.set({ orderInfoDelayMs: HOUR });
			sandbox.fault({ kind: 'status', status: 503, processed: true, path, retryAfter: 36_000 });
		},
		expects: () => ['unknown'],
	},
];

/** What may be said under a fault, by the request's role. */
export function expected(
	column: Column,
	scenario: Scenario,
	target: Target,
	mode: Mode,
): readonly Verdict[] {
	const { role } = target;
	const special = column.expects?.(scenario, target, mode);
	if (special) return special;
	const { nature, sentAgain = false } = column;
	if (nature === 'fine') return ['succeeded'];
	const passes = sentAgain && mode === 'once';
	if (role === 'read' || role === 'before') return passes ? ['succeeded'] : ['failed'];
	if (role === 'after') return passes ? ['succeeded'] : ['succeeded', 'unfinished'];
	const atLeastOnce = scenario.options['delivery'] === 'event-at-least-once';
	if (nature === 'certain') return passes ? ['succeeded'] : ['failed'];
	if (atLeastOnce) return passes ? ['succeeded'] : ['unknown'];
	return nature === 'done' && scenario.provable.includes('done') ? ['succeeded'] : ['unknown'];
}
