/** Where an order goes. */
import { phoneOf } from '../addresses/phone';
import { addressFields } from '../../tw/orders/ticket';
import {
	completeAddress,
	orderFault,
	overrideLabels,
	quotedLabel,
	type TicketChoices,
	ticketFault,
} from './fields';
import { type GivenOrder, orderNameInText } from './given-order';

type Texts = Record<string, string>;

/** Whether shop or user give an address; a country alone, or a name, is none. */
export function hasAddress({ order }: GivenOrder, choices: TicketChoices): boolean {
	if (choices.warehouse !== undefined) return true;
	const { ship_to: to } = order;
	const overrides = ['address', 'city', 'postcode'].map((member) => choices[member]);
	return [to?.line1, to?.line2, to?.city, to?.postcode, ...overrides].some(isFilled);
}

/**
 * A warehouse's code, or the address in TW's own members: each as the user gives it, else as the shop does.
 *
 * @throws {OrderFault} naming every member that TW needs and nobody gives, {ValidationFault} for a warehouse and an address
 */
export function consigneeOf(given: GivenOrder, choices: TicketChoices): string | Texts {
	const overrides = Object.fromEntries(
		Object.keys(addressFields)
			.filter((member) => isFilled(choices[member]))
			.map((member) => [member, choices[member] as string]),
	);
	const { warehouse } = choices;
	if (warehouse !== undefined) {
		const [other] = Object.keys(overrides);
		if (other === undefined) return warehouse;
		throw ticketFault(
			`${quotedLabel('warehouse')} and ${quotedLabel(other)} under 'Override' are both given`,
			'warehouse',
			'The order goes to a warehouse or to an address. Leave one of them empty.',
		);
	}
	const address: Record<string, unknown> = { ...shopAddress(given), ...overrides };
	const missing: string[] = [];
	for (const [member, { grade, always }] of Object.entries(addressFields)) {
		if (isFilled(address[member])) continue;
		if (grade === 'required') missing.push(member);
		else address[member] = always;
	}
	if (missing.length > 0) throw missingFault(missing, given);
	return address as Texts;
}

function shopAddress({ order: { ship_to: to, customer } }: GivenOrder) {
	return {
		name: firstFilled(to?.name, to?.company),
		companyName: firstFilled(to?.company),
		address: firstFilled(to?.line1),
		address2: firstFilled(to?.line2),
		city: firstFilled(to?.city),
		stateProvince: firstFilled(to?.region),
		postcode: firstFilled(to?.postcode),
		countryCode: firstFilled(to?.country),
		phone: phoneOf(to?.phone, customer?.phone),
	};
}

function missingFault(missing: readonly string[], given: GivenOrder): Error {
	const names = missing.map(quotedLabel).join(', ');
	const hint = missing.includes('postcode')
		? '; for a country without postcodes ask TW what it takes'
		: '';
	return orderFault(
		'incomplete_address',
		`${names} ${missing.length === 1 ? 'is' : 'are'} missing in the shipping address of ${orderNameInText(given)}`,
		missing[0]!,
		`${completeAddress(given)}, or give ${missing.map((one) => overrideLabels(one)).join(' and ')}, which every order then gets${hint}.`,
	);
}

const isFilled = (value: unknown) => typeof value === 'string' && value.trim() !== '';

const firstFilled = (...values: Array<string | null | undefined>) => values.find(isFilled) ?? null;
