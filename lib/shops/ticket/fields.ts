/**
 * The fields that turn a shop's order into a ticket: what no shop can know (boxes, units), and what the
 * user wants instead of what the shop says.
 */
import { ItemFault, ValidationFault } from '../../base/errors';
import {
	choice,
	type Fields,
	flag,
	json,
	list,
	number,
	type SettingsOf,
	text,
} from '../../fields/field';
import {
	addressFields,
	BOX_TITLE,
	boxFields,
	channelField,
	serviceFields,
	ticketFields,
} from '../../tw/orders/ticket';
import { appliesTo } from '../needs';
import { isProvider } from '../order';
import { type ReasonCode, REASONS } from './reasons';

/** Units that a TW account may be kept in; sorted by name, as the editor lists them. */
const WEIGHT_UNITS = [
	{ name: 'Grams', value: 'g' },
	{ name: 'Kilograms', value: 'kg' },
	{ name: 'Ounces', value: 'oz' },
	{ name: 'Pounds', value: 'lb' },
] as const;

export type WeightUnit = (typeof WEIGHT_UNITS)[number]['value'];

const INSTEAD = 'Used instead of what the shop says';
const packed = { field: 'packing', is: ['each', 'one'] } as const;
const size = { grade: 'required', above: 0, when: packed } as const;

const source = {
	shopOrder: json('Shop Order', {
		grade: 'required',
		initial: '={{ $json }}',
		description:
			"The output of Shop Trigger, a webhook's body, or an order from the API of Shopify, WooCommerce or Stripe",
	}),
};

const naming = {
	orderNumberPrefix: text('Order Number Prefix', {
		grade: 'conditional',
		placeholder: 'e.g. SHOP1-',
		description:
			"Put before the shop's order number. TW takes a number only once, so if you have several shops, give each its own prefix.",
	}),
};

