/** Every fault of the matrix: how it is arranged, and what each kind of request may make of it. */
import type { FaultRule, Sandbox, Settings } from '../../sandbox';
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
	/** Heading of the column; with + the vendor did it. */
	code: string;
	/** What comes of the request, or on the way. */
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

	// What the owner does next, for the table of the ways out
	/** The vendor refuses what was sent, so its owner may correct it; `only`: nothing else helps. */
	refuses?: true | 'only';
	/** What stays as it is: the vendor's settings, or the faults as well. Else everything is mended. */
	lasts?: 'settings' | 'all';
	/** n8n was killed while it was sending, so it said nothing, and its claim is left. */
	killed?: true;
}

const DID: Record<Column['nature'], string> = {
	fine: 'the request itself succeeds',
	certain: 'the vendor did nothing, and that is certain',
	open: 'the vendor did nothing, but might have',
	done: 'the vendor did what was asked',
};

/** What happens under a fault, in words. */
export const told = ({ title, nature }: Column): string => `${title}; ${DID[nature]}`;

/** Under which fault, of which request and how often. */
export function arranged(column: Column, { path }: Target, mode: Mode): string {
	const often = { once: 'the first request', always: 'each request' }[mode];
	const hit = column.sentAgain ? often : 'requests';
	const where = column.whole ? 'all requests' : `${hit} to ${path.replaceAll(/[$^]/g, '')}`;
	return `at ${where}, ${told(column)}`;
}

/** A status, a body, or rules of the sandbox, which hit the target unless they name another path. */
type Faults = number | string | FaultRule | FaultRule[];
export interface More extends Partial<Column> {
	settings?: Partial<Settings>;
}

const rule =
	(nature: Column['nature']) =>
	(
		code: string,
		title: string,
		faults: Faults | ((scene: Scene) => Faults),
		{ settings, ...more }: More = {},
	): Column => {
		const arm = (scene: Scene): void => {
			const { sandbox, target, mode } = scene;
			if (settings) sandbox.set(settings);
			const path = more.whole ? {} : { path: target.path };
			const times = mode === 'once' ? { times: 1 } : {};
			const made = typeof faults === 'function' ? faults(scene) : faults;
			for (const fault of rulesOf(made, nature === 'done')) {
				sandbox.fault({ ...path, ...times, ...fault });
			}
		};
		return { code, title, nature, arm, ...more };
	};
const fine = rule('fine');
export const certain = rule('certain');
export const [open, done] = [rule('open'), rule('done')];

