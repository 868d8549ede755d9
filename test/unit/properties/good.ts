/** Good bodies to start from: every member that the vendors document, also where a value is odd. */
import { example, TW_TICKET_ADDRESS } from '../../contract/examples';
import { bodyOf, eventTypes } from '../../operations/td';

type Json = Record<string, unknown>;

export const goodOrder: Json = {
	...example(TW_TICKET_ADDRESS),
	freightClass: '70',
	isSignatureService: 1,
	signatureType: 'INDIRECT',
	is_insurance: false,
	note: 'fragile',
	boxes: [
		{
			...{ number: 2, weight: 10.5, length: 30, width: 30, height: 30 },
			declaredValue: 0,
			referenceNumbers: ['R-1'],
		},
		{ number: 1, weight: 1, length: 1, width: 1, height: 1 },
	],
};

/** Odd values that TD takes, by their members, wherever these are. */
const odd: Json = {
	middle_name: 'O’',
	amount_cny: 68.5,
	response_by_avs: '0',
	response_by_cvc: 'M M',
	ext: { ext_book_num: 10, nested: { any: [null, 1] } },
};

/** Bodies of the nine events by their type. */
export const goodEvents: Record<string, Json> = Object.fromEntries(
	eventTypes.map((type) => {
		const text = JSON.stringify(bodyOf(type, 'O'), (name, value: unknown) => odd[name] ?? value);
		return [type, JSON.parse(text) as Json];
	}),
);
