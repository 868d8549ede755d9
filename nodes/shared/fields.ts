/** Parameters of several nodes, with n8n's fixed wording. */
import { codes, flag, number, type SettingsOf, text } from '../../lib/fields/field';

export const orderNumber = text('Order Number', {
	names: true,
	grade: 'required',
	placeholder: 'e.g. ORD-0001',
	description: 'Your own number of the order',
});

/** The items of TW Order name the order. */
export const numberOfItem = { ...orderNumber, initial: '={{ $json.no }}' };

export const orderNumbers = codes('Order Number', {
	grade: 'required',
	initial: '={{ $json.no }}',
	placeholder: 'e.g. ORD-0001',
	description: 'Your own number of the order; several with commas in between',
});

export const simplify = flag('Simplify', {
	grade: 'conditional',
	always: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/** More than a register holds, and than n8n can show. */
export const MOST_RESULTS = 1_000_000;

export const listControls = {
	returnAll: flag('Return All', {
		grade: 'conditional',
		always: false,
		description: 'Whether to return all results or only up to a given limit',
	}),
	limit: number('Limit', {
		grade: 'conditional',
		initial: 50,
		always: 50,
		whole: true,
		above: 0,
		max: MOST_RESULTS,
		when: { field: 'returnAll', is: [false] },
		description: 'Max number of results to return',
	}),
};

/** The most entries to read; Infinity for all. */
export const wanted = ({ returnAll, limit = Infinity }: SettingsOf<typeof listControls>) =>
	returnAll ? Infinity : limit;
