/**
 * What the user is asked for when a shop's order is to become a ticket: what no shop can know (boxes,
 * units), and whatever is to be another than the shop says.
 */
import { choice, type Fields, flag, json, list, number, text } from '../../operation/fields/model';
import { addressFields, boxFields, ticketFields } from '../../tw/orders/ticket';
import { WEIGHT_UNITS, type WeightUnit } from './weight';

/** A box as the user describes it, checked; in TW's own members. */
export interface GivenBox extends Record<string, unknown> {
	number: number;
	declaredValue?: number;
}

/** The checked form; ticket members of TW's own names are what the user wants instead of the shop's. */
export interface Choices extends Record<string, unknown> {
	shopOrder: Record<string, unknown>;
	orderNumberPrefix?: string;
	/** TW's channel; not asked for where channels are compared. */
	product?: string;
	packing: 'one' | 'each' | 'given';
	weightUnit?: WeightUnit;
	boxLength?: number;
	boxWidth?: number;
	boxHeight?: number;
	tareWeight?: number;
	boxes?: GivenBox[];
	ifNotShipped: 'skip' | 'leaveOut' | 'fail';
	shipUnpaid: boolean;
	shipAll?: boolean;
	declaredValue?: number;
	declaredValueRate?: number;
	weightPerArticle?: number;
	weightPerBox?: number;
	warehouse?: string;
	/** The order's number at TW. */
	no?: string;
}

const INSTEAD = 'Used instead of what the order of the shop says';
const packed = { field: 'packing', is: ['each', 'one'] } as const;
const size = { grade: 'required', above: 0, when: packed } as const;

const beforeChannel = {
	shopOrder: json('Shop Order', {
		grade: 'required',
		initial: '={{ $json }}',
		description:
			"What Shop Trigger puts out, a webhook's body, or an order of the shop's API: Shopify, WooCommerce or Stripe",
	}),
	orderNumberPrefix: text('Order Number Prefix', {
		grade: 'conditional',
		placeholder: 'e.g. SHOP1-',
		description:
			"Put before the shop's order number. TW takes a number once, so give each of several shops a prefix of its own.",
	}),
};

const packing = {
	packing: choice(
		'Packing',
		[
			{ name: 'Boxes Below', value: 'given', description: 'The boxes that you describe below' },
			{ name: 'One Box', value: 'one', description: 'All that is to be shipped, in one box' },
			{
				name: 'One Box per Article',
				value: 'each',
				description: 'Each piece in a box of its own; two of one article are two boxes',
			},
		],
		{ grade: 'conditional', initial: 'one', always: 'one' },
	),
	weightUnit: choice('Weight Unit', WEIGHT_UNITS, {
		grade: 'required',
		when: packed,
		hint: 'Of your TW account',
		description:
			"Unit in which your TW account takes weights; TW's documentation names none. Weights of the shop are converted to it, and rounded up to three decimals.",
	}),
	boxLength: number('Box Length', {
		...size,
		placeholder: 'e.g. 20',
		hint: 'Length, width and height in the unit of your TW account',
	}),
	boxWidth: number('Box Width', { ...size, placeholder: 'e.g. 20' }),
	boxHeight: number('Box Height', { ...size, placeholder: 'e.g. 20' }),
	tareWeight: number('Empty Box Weight', {
		grade: 'conditional',
		min: 0,
		when: packed,
		placeholder: 'e.g. 0.2',
		description:
			'What one box weighs with its filling and without its articles, in the unit above; it is added',
	}),
	boxes: list(
		'Boxes',
		'Box',
		{
			...boxFields,
			// Another than in an order by fields: what is left empty is worth what the shop's goods are
			declaredValue: number('Declared Value', {
				grade: 'conditional',
				min: 0,
				description:
					"Of one box; if it is empty in all of them, the value of the shop's goods is divided among the boxes",
			}),
		},
		{
			grade: 'required',
			when: { field: 'packing', is: ['given'] },
			description: 'The boxes of this order; identical ones can share an entry',
		},
	),
};

const wishes = {
	ifNotShipped: choice(
		'If Not to Be Shipped',
		[
			{ name: 'Fail', value: 'fail', description: 'End this item with a message that says why' },
			{
				name: 'Leave Out',
				value: 'leaveOut',
				description: 'Send nothing and output nothing; the panel says how many were left out',
			},
			{
				name: 'Skip, and Say Why',
				value: 'skip',
				description:
					"Send nothing, and output an item with the outcome 'skipped', its reason and reason_code",
			},
		],
		{
			grade: 'conditional',
			initial: 'skip',
			always: 'skip',
			description:
				'What to do with an order that is cancelled, refunded, unpaid, a test, shipped already, digital, to be collected, or without an address',
		},
	),
	shipUnpaid: flag('Ship Unpaid Orders', {
		grade: 'conditional',
		always: false,
		description:
			'Whether to ship orders that are not paid yet, such as those paid on delivery or by invoice',
	}),
};

/** In the collection every field is free, and says nothing if it is left empty. */
const instead = (fields: Fields): Fields =>
	Object.fromEntries(
		Object.entries(fields).map(([member, { always: _, ...field }]) => [
			member,
			{ ...field, grade: 'optional', description: INSTEAD },
		]),
	);

const { no, product } = ticketFields;

/** What of a ticket no shop knows: it is what the user says, or as the fields of an order begin with. */
export const FREE_MEMBERS = Object.keys(ticketFields).filter(
	(member) => !['no', 'product', 'consignee', 'boxes'].includes(member),
);

const overrides: Fields = {
	...instead({ no: no!, ...addressFields }),
	...Object.fromEntries(FREE_MEMBERS.map((member) => [member, ticketFields[member]!])),
	warehouse: text('Warehouse Code', {
		placeholder: 'e.g. MSP1',
		description: 'A warehouse that TW knows, to which the order goes instead of to the customer',
	}),
	declaredValue: number('Declared Value', {
		min: 0,
		description:
			"Of all that is shipped, in the currency of your TW account; used instead of the value of the shop's goods",
	}),
	declaredValueRate: number('Declared Value Rate', {
		above: 0,
		placeholder: 'e.g. 1.08',
		description:
			"What one unit of the order's currency is worth in the currency of your TW account; used where the two differ",
	}),
	shipAll: flag('Ship All if Not Told', {
		description:
			'Whether to ship all that was ordered where the shop does not tell what is left, as WooCommerce and Stripe after a partial refund. What was refunded then goes out as well.',
	}),
	weightPerArticle: number('Weight per Article', {
		above: 0,
		description:
			'Weight of one article where the shop tells none, as WooCommerce never does; in the unit above',
	}),
	weightPerBox: number('Weight per Box', {
		above: 0,
		description:
			'Weight of each box with all that is in it, in the unit above; used instead of the weights of the shop and of the empty box',
	}),
};

/** @param asksChannel not where channels are compared */
export const shopForm = (asksChannel: boolean): Fields => ({
	...beforeChannel,
	...(asksChannel ? { product: product! } : {}),
	...packing,
	...wishes,
	...overrides,
});

/** The collection of what is to be another than the shop says. */
export const OVERRIDE = { name: 'override', label: 'Override' } as const;
