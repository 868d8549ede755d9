/** Where an order goes. */
import { addressFields } from '../../tw/orders/ticket';
import type { Choices } from './form';
import type { Given } from './given';
import { inOrder } from './goods';
import { called, overriding, problem } from './words';

type Texts = Record<string, string>;

/** Whether anybody has said where it goes; a country alone, and a name, are no address. */
export function hasAddress(given: Given, choices: Choices): boolean {
	if (choices.warehouse !== undefined) return true;
	const { ship_to: to } = given.order;
	const told = [to?.line1, to?.line2, to?.city, to?.postcode];
	const instead = ['address', 'city', 'postcode'].map((member) => choices[member]);
	return [...told, ...instead].some(isTold);
}

/**
 * A warehouse's code, or the address in TW's own members: each as the user gives it, else as the shop does.
 *
 * @throws {ValidationFault} naming every member that TW needs and nobody gives
 */
export function consigneeOf(given: Given, choices: Choices): string | Texts {
	const instead = Object.fromEntries(
		Object.keys(addressFields)
			.filter((member) => isTold(choices[member]))
			.map((member) => [member, choices[member] as string]),
	);
	const { warehouse } = choices;
	if (warehouse !== undefined) {
		const [other] = Object.keys(instead);
		if (other === undefined) return warehouse;
		throw problem(
			`${called('warehouse')} and ${called(other)} under 'Override' are both given`,
			'warehouse',
			'The order goes to a warehouse or to an address. Leave one of them empty.',
		);
	}
	const address: Record<string, unknown> = { ...toldOf(given), ...instead };
	const missing: string[] = [];
	for (const [member, { grade, always }] of Object.entries(addressFields)) {
		if (isTold(address[member])) continue;
		if (grade === 'required') missing.push(member);
		else address[member] = always;
	}
	if (missing.length > 0) throw missingFault(missing, given);
	return address as Texts;
}

function toldOf({ order: { ship_to: to, customer } }: Given): Record<string, string | null> {
	return {
		name: told(to?.name, to?.company),
		companyName: told(to?.company),
		address: told(to?.line1),
		address2: told(to?.line2),
		city: told(to?.city),
		stateProvince: told(to?.region),
		postcode: told(to?.postcode),
		countryCode: told(to?.country),
		phone: told(to?.phone, customer?.phone),
	};
}

function missingFault(missing: readonly string[], given: Given): Error {
	const names = missing.map(called).join(', ');
	const hint = missing.includes('postcode')
		? '; for a country without postcodes ask TW what it takes'
		: '';
	return problem(
		`${names} ${missing.length === 1 ? 'is' : 'are'} missing in the shipping address of ${inOrder(given)}`,
		missing[0]!,
		`Complete the address in the shop, or give ${missing.map((one) => overriding(one)).join(' and ')}${hint}.`,
	);
}

const isTold = (value: unknown) => typeof value === 'string' && value.trim() !== '';

const told = (...values: Array<string | null | undefined>) => values.find(isTold) ?? null;
