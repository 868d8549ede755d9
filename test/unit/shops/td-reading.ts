/** What TD is told of a shop's event, without sending it: as "Report Shop Event" makes it. */
import { inputReader } from '../../../lib/operation/input';
import { commonOptions } from '../../../lib/operation/options';
import { readTime } from '../../../lib/operation/time';
import { ExecutionLedger } from '../../../lib/run/ledger';
import type { ShopEvent } from '../../../lib/shops/order';
import type { Rates } from '../../../lib/shops/td-amount';
import { type LeftOut, type Telling, tellingsOf, type Terms } from '../../../lib/shops/td-events';
import { factsOf, withEvent } from '../../../lib/shops/visit';
import { readTdAccount } from '../../../lib/td/account';
import { TdClient } from '../../../lib/td/client';
import { reported } from '../../../nodes/TdOrderEvent/shop-event/operations';
import { eventRefusal } from '../../../sandbox/td/events';

type Json = Record<string, unknown>;

/** An event as it would be sent, or what is said in its place. */
export type Told =
	| { type: string; key: string; body: Json; tellsTime: boolean }
	| Pick<LeftOut, 'type' | 'code' | 'reason'>;

/** In the place of an order that the event does not name, and that is found by its payment. */
export const UNKNOWN = '(as remembered)';

/** A rate for every currency; that of the euro is not that of the others. */
export const anyRate = {
	get: (currency: string) => (currency === 'EUR' ? '1.085' : '1.5'),
} as unknown as Rates;

const keys = { partnerCode: 'p', partnerKey: 'k', channel: 'web' };

const clientOf = (region: string) => new TdClient(readTdAccount({ ...keys, region }));
const clients = { sg: clientOf('sg'), cn: clientOf('cn') };

/** @param choices what the user or the run adds to the usual */
export function toldOf(
	event: ShopEvent,
	choices: Partial<Terms> & { regionCode?: 'sg' | 'cn' } = {},
): Told[] {
	const { regionCode = 'sg', ...more } = choices;
	const client = clients[regionCode];
	const { region } = client.account;
	const orderId = event.order.id ?? UNKNOWN;
	const facts = withEvent(factsOf(event, undefined), event, orderId);
	const terms: Terms = {
		orderId,
		payments: facts.payments,
		contents: null,
		includesInquiries: false,
		category: undefined,
		region,
		rates: anyRate,
		time: (text) => (text === null ? undefined : readTime(text, 'UTC')?.iso),
		...more,
	};
	const call = { client, ledger: new ExecutionLedger({}), run: '0' };
	const complete = ({ type, key, body: own }: Telling): Told => {
		const members = own();
		const draft = { session_id: 's', terminal: { ip: '210.20.10.33' }, ...members };
		const reader = inputReader(reported[type]!, commonOptions('TD'), { zone: 'UTC', region });
		const body = reader.check(draft, call);
		const refusal = eventRefusal(JSON.parse(JSON.stringify(body)) as Json, { region: regionCode });
		if (refusal) throw new Error(`TD would refuse ${type}: ${refusal.message}`);
		return { type, key, body, tellsTime: 'event_time' in members };
	};
	return tellingsOf(event, terms).map((one) =>
		'body' in one ? complete(one) : { type: one.type, code: one.code, reason: one.reason },
	);
}