const packing = {
	packing: choice(
		'Packing',
		[
			{ name: 'Boxes Below', value: 'given', description: 'The boxes that you describe below' },
			{ name: 'One Box', value: 'one', description: 'Everything to be shipped, in one box' },
			{
				name: 'One Box per Article',
				value: 'each',
				description: 'Each piece in its own box; two of one article are two boxes',
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
			'Weight of one box with its filling but without articles, in the unit above; it is added',
	}),
	boxes: list(
		'Boxes',
		'Box',
		{
			...boxFields,
			// Unlike in an order by fields, an empty one means the value of the shop's goods
			declaredValue: number('Declared Value', {
				grade: 'conditional',
				min: 0,
				hint: 'Of one box, in the currency of your TW account',
				description:
					"If it is empty in all boxes, the value of the shop's goods is divided among them",
			}),
		},
		{
			grade: 'required',
			entryTitle: BOX_TITLE,
			when: { field: 'packing', is: ['given'] },
			description: 'The boxes of this order; identical boxes can share an entry',
		},
	),
};

/** What becomes of an order that makes no parcel. */
const WITHOUT_PARCEL = [
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
] as const;

const exceptions = {
	ifMissing: choice('If Something Is Missing', WITHOUT_PARCEL, {
		grade: 'conditional',
		initial: 'fail',
		always: 'fail',
		hint: appliesTo(REASONS, 'owner'),
		description:
			'What to do with an order that you have to act on: somebody may be waiting for it, and it cannot be shipped as it is',
	}),
	ifNotShipped: choice('If Not to Be Shipped', WITHOUT_PARCEL, {
		grade: 'conditional',
		initial: 'skip',
		always: 'skip',
		hint: appliesTo(REASONS, 'nobody'),
		description: 'What to do with an order that needs nothing from you: nobody is waiting for it',
	}),
	shipUnpaid: flag('Ship Unpaid Orders', {
		grade: 'conditional',
		always: false,
		description:
			'Whether to ship orders that are not paid yet, such as those paid on delivery or by invoice',
	}),
};

/** Where it is remembered what of an order has gone. */
const growing = {
	ifGrown: choice(
		'If Goods Are Added Later',
		[
			{
				name: 'Another Parcel',
				value: 'another',
				description: 'Send what was added under a number of its own, such as 1003-2',
			},
			{
				name: 'Fail',
				value: 'fail',
				description: 'End this item with a message that says what was added; send nothing',
			},
		],
		{
			grade: 'conditional',
			initial: 'fail',
			always: 'fail',
			description:
				'What to do if an order has a parcel already, and was edited or exchanged since, so that more is to be shipped',
		},
	),
};

type Free<F extends Fields> = {
	[M in keyof F]: Omit<F[M], 'grade' | 'always'> & { grade: 'optional' };
};

/** Every field of the collection is optional, and changes nothing if it is left empty. */
const instead = <F extends Fields>(fields: F): Free<F> =>
	Object.fromEntries(
		Object.entries(fields).map(([member, { always: _, ...field }]) => [
			member,
			{ ...field, grade: 'optional', description: INSTEAD },
		]),
	) as Free<F>;

/** The members of a ticket that no shop knows: as the user gives them, or else the defaults of an order. */
export const USER_MEMBERS = Object.keys(serviceFields);

const overrides = {
	...instead({ no: ticketFields.no, ...addressFields }),
	...serviceFields,
	warehouse: text('Warehouse Code', {
		placeholder: 'e.g. MSP1',
		description: 'A warehouse that TW knows; the order goes there instead of to the customer',
	}),
	declaredValue: number('Declared Value', {
		min: 0,
		description:
			"Value of everything shipped, in the currency of your TW account; used instead of the value of the shop's goods",
	}),
	declaredValueRate: number('Declared Value Rate', {
		above: 0,
		placeholder: 'e.g. 1.08',
		description:
			"What one unit of the order's currency is worth in the currency of your TW account; used where the two differ",
	}),
	ownServices: text('Own Fulfillment Services', {
		placeholder: 'e.g. shipstation, shipbob',
		description:
			'The fulfillment services of your Shopify that only manage what you ship yourself, separated by commas. What any other one ships, such as a print service, is left out.',
	}),
	shipAll: flag('Ship All if Unknown', {
		description:
			'Whether to ship everything ordered where the shop does not say what is left, as WooCommerce and Stripe after a partial refund, or what the customer collects. What was refunded, or is collected, then goes out as well.',
	}),
	shipStatuses: text('Own Statuses to Ship', {
		placeholder: 'e.g. ready-to-pack, at-warehouse',
		description:
			'Statuses of your WooCommerce shop under which a paid order is to be shipped, as processing; with commas between them',
	}),
	shippedStatuses: text('Own Shipped Statuses', {
		placeholder: 'e.g. handed-over',
		description:
			'Statuses of your WooCommerce shop under which an order has left, as completed; with commas between them',
	}),
	weightPerArticle: number('Weight per Article', {
		above: 0,
		description:
			'Weight of one article where the shop gives none, as WooCommerce never does; in the unit above',
	}),
	weightPerBox: number('Weight per Box', {
		above: 0,
		description:
			"Weight of each box with its contents, in the unit above; used instead of the shop's weights and the empty box's",
	}),
};

const ticket = { ...packing, ...naming, ...exceptions };
const withChannel = { ...source, product: channelField, ...ticket, ...growing, ...overrides };

export type ShopTicketFields = Omit<typeof withChannel, 'product'>;

/** For what the fields are: `price` compares channels and sends nothing, `buy` compares and sends. */
export type TicketPurpose = 'create' | 'buy' | 'price';

const byPurpose: Readonly<Record<TicketPurpose, Fields>> = {
	create: withChannel,
	buy: { ...source, ...ticket, ...growing, ...overrides },
	price: { ...source, ...ticket, ...overrides },
};

export const shopTicketFields = (purpose: TicketPurpose): ShopTicketFields =>
	byPurpose[purpose] as ShopTicketFields;

/** The checked fields. Members with TW's own names go before what the shop says. */
export type TicketChoices = Omit<SettingsOf<ShopTicketFields>, 'ifGrown'> & {
	product?: string;
	ifGrown?: 'another' | 'fail';
} & Record<string, unknown>;

/** A box as the user describes it, checked; in TW's own members. */
export type DescribedBox = NonNullable<TicketChoices['boxes']>[number];

/** The collection of what the user wants instead of what the shop says. */
export const OVERRIDE = { name: 'override', label: 'Override' } as const;

const shownFields: Fields = withChannel;
const labelOf = (member: string): string => shownFields[member]?.label ?? member;

/** A field's label in quotes, as messages name it. */
export const quotedLabel = (member: string): string => `'${labelOf(member)}'`;

/** The fields under Override in which the user can give what the shop does not. */
export const overrideLabels = (...members: string[]): string =>
	`${members.map(quotedLabel).join(' or ')} under '${OVERRIDE.label}'`;

/** An order makes no parcel. */
export class OrderFault extends ItemFault {
	constructor(
		readonly code: ReasonCode,
		{ message, field, advice }: ValidationFault,
	) {
		super(message, field, advice);
	}
}

/**
 * A fault of the order itself, unlike one of the node's settings.
 *
 * @param about as of {@link ticketFault}
 */
export const orderFault = (
	code: ReasonCode,
	...about: Parameters<typeof ticketFault>
): OrderFault => new OrderFault(code, ticketFault(...about));

/**
 * What to do about an address. A later try of the execution has the order as it was; and nobody can complete a payment
 * of a provider, whose link or checkout asks for a shipping address only if it is told to.
 */
export const completeAddress = ({ shop }: { shop: string | null }): string =>
	isProvider(shop)
		? "Make this parcel with 'Create' and 'Using Fields Below'. For the next ones, have the payment link or the checkout collect shipping addresses"
		: "Complete the address in the shop and run the flow with the order as it is then, or make this parcel with 'Create' and 'Using Fields Below'";

/**
 * @param member the field to correct
 * @param advice what to do, in whole sentences
 */
export const ticketFault = (message: string, member: string, advice: string): ValidationFault =>
	new ValidationFault(message, labelOf(member), `${advice} Nothing was sent for this item.`);
