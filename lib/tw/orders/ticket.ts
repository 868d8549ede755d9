/**
 * A TW ticket: one order as orderTrial and orderForecast take it.
 *
 * Member names, types and the values sent by default are those of the vendor's examples [documented].
 * Which members are required is ASSUMED: we ask only for what can't be missing, in the panel for a whole address
 * too, and TW judges the rest.
 * Units are not documented, so numbers pass unchanged.
 */
import { ValidationFault } from '../../base/errors';
import {
	choice,
	either,
	flag,
	group,
	list,
	locator,
	number,
	text,
	texts,
} from '../../fields/field';
import { countryForm } from '../../fields/forms';

/** A receiver may be only a company, and some countries have no postcodes, so TW judges an order in JSON. */
const asked = { grade: 'required', askedBy: 'panel' } as const;

/**
 * The address form of a consignee [documented], in the order in which people write an address; the
 * vendor's own example swaps postcode and address.
 */
export const addressFields = {
	name: text('Contact Name', { ...asked, placeholder: 'e.g. Nathan Smith' }),
	companyName: text('Company', {
		grade: 'conditional',
		always: '',
		placeholder: 'e.g. Example Inc.',
	}),
	address: text('Street', { ...asked, placeholder: 'e.g. 1 Example Street' }),
	address2: text('Street Line 2', {
		grade: 'conditional',
		always: '',
		placeholder: 'e.g. Suite 200',
	}),
	city: text('City', { ...asked, placeholder: 'e.g. Minneapolis' }),
	stateProvince: text('State or Province', {
		grade: 'conditional',
		always: '',
		placeholder: 'e.g. MN',
	}),
	postcode: text('Postcode', { ...asked, placeholder: 'e.g. 55401' }),
	countryCode: text('Country Code', {
		...asked,
		placeholder: 'e.g. US',
		description: 'Two-letter country code',
		form: countryForm('US'),
	}),
	phone: text('Phone', { grade: 'conditional', always: '', placeholder: 'e.g. 1-555-0100' }),
};

export const boxFields = {
	number: number('Boxes Like This', {
		grade: 'required',
		whole: true,
		above: 0,
		initial: 1,
		description: 'How many identical boxes of this kind the order has',
	}),
	weight: number('Weight', {
		grade: 'required',
		above: 0,
		placeholder: 'e.g. 5',
		hint: 'In the unit of your TW account',
		description: "Weight of one box; passed on as it is, since TW's documentation names no unit",
	}),
	length: number('Length', {
		grade: 'required',
		above: 0,
		placeholder: 'e.g. 20',
		hint: 'Length, width and height in the unit of your TW account',
	}),
	width: number('Width', { grade: 'required', above: 0, placeholder: 'e.g. 20' }),
	height: number('Height', { grade: 'required', above: 0, placeholder: 'e.g. 20' }),
	declaredValue: number('Declared Value', {
		grade: 'conditional',
		min: 0,
		initial: 0,
		always: 0,
		hint: 'Of one box, in the currency of your TW account',
	}),
	referenceNumbers: texts('Reference Numbers', 'Reference Number', {
		grade: 'conditional',
		always: [],
		description: 'References to transmit with this box',
	}),
};

/** Tells one box from another while they are folded. */
export const BOX_TITLE = ['quantity <number>', 'weight <weight>', '<length> × <width> × <height>'];

/** Services beyond transport. */
export const serviceFields = {
	freightClass: text('Freight Class', {
		always: '',
		placeholder: 'e.g. 70',
		description: 'Freight class, where the channel asks for one',
	}),
	isSignatureService: flag('Signature Service', {
		always: 0,
		wire: { true: 1, false: 0 },
		description: 'Whether the recipient must sign on delivery',
	}),
	signatureType: choice(
		'Signature Type',
		[{ name: 'Indirect', value: 'INDIRECT', description: "The one value in TW's documentation" }],
		{
			open: true,
			initial: 'INDIRECT',
			description: 'Kind of signature; other codes by expression',
		},
	),
	is_insurance: flag('Insurance', { description: 'Whether to insure the order' }),
	note: text('Note', { always: '', description: 'Remark for this order' }),
};

export const ticketFields = {
	no: text('Order Number', {
		names: true,
		grade: 'required',
		placeholder: 'e.g. ORD-0001',
		description:
			'Your own number for this order. TW binds a number to one channel, so use each number once.',
	}),
	product: locator('Channel', 'e.g. UA', {
		grade: 'required',
		search: 'searchChannels',
		description: "TW's delivery channel (product code)",
	}),
	...serviceFields,
	consignee: either(
		'Recipient',
		{
			value: 'warehouse',
			field: text('Warehouse Code', {
				grade: 'required',
				placeholder: 'e.g. MSP1',
				description: 'Code of a warehouse that TW knows',
			}),
		},
		{ value: 'address', field: group('Address', addressFields, { grade: 'required' }) },
		{ grade: 'required' },
	),
	boxes: list('Boxes', 'Box', boxFields, {
		grade: 'required',
		entryTitle: BOX_TITLE,
		description: 'The boxes of this order; identical ones can share an entry',
	}),
};

/** In JSON an order may still name a channel; the fields ask for the channels to compare instead. */
export const { product: channelField, ...openTicketFields } = ticketFields;

/**
 * A draft of {@link openTicketFields} with the channel that its JSON may name, which those fields don't check.
 *
 * @throws {ValidationFault} if the channel is no text
 */
export function withOwnChannel({
	product,
	...draft
}: Record<string, unknown>): Record<string, unknown> {
	if (product === undefined || product === null) return draft;
	if (typeof product === 'number' && Number.isSafeInteger(product)) {
		return { ...draft, product: String(product) };
	}
	if (typeof product === 'string') return product.trim() === '' ? draft : { ...draft, product };
	throw new ValidationFault("'product' must be text: the code of a channel", 'product');
}

/** A checked ticket whose channel may still be open; unknown members are the user's own. */
export interface OpenTicket extends Record<string, unknown> {
	no: string;
	product?: string;
	boxes: Array<{ number: number } & Record<string, unknown>>;
}

/** A checked ticket, ready to be sent. */
export interface Ticket extends OpenTicket {
	product: string;
}

/** How many boxes a ticket has, identical ones counted one by one. */
export function boxCount(ticket: Ticket): number {
	return ticket.boxes.reduce((sum, box) => sum + box.number, 0);
}
