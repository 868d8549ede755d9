/** The order as several operations of TW Order take it: by fields, or as JSON in TW's own names. */
import { number } from '../../lib/operation/fields/model';
import type { JsonForm } from '../../lib/operation/operation';
import type { Ticket } from '../../lib/tw/orders/ticket';

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
	description:
		'How many orders to send in one request. TW does not document what it does with the others when one is bad; then they are sent one by one.',
});

/** An order is known by its number; the same number twice is the same order. */
export const orderIdentity = ({ no }: Pick<Ticket, 'no'>) => ({ key: no, label: 'Order Number' });
