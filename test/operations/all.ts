/** The nodes' own lists of operations. */
import type { AnyOperation } from '../../lib/operation/operation';
import { tdOperations } from '../../nodes/TdOrderEvent/operations';
import { twBagOperations } from '../../nodes/TwBag/operations';
import { twBalanceOperations } from '../../nodes/TwBalance/operations';
import { twInvoiceOperations } from '../../nodes/TwInvoice/operations';
import { twLabelOperations } from '../../nodes/TwLabel/operations';
import { twOrderOperations } from '../../nodes/TwOrder/operations';
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
