/** Every node of the package by its name in workflows, with the pauses that a person's flows have. */
import type { INodeType } from 'n8n-workflow';
import { ShopTrigger } from '../../nodes/ShopTrigger/ShopTrigger.node';
import { TdOrderEvent } from '../../nodes/TdOrderEvent/TdOrderEvent.node';
import { TwBag } from '../../nodes/TwBag/TwBag.node';
import { TwBalance } from '../../nodes/TwBalance/TwBalance.node';
import { TwInvoice } from '../../nodes/TwInvoice/TwInvoice.node';
import { TwLabel } from '../../nodes/TwLabel/TwLabel.node';
import { TwOrder } from '../../nodes/TwOrder/TwOrder.node';
import { TwTrigger } from '../../nodes/TwTrigger/TwTrigger.node';

export const actionTypes = {
	twBag: new TwBag(),
	twBalance: new TwBalance(),
	twInvoice: new TwInvoice(),
	twLabel: new TwLabel(),
	twOrder: new TwOrder(),
	tdOrderEvent: new TdOrderEvent(),
} satisfies Record<string, INodeType>;

export const nodeTypes = {
	...actionTypes,
	twTrigger: new TwTrigger(),
	shopTrigger: new ShopTrigger(),
} satisfies Record<string, INodeType>;
