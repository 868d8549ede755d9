/** A customer's bank asks for an explanation, or takes the money back. */
import {
	currencyOf,
	deviceIpOf,
	firstOf,
	type Members,
	membersOf,
	secondsOf,
	textOf,
	toldOf,
} from '../lenient';
import type { Dispute, ShopOrder } from '../order';
import type { ReadOptions } from '../shop';
import { majorOf } from './amounts';
import { expanded } from './objects';
import { orderOfPayment } from './payment';

/**
 * A dispute names its payment by id alone, unless somebody had Stripe expand it, and its `metadata` is its
 * own: then it does not tell the order, which is found by the payment's id. What Stripe has filled into the
 * evidence is the customer's.
 */
export function orderOfDispute(body: Members, options: ReadOptions): ShopOrder {
	const order = orderOfPayment(
		{
			charge: expanded(body['charge']),
			intent: expanded(body['payment_intent']),
			other: body,
		},
		options,
	);
	const { customer, device } = order;
	const evidence = membersOf(body['evidence']);
	return {
		...order,
		customer: toldOf({
			id: customer?.id ?? null,
			email: firstOf(customer?.email ?? null, textOf(evidence['customer_email_address'])),
			phone: customer?.phone ?? null,
		}),
		device: toldOf({
			ip: firstOf(device?.ip ?? null, deviceIpOf(evidence['customer_purchase_ip'])),
			user_agent: device?.user_agent ?? null,
			session: device?.session ?? null,
			black_box: device?.black_box ?? null,
		}),
		dispute: disputeOf(body),
	};
}

function disputeOf(body: Members): Dispute {
	const currency = currencyOf(body['currency']);
	const status = textOf(body['status']);
	return {
		id: textOf(body['id']),
		at: secondsOf(body['created']),
		amount: majorOf(body['amount'], currency),
		currency,
		reason: firstOf(textOf(body['reason']), textOf(body['network_reason_code'])),
		status,
		is_inquiry: status?.startsWith('warning_') ?? false,
	};
}
