/** TW on paper: what it answers is written down beforehand, what it is sent is noted. */
import { readTwAccount } from '../../../lib/tw/wire/account';
import { type CallOptions, TwClient } from '../../../lib/tw/wire/client';
import type { Ticket } from '../../../lib/tw/orders/ticket';
import type { TwEndpointName } from '../../../lib/tw/wire/endpoints';
import { answerOf } from '../tables';

const keys = { username: 'TW0001', apiKey: 'a-key', apiToken: 'a-token' };
const account = readTwAccount({ baseUrl: 'https://tw.example', ...keys });

/** What TW says of an order in its answer to a forecast, e.g. `takes A`. */
const SAYS: Readonly<Record<string, (no: string) => object>> = {
	takes: (no) => ({ no, request_id: `req-${no}`, status: 1, errors: [] }),
	'takes, with errors,': (no) => ({ no, request_id: `req-${no}`, errors: ['is odd'] }),
	'takes, without money,': (no) => ({ no, request_id: `req-${no}`, status: '-4', errors: [] }),
	fails: (no) => ({ no, request_id: `req-${no}`, status: -1, errors: ['no such street'] }),
	'gives a bare id for': () => ({ request_id: 'req-bare' }),
	'names only': (no) => ({ no }),
	refuses: (no) => ({ no, errors: ['its postcode is wrong'] }),
	'has no money for': (no) => ({ no, status: -4, errors: [] }),
};
const SAYING = new RegExp(`^(${Object.keys(SAYS).join('|')}) (\\S+)$`);

/** What TW shows when asked for an order; any other word is one of {@link answerOf}. */
const SHOWS: Readonly<Record<string, (no: string) => () => unknown>> = {
	shown: (no) => answerOf('ok', { no, practical_boxes_number: 1 }),
	'shown with 3 boxes': (no) => answerOf('ok', { no, practical_boxes_number: 3 }),
	deleted: (no) => answerOf('ok', { no, removed_at: '2026-01-02 03:04:05' }),
	'shown with its label': (no) => answerOf('ok', { no, tracking_number: '1Z999AA10123456784' }),
	'deleted in 9999': (no) => answerOf('ok', { no, removed_at: '9999-12-31 23:59:59' }),
	'deleted at 0000': (no) => answerOf('ok', { no, removed_at: '0000-00-00 00:00:00' }),
	'being deleted': (no) => answerOf('ok', { no, removing_at: '2026-01-02 03:04:05' }),
	'another order': () => answerOf('ok', { no: 'OTHER' }),
	'in lower case': (no) => answerOf('ok', { no: no.toLowerCase() }),
	missing: () => answerOf('HTTP 404'),
	empty: () => answerOf('ok', []),
};

/** What TW says of an order's state, e.g. `state -4`, if need be of another order. */
const STATE = /^state (-?\d+)(?: of (OTHER|nobody))?$/;

/** Asked for more than is written down, TW is not there. */
const BEYOND = 'no connection';

/** A client of the nodes' own kind; in a dry run it holds a request back as they do. */
export class PaperTw extends TwClient {
	/** The numbers of each send. */
	readonly sent: string[] = [];
	/** The numbers that were asked for. */
	readonly asked: string[] = [];

	private readonly forecasts: Array<() => unknown>;
	private readonly shows: ReadonlyMap<string, Array<() => unknown>>;

	/**
	 * @param forecasts an answer per send, e.g. `HTTP 503` or `takes A + refuses B`
	 * @param shows an answer per look, by order number
	 * @param onCall told of each request, before it is answered
	 */
	constructor(
		forecasts: readonly string[] = [],
		shows: Readonly<Record<string, readonly string[]>> = {},
		private readonly onCall: (name: TwEndpointName) => void = () => {},
	) {
		super(account);
		this.forecasts = forecasts.map(forecastOf);
		const shown = (no: string, look: string) =>
			stateOf(no, look) ?? SHOWS[look]?.(no) ?? answerOf(look);
		const all = Object.entries(shows);
		this.shows = new Map(all.map(([no, looks]) => [no, looks.map((look) => shown(no, look))]));
	}

	override async call(name: TwEndpointName, body: object | string, options: CallOptions) {
		if (this.isDry) return await super.call(name, body, options);
		this.onCall(name);
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		const { request_id, tickets = [], ...asked } = JSON.parse(text) as Asked;
		const [only = ''] = this.shows.keys();
		const no =
			request_id === undefined ? (asked.no ?? '') : (/^req-([AB])$/.exec(request_id)?.[1] ?? only);
		const answers = name === 'orderForecast' ? this.forecasts : this.shows.get(no);
		if (name === 'orderForecast') this.sent.push(tickets.map((ticket) => ticket.no).join(' '));
		else this.asked.push(no);
		return (answers?.shift() ?? answerOf(BEYOND))();
	}
}

type Asked = Partial<Ticket & { tickets: Ticket[]; request_id: string }>;

function stateOf(no: string, look: string): (() => unknown) | undefined {
	const [, state, of = no] = STATE.exec(look) ?? [];
	if (state === undefined) return undefined;
	return answerOf('ok', {
		...(of === 'nobody' ? {} : { no: of }),
		status: Number(state),
		errors: [],
	});
}

function forecastOf(answer: string): () => unknown {
	const parts = answer.split(' + ');
	const said = parts.flatMap((part) => [SAYING.exec(part)].filter((found) => found !== null));
	const orders = said.map(([, says = '', no = '']) => SAYS[says]!(no));
	const words = parts.find((part) => !SAYING.test(part)) ?? 'ok';
	return answerOf(words, orders.length > 0 ? orders : undefined);
}
