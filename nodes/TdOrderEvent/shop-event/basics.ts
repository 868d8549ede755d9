/** The basic parameters of an order's events: who visited, and from which device. */
import { ValidationFault } from '../../../lib/base/errors';
import type { OrderFacts } from '../../../lib/shops/visit';
import { NO_DEVICE_LABEL, type ShopEventSettings } from './settings';

export interface Basics {
	/** In TD's names. */
	members: Record<string, unknown>;
	/** What the user should know of them. */
	remark?: string;
}

/**
 * @param orderId the order as TD knows it
 * @returns undefined if nobody's device is known, and the user wants such orders skipped
 * @throws {ValidationFault} if the user wants them to fail
 */
export function basicsOf(
	{ session, account, ip, black_box: blackBox }: OrderFacts,
	orderId: string,
	{ noDevice, fixedIp }: ShopEventSettings,
): Basics | undefined {
	const isKnown = ip !== null || blackBox !== null;
	if (!isKnown && noDevice === 'skip') return undefined;
	if (!isKnown && noDevice === 'fail') throw unknownDevice(orderId);
	const members = {
		// TD demands a session. What TD knows the order by leads to no visit, but loses no event either.
		session_id: session ?? orderId,
		...(account === null ? {} : { account_id: account }),
		terminal: isKnown
			? { ...(blackBox === null ? {} : { black_box: blackBox }), ...(ip === null ? {} : { ip }) }
			: { ip: fixedIp },
	};
	const remarks = [
		...(session === null ? ["No webhook told the session: 'Order ID' was sent as session"] : []),
		...(isKnown ? [] : ["Nobody's device is known: 'Fixed IP' was sent"]),
	];
	return remarks.length > 0 ? { members, remark: `${remarks.join('. ')}.` } : { members };
}

/** Why an order is not reported of which nobody's device is known. */
export const noDevice = (orderId: string): string =>
	`Nobody's device is known of order ${orderId}: neither this webhook nor an earlier one that is still remembered told an IP or a black box`;

const unknownDevice = (orderId: string) =>
	new ValidationFault(
		noDevice(orderId),
		NO_DEVICE_LABEL,
		`TD takes no event without one of the two. Choose under '${NO_DEVICE_LABEL}' what is to be done with such orders. Nothing was reported for this item.`,
	);
