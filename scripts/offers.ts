/** What each node of the package offers in its panel, for whatever is made from all of it. */
import type { Output } from '../lib/operation/operation';
import { shopDelivery } from '../lib/shops/admission';
import { tdOperations } from '../nodes/TdOrderEvent/TdOrderEvent.node.js';
import { twBagOperations } from '../nodes/TwBag/TwBag.node.js';
import { twBalanceOperations } from '../nodes/TwBalance/TwBalance.node.js';
import { twInvoiceOperations } from '../nodes/TwInvoice/TwInvoice.node.js';
import { twLabelOperations } from '../nodes/TwLabel/TwLabel.node.js';
import { twOrderOperations } from '../nodes/TwOrder/TwOrder.node.js';
import { twTriggerWatches } from '../nodes/TwTrigger/TwTrigger.node.js';

/** An operation, or an event of a trigger. */
export interface Offer {
	value: string;
	name: string;
	endpoints: readonly string[];
	output: Output;
}

export interface NodeOffers {
	/** As the editor calls the node. */
	title: string;
	/** Folder in nodes/, and name of the class. */
	folder: string;
	isTrigger: boolean;
	offers: readonly Offer[];
}

const action = (title: string, offers: readonly Offer[]): NodeOffers => ({
	title,
	folder: title
		.split(' ')
		.map((word) => word.charAt(0) + word.slice(1).toLowerCase())
		.join(''),
	isTrigger: false,
	offers,
});

const trigger = (title: string, offers: readonly Offer[]): NodeOffers => ({
	...action(title, offers),
	isTrigger: true,
});

const nodes = {
	tw: [
		action('TW Order', twOrderOperations),
		action('TW Label', twLabelOperations),
		action('TW Bag', twBagOperations),
		action('TW Invoice', twInvoiceOperations),
		action('TW Balance', twBalanceOperations),
		trigger('TW Trigger', twTriggerWatches),
	],
	td: action('TD Order Event', tdOperations),
	shops: trigger('Shop Trigger', [
		{ value: 'delivery', name: 'Delivery', endpoints: [], output: { usual: shopDelivery } },
	]),
};

/** Nodes that call TW. */
export const twNodes: readonly NodeOffers[] = nodes.tw;

/** Every node. */
export const allNodes: readonly NodeOffers[] = [...nodes.tw, nodes.td, nodes.shops];
