/** What Create, Buy Cheapest and Quote share: the order as JSON in TW's own names, and their settings. */
import { flag, number } from '../../lib/fields/field';
import type { JsonForm } from '../../lib/operation/operation';
import { ifSentBeforeOption, rememberControl } from '../shared/remember';

const EXAMPLE = {
	no: 'ORD-0001',
	product: 'UA',
	freightClass: '',
	isSignatureService: 0,
	note: '',
	consignee: 'MSP1',
	boxes: [
		{
			number: 1,
			weight: 5,
			length: 20,
			width: 20,
			height: 20,
			declaredValue: 0,
			referenceNumbers: [],
		},
	],
};

export const orderJson: JsonForm = {
	chooser: 'specifyOrder',
	chooserLabel: 'Specify Order',
	name: 'orderJson',
	label: 'Order (JSON)',
	description: "The order in TW's own field names. One expression for all of it is fastest.",
	example: JSON.stringify(EXAMPLE, null, 2),
};

export const ticketsPerRequest = number('Tickets per Request', {
	initial: 1,
	always: 1,
	whole: true,
	above: 0,
	max: 1_000,
	description:
		'How many orders to send in one request. TW does not document what it does with the others when one is bad; then they are sent one by one.',
});

export const placeControls = {
	...rememberControl('Orders'),
	waitForCompletion: flag('Wait for Completion', {
		grade: 'conditional',
		always: true,
		description:
			'Whether to wait until TW has made the order, and to output tracking numbers and charges',
	}),
};

export const placeOptions = {
	...ifSentBeforeOption,
	checkExisting: flag('Check for Existing Order', {
		description:
			'Whether to ask TW for this order number before sending, and to output the order it has instead of creating it again. Costs one more request per item; turn it on where orders are also made outside of n8n.',
	}),
	maxWait: number('Maximum Wait', {
		initial: 180,
		always: 180,
		above: 0,
		max: 86_400,
		unit: 'seconds',
		description: 'Seconds to wait for completion',
	}),
	quoteInDryRun: flag('Quote in Dry Run', {
		description:
			'Whether a dry run asks TW what the order would cost. It asks for a trial calculation, which creates nothing; that it is free is assumed, since no page of TW says so.',
	}),
	pendingIsFine: flag('Output Pending Orders', {
		description:
			"Whether to output an order with outcome 'pending' when it is not completed in time, instead of failing",
	}),
};

/** Whether a dry run asks for prices. */
export const asksInDryRun = ({ quoteInDryRun }: { quoteInDryRun?: boolean }) =>
	quoteInDryRun === true;