function rulesOf(faults: Faults, processed: boolean): FaultRule[] {
	if (typeof faults === 'number') return [{ kind: 'status', status: faults, processed }];
	if (typeof faults === 'string') return [{ kind: 'rawBody', body: faults, processed }];
	return [faults].flat();
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

/** An answer from which nobody can know whether the vendor did what was asked: both are tried. */
export function bothWays(
	code: string,
	title: string,
	fault: number | string | FaultRule,
	more: Partial<Column> = {},
): Column[] {
	const after = typeof fault === 'object' ? ({ ...fault, processed: true } as FaultRule) : fault;
	return [open(code, title, fault, more), done(`${code}+`, title, after, more)];
}

const again = { sentAgain: true };
const hangs = { hangs: true };
const kept = { whole: true, warmUp: true };
/** Takes effect, and nobody hears of it. */
export const LOST: FaultRule = { kind: 'resetAfterAccept' };

const answers = (status: number, retryAfter?: number | string): FaultRule => ({
	kind: 'status',
	status,
	...(retryAfter !== undefined && { retryAfter }),
});
const A_BYTE_A_SECOND: FaultRule = { kind: 'slowDrip', intervalMs: 1000 };
const inASecond = () => answers(429, new Date(Date.now() + 1000).toUTCString());

const elsewhere = ({ places, name }: Scene): FaultRule => ({
	kind: 'redirect',
	location: `${places.stranger.url}/${name}/elsewhere`,
	status: 307,
});

/** TW can't be asked whether a write took effect: its answer is lost, and the look-up fails. */
function lookUpFails(code: string, title: string, fault: FaultRule, more: Partial<Column> = {}) {
	const faults = [LOST, { ...fault, path: `${INFO}|bagInfo` }];
	return done(code, `the answer is lost, and the look-up gets ${title}`, faults, {
		appliesTo: ({ provable }, { role }) => provable.length > 0 && role === 'effect',
		// The check before sending is the same look-up: then nothing is sent.
		expects: ({ options }) => (options['checkExisting'] ? ['failed'] : ['unknown']),
		...more,
	});
}

const notFound = '{"code":404,"message":"not found"}';
const NOT_FOUND: FaultRule = { kind: 'rawBody', status: 404, body: notFound };

/** orderInfo shows nothing new. */
export const lags = { orderInfoDelayMs: 3_600_000 };

/** orderInfo shows orders, so only what it shows can lag. */
const isOrderWrite = ({ node, kind }: Scenario, { role }: Target) =>
	node === 'twOrder' && kind === 'write' && role === 'effect';

/** An order that was taken, but nobody can tell. */
const notShown: More = { settings: lags, appliesTo: isOrderWrite, expects: () => ['unknown'] };

/** A file that its host has cut, and says is complete, can't be told from a whole one. */
const cutFile: Partial<Column> = {
	changesOutput: true,
	expects: (_scenario, { isFile }) => (isFile ? ['succeeded'] : undefined),
};

/** A success by its code, whose data may be anything: what comes of it is the operation's to say. */
const oddData: Partial<Column> = {
	changesOutput: true,
	expects: ({ node }, { role }) =>
		node === 'tdOrderEvent' || role === 'effect'
			? ['succeeded']
			: ['succeeded', 'failed', 'unfinished'],
};

/** For writes of TW alone: what TD's codes mean is documented. */
export const ofTw: Partial<Column> = {
	appliesTo: ({ node }, { role }) => node !== 'tdOrderEvent' && role === 'effect',
};

/** A channel that refuses the order is a quote without a price, not a failed quote. */
const refusal: Partial<Column> = {
	changesOutput: true,
	refuses: true,
	expects: ({ title }, { path }) =>
		title === 'twOrder quote' && path.includes('orderTrial') ? ['succeeded'] : undefined,
};

const envelope = (data: unknown) => JSON.stringify({ code: 200, message: 'OK', data });
const REFUSED = '{"code":1001,"message":"no","data":null}';
const VAGUE = '{"code":0,"message":"hm","data":{"some":["thing"]}}';
const POLLUTING = '{"code":200,"message":"OK","data":{"__proto__":{"polluted":1}}}';

/** A refusal in which every member is one of the vendor's own secrets. */
function repeating({ scenario: { node } }: Scene): FaultRule {
	const { apiToken, apiKey, partnerKey } = SECRETS;
	const secrets = node === 'tdOrderEvent' ? [partnerKey] : [apiToken, apiKey];
	const [first = '', last = first] = secrets;
	const body = JSON.stringify({
		code: last,
		message: secrets.join(' '),
		sequence_id: first,
		data: secrets,
		errors: [first],
		[last]: first,
	});
	return { kind: 'rawBody', status: 400, body };
}

export const columns: Column[] = [
	connection('refu', 'the connection is refused', async () => await refusedUrl()),
	connection('dns', 'the host name is not known', () => 'https://nowhere.invalid'),
	connection('tls', 'the certificate can not be verified', ({ untrusted }) => untrusted.url),
	connection('hshk', 'TLS is reset in its handshake', ({ handshake }) => handshake.url),
	connection('ctim', 'the connection does not stand in time', ({ deaf }) => deaf.url, hangs),
	fine('idle', 'kept-alive connections are closed while idle', { kind: 'closeIdle' }, kept),
	open('rst', 'a reset comes before the answer', { kind: 'resetBeforeAccept' }, again),
	done('rst+', 'a reset comes before the answer', LOST, again),
	done('mid+', 'a reset comes in the body of the answer', { kind: 'resetMidBody' }, again),
	open('hng', 'no answer comes', { kind: 'hangBeforeAccept' }, hangs),
	done('hng+', 'no answer comes', { kind: 'hangAfterAccept' }, hangs),
	...[401, 403].map((status) => certain(`${status}`, `HTTP ${status} comes`, status)),
	// To a look-up, TW's own 404 is an answer: there is no such order.
	certain('404', 'HTTP 404 comes', 404, {
		changesOutput: true,
		expects: (_scenario, { role }) =>
			role === 'effect' ? undefined : ['failed', 'succeeded', 'unfinished'],
	}),
	certain('429', 'HTTP 429 comes', 429, again),
	certain('429s', 'HTTP 429 comes with Retry-After in seconds', answers(429, 1), again),
	certain('429d', 'HTTP 429 comes with Retry-After as a date', inASecond, again),
	...[408, 500, 502, 504].flatMap((status) =>
		bothWays(`${status}`, `HTTP ${status} comes`, status, again),
	),
	open('503', 'HTTP 503 comes', 503, {
		...again,
		// The one answer after which a write is sent again, if TW can be asked and does not show it.
		expects: ({ provable }, { role }, mode) =>
			role === 'effect' && provable.includes('not done') && mode === 'once'
				? ['succeeded']
				: undefined,
	}),
	done('503+', 'HTTP 503 comes', 503, again),
	...bothWays('html', 'an HTML page comes', { kind: 'html' }),
	...bothWays('void', 'an empty answer comes', { kind: 'empty' }),
	...bothWays('type', 'JSON that is no envelope comes', { kind: 'wrongType' }),
	done('dat+', 'success comes with data of another type', envelope([[1, 'two', null]]), oddData),
	done('prt+', 'success comes with a member __proto__ in its data', POLLUTING, oddData),
	done('cut+', 'the first half of the right JSON comes', { kind: 'truncated' }, cutFile),
	open('deep', 'JSON comes that is nested 100,000 deep', '['.repeat(100_000)),
	done('chs+', 'success comes in a character set that does not fit', {
		kind: 'rawBody',
		body: envelope({}),
		contentType: 'application/json; charset=utf-16le',
		processed: true,
	}),
	fine('ctyp', 'the right answer comes as text/plain', { kind: 'wrongContentType' }),
	done('drip', 'a byte of the answer comes each second', A_BYTE_A_SECOND, hangs),
	{
		...done('huge', 'an answer without end comes', { kind: 'oversize', processed: true }),
		arm: ({ sandbox, target }) => {
			if (target.isFile) sandbox.set({ labelBytes: 8 * 1024 * 1024 });
			else sandbox.fault({ kind: 'oversize', processed: true, path: target.path });
		},
	},
	open('bomb', 'a gzip bomb comes', { kind: 'gzipBomb', bytes: 32 * 1024 * 1024 }),
	open('rdr', "a redirect to a stranger's server comes", elsewhere),
	done('rdr+', "a redirect to a stranger's server comes", (scene) => ({
		...elsewhere(scene),
		processed: true,
	})),
	certain('e400', 'a refusal comes that repeats the request', { kind: 'echo' }, refusal),
	certain('e401', 'HTTP 401 comes and repeats the request', { kind: 'echo', status: 401 }),
	open('e500', 'HTTP 500 comes and repeats the request', { kind: 'echo', status: 500 }, again),
	certain('eall', 'a refusal comes with our secrets in every member', repeating, refusal),
	fine('lag', 'orderInfo shows nothing new', [], {
		settings: lags,
		whole: true,
		changesOutput: true,
		appliesTo: ({ node }) => node !== 'tdOrderEvent',
		expects: () => ['succeeded', 'failed', 'unfinished'],
	}),
	done('lag+', 'the answer is lost, and orderInfo shows nothing new', LOST, notShown),
	// What proves what in an answer with another code than 200, the only one of success that is documented
	fine('c0+', 'code 0 comes with the request_id, so TW took it', [], {
		appliesTo: isOrderWrite,
		settings: { forecastCode: 0 },
	}),
	certain('c0w', 'code 1001 comes, with words and without data', REFUSED, {
		...ofTw,
		refuses: true,
	}),
	...bothWays('c0n', 'code 0 comes, without words and data', '{"code":0}', ofTw),
	...bothWays('c0d', 'code 0 comes, with words, and with data that names nothing', VAGUE, ofTw),
	lookUpFails('l401', 'HTTP 401', answers(401)),
	lookUpFails('l500', 'HTTP 500', answers(500)),
	lookUpFails('lrst', 'a reset', { kind: 'resetBeforeAccept' }),
	lookUpFails('lhtm', "a proxy's 404", { kind: 'html', status: 404 }),
	lookUpFails('lhng', 'no answer', { kind: 'hangBeforeAccept' }, hangs),
	// To the check before sending it says that there is no such order.
	lookUpFails('l404', "TW's own 404", NOT_FOUND, { expects: () => ['unknown'] }),
	...[401, 429, 400].map((next) => {
		const title = `the first answer is lost, and the next one is HTTP ${next}`;
		return done(`r${next}`, title, [{ ...LOST, times: 1 }, answers(next)], {
			appliesTo: (_scenario, { role }) => role === 'effect',
		});
	}),
	done(
		'5lag',
		'HTTP 503 comes, orderInfo does not show the order yet, and a second send gets HTTP 400',
		[{ kind: 'status', status: 503, processed: true, times: 1 }, answers(400)],
		notShown,
	),
	done(
		'5404',
		"HTTP 503 comes, and the look-up, whose path is assumed, gets TW's own 404",
		[...rulesOf(503, true), { ...NOT_FOUND, path: 'bagInfo' }],
		{
			appliesTo: ({ node, provable }, { role }) =>
				node === 'twBag' && provable.length > 0 && role === 'effect',
			expects: () => ['unknown'],
		},
	),
	done(
		'5end',
		'HTTP 503 comes with a Retry-After beyond the deadline, and orderInfo shows nothing new',
		{ kind: 'status', status: 503, processed: true, retryAfter: 36_000 },
		notShown,
	),
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
