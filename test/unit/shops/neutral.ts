/** A shop's order in the neutral form, as Shop Trigger puts it out. */
import type { IDataObject } from 'n8n-workflow';

export const shirt = {
	id: '1',
	sku: 'SHIRT-M',
	name: 'Shirt',
	quantity: 2,
	to_ship: 2,
	value: '40.00',
	grams: 250,
	needs_shipping: true,
};

export const cap = {
	id: '2',
	sku: 'CAP',
	name: 'Cap',
	quantity: 1,
	to_ship: 1,
	value: '15.50',
	grams: 120,
	needs_shipping: true,
};

export const giftCard = {
	...cap,
	id: '3',
	sku: null,
	name: 'Gift Card',
	grams: 0,
	needs_shipping: false,
};

export const home = {
	name: 'Ada Example',
	company: 'Example Inc.',
	line1: '1 Example Street',
	line2: 'Suite 200',
	city: 'Sampletown',
	region: 'MN',
	postcode: '55000',
	country: 'US',
	phone: '1-555-0100',
};

const order: IDataObject = {
	id: '820982911946154508',
	number: '1001',
	state: 'paid',
	currency: 'USD',
	totals: { total: '70.00', goods: '55.50', shipping: '9.50', tax: '5.00', discounts: '0.00' },
	customer: { id: '7', email: 'ada@example.com', phone: '1-555-0199' },
	ship_to: home,
	articles: [shirt, cap],
};

/**
 * Two shirts and a cap, paid, on their way to Sampletown: 0.62 kg worth USD 55.50.
 *
 * @param changes members of the order
 * @param more members of the event
 */
export const neutralEvent = (changes: object = {}, more: object = {}): IDataObject => ({
	event: 'order_paid',
	shop: 'shopify',
	order: { ...order, ...changes },
	...more,
});

/** What TW gets of it by UA, all in one box of 30 x 20 x 10 cm. */
export const neutralTicket = {
	no: '1001',
	product: 'UA',
	freightClass: '',
	isSignatureService: 0,
	note: '',
	consignee: {
		name: 'Ada Example',
		companyName: 'Example Inc.',
		address: '1 Example Street',
		address2: 'Suite 200',
		city: 'Sampletown',
		stateProvince: 'MN',
		postcode: '55000',
		countryCode: 'US',
		phone: '1-555-0100',
	},
	boxes: [
		{
			...{ number: 1, weight: 0.62, length: 30, width: 20, height: 10 },
			declaredValue: 55.5,
			referenceNumbers: [],
		},
	],
};

/** What the nodes behind get of it beside. */
export const neutralSummary = (number = '1001') => ({
	name: 'shopify',
	event: 'order_paid',
	order_id: '820982911946154508',
	order_number: number,
	email: 'ada@example.com',
});
