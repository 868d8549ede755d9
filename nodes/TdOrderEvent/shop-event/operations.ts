/** The events that a shop's can become, by TD's name. */
import type { AnyOperation } from '../../../lib/operation/operation';
import type { TdClient } from '../../../lib/td/client';
import type { TdEventType } from '../../../lib/td/events';
import { tdEventOperations } from '../events';

/** A shop tells neither that an order was confirmed nor that it comes back. */
const NEVER: readonly TdEventType[] = ['order_confirm', 'order_return'];

export const reported: Readonly<Record<string, AnyOperation<TdClient>>> = Object.fromEntries(
	tdEventOperations
		.filter(({ value }) => !NEVER.includes(value as TdEventType))
		.map((operation) => [operation.value, operation]),
);
