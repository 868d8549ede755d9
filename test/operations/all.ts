/** The nodes' own lists of operations. */
import type { AnyOperation } from '../../lib/operation/operation';
import { tdOperations } from '../../nodes/TdOrderEvent/TdOrderEvent.node.js';
import { twBagOperations } from '../../nodes/TwBag/TwBag.node.js';
import { twBalanceOperations } from '../../nodes/TwBalance/TwBalance.node.js';
import { twInvoiceOperations } from '../../nodes/TwInvoice/TwInvoice.node.js';
import { twLabelOperations } from '../../nodes/TwLabel/TwLabel.node.js';
import { twOrderOperations } from '../../nodes/TwOrder/TwOrder.node.js';
import type { nodes } from '../support';

export const operations = {
	twOrder: twOrderOperations,
	twLabel: twLabelOperations,
	twBag: twBagOperations,
	twInvoice: twInvoiceOperations,
	twBalance: twBalanceOperations,
	tdOrderEvent: tdOperations,
} satisfies Record<keyof typeof nodes, ReadonlyArray<AnyOperation<never>>>;

/** What kind an operation is of, by its node and its value in workflows. */
export function kindOf(node: keyof typeof nodes, value: string): AnyOperation<never>['kind'] {
	const list: ReadonlyArray<AnyOperation<never>> = operations[node];
	const operation = list.find((one) => one.value === value);
	if (!operation) throw new Error(`${node} has no operation ${value}`);
	return operation.kind;
}
