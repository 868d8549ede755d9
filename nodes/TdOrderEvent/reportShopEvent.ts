/** Report what happened in a shop: none, one or several events for TD. */
import { ValidationFault } from '../../lib/base/errors';
import { isRecord } from '../../lib/base/json';
import { inputReader } from '../../lib/operation/input';
import {
	type AnyOperation,
	type EarlierItem,
	type Operation,
	type ReadCall,
} from '../../lib/operation/operation';
import { commonOptions } from '../../lib/operation/options';
import { readTime } from '../../lib/operation/time';
import { NO_DEVICE_LABEL } from '../../lib/shops/events/visit';
import {
	reportEvents,
	type ShopEventBody,
	type ShopEventContext,
	shopEventOutput,
} from '../../lib/shops/events/report-events';
import { SHOPS } from '../../lib/shops/order';
import { noEventIn, readShopEvent, whyUnread } from '../../lib/shops/read';
import type { TdClient } from '../../lib/td/client';
import type { EventBody } from '../../lib/td/deliver';
import { tdEventOperations } from './events';
import {
	FIXED_IP_LABEL,
	SHOP_EVENT_LABEL,
	shopEventControls,
	shopEventFields,
	shopEventOptions,
	type ShopEventSettings,
} from './shopEventFields';

const shops = Object.values(SHOPS).join(', ');

/** The operations of the events that a shop's event can become, by TD's name. No shop reports a receipt or a return. */
export const eventOperations: Readonly<Record<string, AnyOperation<TdClient>>> = Object.fromEntries(
	tdEventOperations
		.filter(({ value }) => !['order_confirm', 'order_return'].includes(value))
		.map((operation) => [operation.value, operation]),
);

export const reportShopEvent: Operation<TdClient, ShopEventBody, ShopEventSettings> = {
	value: 'reportShopEvent',
	name: 'Report Shop Event',
	action: 'Report a shop event',
	description:
		"Report a shop's order as the events it stands for: payment, result, shipment, refund, chargeback and more",
	notice: `From Shop Trigger, or a webhook of ${shops}. TD answers that it took the events; it gives no decision.`,
	kind: 'event',
	endpoints: Object.keys(eventOperations),
	output: { usual: shopEventOutput },
	fields: shopEventFields,
	controls: shopEventControls,
	options: shopEventOptions,
	complete: (draft, { earlierItem }, settings) => {
		if (settings.noDevice === 'fixed' && !settings.fixedIp) {
			throw new ValidationFault(
				`'${FIXED_IP_LABEL}' is empty`,
				FIXED_IP_LABEL,
				`Fill it in, or choose something else under '${NO_DEVICE_LABEL}'. Nothing was sent for this item.`,
			);
		}
		return { ...draft, shopEvent: read(draft['shopEvent'], settings, earlierItem) };
	},
	performEach: async (call, { body, settings }) => {
		const time = (text: string) => readTime(text, call.zone)?.iso;
		return await reportEvents({ ...call, time, prepare: preparer(call) }, body, settings);
	},
};

/** Prepares the bodies of events as their own operations do. */
export function preparer(call: ReadCall<TdClient> & { zone: string }): ShopEventContext['prepare'] {
	const place = { zone: call.zone, region: call.client.account.region };
	return (type, draft) => {
		const operation = eventOperations[type]!;
		const reader = inputReader(operation, commonOptions('TD'), place);
		return { body: reader.check(draft, call) as EventBody, fields: operation.fields };
	};
}

/** Anything but an object is left to the field's own check. */
function read(
	given: unknown,
	source: ShopEventSettings,
	earlierItem: EarlierItem | undefined,
): unknown {
	if (!isRecord(given)) return given;
	// TW Label may stand in between, for example, whose items don't hold the shop's event
	const event =
		readShopEvent(given, source) ?? readShopEvent(earlierItem?.('shopTrigger', given), source);
	if (event) return event;
	const noEvent = noEventIn(given, source);
	if (noEvent?.kind === 'nothing') return noEvent;
	throw new ValidationFault(
		`'${SHOP_EVENT_LABEL}' is no event of a shop that can be read. ${whyUnread(given, source)}`,
		SHOP_EVENT_LABEL,
		`Give it what Shop Trigger puts out, or the whole body of a webhook of ${shops}; where that comes without its headers, set Topic in the options. Nothing was sent for this item.`,
	);
}
