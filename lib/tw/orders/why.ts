/** Where TW does not know what it was asked for: one more read says which of the causes it is. */
import {
	asFault,
	CancelledFault,
	type Fault,
	NotFoundFault,
	RefusedFault,
} from '../../base/errors';
import type { Limits } from '../../base/limits';
import { isNoData } from '../wire/answers';
import type { TwClient } from '../wire/client';
import { twEndpoints, type TwEndpointName } from '../wire/endpoints';
import { causesOf, noOrder } from '../wire/not-found';
import { findOrder, type FoundOrder, isRemoved, trackingNumbers } from './info';

interface Asking {
	client: TwClient;
	limits: Limits;
}

/**
 * Why an order has no label: TW does not have the order, or it is deleted, or not completed yet. A completed one
 * leaves the label's path, whose advice is kept.
 *
 * @param error TW's own "not found" is explained; any other is given back
 */
export async function whyNoLabel(asking: Asking, no: string, error: unknown): Promise<Fault> {
	return await explained(asking, no, error, (order, fault) => {
		if (!order) return noOrder(no);
		if (isRemoved(order.info)) {
			return fault.rephrased(
				`Order ${no} was deleted at ${removedAt(order)}, so it has no label`,
				'Leave this order out, or create it anew.',
			);
		}
		if (trackingNumbers(order.info).length === 0) {
			return fault.rephrased(
				`Order ${no} is not completed yet, so it has no label`,
				"Turn on 'Wait for Completion' in TW Order, or run this item again in a few minutes.",
			);
		}
		const said = fault.facts.vendorMessage;
		const isPath = fault instanceof NotFoundFault;
		const then = isPath ? asking.client.assumption('orderLabel') : 'ask TW.';
		return fault.rephrased(
			`TW gives no label for order ${no} yet, though it is completed${said ? `: ${said}` : ''}`,
			`The label may follow: run this item again in a few minutes. If it does not: ${then}`,
		);
	});
}

/** Why TW finds no order to delete: it does not have the order. */
export async function whyNotDeleted(asking: Asking, no: string, error: unknown): Promise<Fault> {
	if (!(error instanceof NotFoundFault)) return asFault(error);
	return await explained(asking, no, error, (order) => (order ? undefined : noOrder(no)));
}

/**
 * Why TW knows no such tracking number or request_id: often an order number was given.
 *
 * @param field as the panel calls it
 * @param advice what to do with the order number instead
 */
export async function whyNotKnown(
	asking: Asking,
	name: TwEndpointName,
	{ given, field }: { given: string; field: string },
	error: unknown,
	advice: (order: FoundOrder) => string,
): Promise<Fault> {
	return await explained(asking, given, error, (order, fault) => {
		if (order) {
			return fault.rephrased(`'${field}' holds the order number ${given}`, advice(order));
		}
		if (fault instanceof NotFoundFault) return undefined;
		const said = fault.facts.vendorMessage ? `: ${fault.facts.vendorMessage}` : '';
		return fault.rephrased(
			`TW refuses '${twEndpoints[name].title}' for ${given}${said}`,
			causesOf(name),
		);
	});
}

/** Asks for an order by its number. If TW does not say, the fault stays as it is, with all causes. */
async function explained(
	{ client, limits }: Asking,
	no: string,
	error: unknown,
	judge: (order: FoundOrder | undefined, fault: Fault) => Fault | undefined,
): Promise<Fault> {
	const fault = asFault(error);
	if (!(fault instanceof RefusedFault || isNoData(fault))) return fault;
	try {
		return judge(await findOrder(client, no, limits), fault) ?? fault;
	} catch (secondError) {
		const second = asFault(secondError);
		return second instanceof CancelledFault ? second : fault;
	}
}

const removedAt = ({ info }: FoundOrder) => info.removed_at ?? info.real_removed_at;
