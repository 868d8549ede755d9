/** What a trial is made with where the user gives nothing: an address and a box that say nothing of anybody. */
import { type Field, type Fields, group } from '../../operation/fields/model';
import { addressFields, boxFields } from '../orders/ticket';

/** Fields of an order, of which here none has to be filled in and none is sent by itself. */
function loose(fields: Fields): Fields {
	return Object.fromEntries(
		Object.entries(fields).map(([name, { always: _always, hint: _hint, ...field }]) => [
			name,
			{ ...field, grade: 'conditional' },
		]),
	);
}

const { weight, length, width, height } = boxFields as Record<string, Field>;

export const sampleAddress = group('Sample Address', loose(addressFields), {
	grade: 'conditional',
	description: 'For the trial; what is left empty is that of a made-up receiver in Minneapolis',
});

export const sampleBox = group('Sample Box', loose({ weight, length, width, height } as Fields), {
	grade: 'conditional',
	description:
		"For the trial; left empty, a small box of weight 10, whose charged weight tells the unit that TW reads a box's weight in",
});

export const MADE_UP_ADDRESS = {
	countryCode: 'US',
	stateProvince: 'MN',
	city: 'Minneapolis',
	postcode: '55401',
	address: '1 Example Street',
	address2: '',
	name: 'Receiver',
	companyName: '',
	phone: '',
};

/** So small that its weight counts, in whatever unit its size is read. */
export const SMALL_BOX = {
	number: 1,
	weight: 10,
	length: 10,
	width: 10,
	height: 10,
	declaredValue: 0,
	referenceNumbers: [],
};
