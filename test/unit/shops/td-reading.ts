/** What TD is told of a shop's event, without sending it: as "Report Shop Event" makes it. */
import { readTime } from '../../../lib/operation/time';
import type { ShopEvent } from '../../../lib/shops/order';
import type { Rates } from '../../../lib/shops/events/amount';
import type { EventKey, PlannedEvent, PlanTerms, Skip } from '../../../lib/shops/events/happening';
import { planEvents } from '../../../lib/shops/events/plan';
import { paymentIn } from '../../../lib/shops/events/paid';
import { factsOf, withEvent } from '../../../lib/shops/events/visit';
import { readTdAccount } from '../../../lib/td/account';
import { TdClient } from '../../../lib/td/client';
import { preparer } from '../../../nodes/TdOrderEvent/reportShopEvent';
import { eventRefusal } from '../../../sandbox/td/events';

type Json = Record<string, unknown>;

/** An event as it would be sent, or what is said in its place. */
export type ReadEvent =
	| { type: string; key: EventKey; body: Json; tellsTime: boolean }
	| Pick<Skip, 'type' | 'code' | 'reason'>;

/** In the place of an order that the event does not name, and that is found by its payment. */
export const UNKNOWN = '(as remembered)';

/** A rate for every currency; that of the euro is not that of the others. */
export const anyRate = {
	get: (currency: string) => (currency === 'EUR' ? '1.085' : '1.5'),
} as unknown as Rates;

const keys = { partnerCode: 'p', partnerKey: 'key-1', channel: 'web' };

const clientOf = (region: string) => new TdClient(readTdAccount({ ...keys, region }));
const clients = { sg: clientOf('sg'), cn: clientOf('cn') };

/** @param choices what the user or the run adds to the usual */
export function toldOf(
	event: ShopEvent,
	choices: Partial<PlanTerms> & { regionCode?: 'sg' | 'cn' } = {},
): ReadEvent[] {
	const { regionCode = 'sg', ...more } = choices;
	const client = clients[regionCode];
	const { region } = client.account;
	const orderId = event.order.id ?? UNKNOWN;
	const facts = withEvent(factsOf(event, undefined), event, orderId);
	const terms: PlanTerms = {
		orderId,
		payment: paymentIn(event, orderId, []),
		payments: facts.payments,
		contents: null,
		includesInquiries: false,
		category: undefined,
		region,
		rates: anyRate,
		time: (text) => readTime(text, 'UTC')?.iso,
		...more,
	};
	const startedAt = () => new Date().toISOString();
	const prepare = preparer({ client, startedAt, zone: 'UTC' });
	const complete = ({ type, key, body: own }: PlannedEvent): ReadEvent => {
		const members = own();
		const draft = { session_id: 's', terminal: { ip: '210.20.10.33' }, ...members };
		const { body } = prepare(type, draft);
		const refusal = eventRefusal(JSON.parse(JSON.stringify(body)) as Json, { region: regionCode });
		if (refusal) throw new Error(`TD would refuse ${type}: ${refusal.message}`);
		return { type, key, body, tellsTime: 'event_time' in members };
	};
	return planEvents(event, terms).map((one) =>
		'body' in one ? complete(one) : { type: one.type, code: one.code, reason: one.reason },
	);
}
