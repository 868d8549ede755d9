/**
 * What happened in a shop, as events for TD: none, one or several, each told once, with the visit that
 * an earlier webhook of the order told.
 */
import { ValidationFault } from '../../../lib/base/errors';
import { isRecord } from '../../../lib/base/json-value';
import { type Before, type Operation, perItem } from '../../../lib/operation/operation';
import { SHOPS } from '../../../lib/shops/order';
import { readShopEvent, whyUnread } from '../../../lib/shops/read';
import type { TdClient } from '../../../lib/td/client';
import { itemOfShop } from '../../shared/shopItem';
import { reported } from './operations';
import {
	FIXED_IP_LABEL,
	NO_DEVICE_LABEL,
	SHOP_EVENT_LABEL,
	shopEventControls,
	shopEventFields,
	shopEventOptions,
	type ShopEventSettings,
} from './settings';
import { type ShopEventBody, shopEventOutput, tellShopEvent } from './tell';

const shops = Object.values(SHOPS).join(', ');

export const reportShopEvent: Operation<TdClient, ShopEventBody, ShopEventSettings> = {
	value: 'reportShopEvent',
	name: 'Report Shop Event',
	action: 'Report what happened in a shop',
	description:
		"Report a shop's order as the events it stands for: payment, result, shipment, refund, chargeback and more",
	notice: `From Shop Trigger, or a webhook of ${shops}. TD answers that it took the events; it gives no decision.`,
	kind: 'event',
	endpoints: Object.keys(reported),
	output: { usual: shopEventOutput },
	fields: shopEventFields,
	controls: shopEventControls,
	options: shopEventOptions,
	complete: (draft, { before }, settings) => {
		if (settings.noDevice === 'fixed' && !settings.fixedIp) throw noFixedIp();
		return { ...draft, shopEvent: read(draft['shopEvent'], settings, before) };
	},
	perform: perItem(tellShopEvent),
};

/** What is no object is left to the check of the field. */
function read(
	given: unknown,
	{ shop, topic, orderMember }: ShopEventSettings,
	before: Before | undefined,
): unknown {
	if (!isRecord(given)) return given;
	const source = { shop, topic, orderMember };
	const event = readShopEvent(given, source) ?? readShopEvent(itemOfShop(given, before), source);
	if (event) return event;
	throw new ValidationFault(
		`'${SHOP_EVENT_LABEL}' is no event of a shop that can be read. ${whyUnread(given, source)}`,
		SHOP_EVENT_LABEL,
		`Give it what Shop Trigger puts out, or the whole body of a webhook of ${shops}; where that comes without its headers, say in the options which Topic it is. Nothing was sent for this item.`,
	);
}

const noFixedIp = () =>
	new ValidationFault(
		`'${FIXED_IP_LABEL}' is empty`,
		FIXED_IP_LABEL,
		`Fill it in, or choose something else under '${NO_DEVICE_LABEL}'. Nothing was sent for this item.`,
	);
