/** All operations of the node, in the order the editor lists them: TD's events, a shop's, and what reports none. */
import { alphabetically } from '../../lib/operation/fields/labels';
import type { AnyOperation } from '../../lib/operation/operation';
import type { TdClient } from '../../lib/td/client';
import { checkContract } from './checkContract';
import { tdEventOperations } from './events';
import { reportShopEvent } from './shop-event/reportShopEvent';

export const tdOperations: ReadonlyArray<AnyOperation<TdClient>> = [
	...tdEventOperations,
	checkContract,
	reportShopEvent,
].sort((one, other) => alphabetically(one.name, other.name));
