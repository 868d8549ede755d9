/** TD's answer codes in words. */
import { type Fault, RefusedFault, UnavailableFault, type VendorFacts } from '../base/errors';

/** Success [documented]. */
export const TD_OK = 200;

interface TdCode {
	/** TD's own text [documented]; its message names a field in place of `{Parameter}`. */
	text: string;
	/** What the user can do about it. */
	advice: string;
	/** ASSUMED to be worth a resend. */
	temporary?: true;
}

export const tdCodes: Readonly<Record<number, TdCode>> = {
	9001: { text: '{Parameter} empty', advice: 'Fill in the field that TD names.' },
	9002: {
		text: '{Parameter} check error',
		advice: 'Correct the type or format of the field that TD names.',
	},
	9003: {
		text: '{Parameter} length or size exceeds 1024',
		advice:
			'Shorten the field that TD names. TD does not document whether 1024 counts characters, bytes or list entries.',
	},
	9004: {
		text: 'Either black_box or ip exists',
		advice:
			"It is assumed that TD asks for at least one of the two: give 'Black Box' or 'IP' of the customer's device, best those of the order's session.",
	},
	9200: { text: 'System error', advice: 'Run this item again later.', temporary: true },
	9201: { text: 'Unknown error', advice: 'Run this item again later.', temporary: true },
	9202: {
		text: 'Illegal Content-Type',
		advice: 'Something between n8n and TD changes the request. Check the proxy settings.',
	},
};

/**
 * The fault for a code other than 200.
 *
 * @param field the editor's label of the field in TD's message, if it names a known one
 */
export function faultForCode(code: number, field: string | undefined, facts: VendorFacts): Fault {
	const known = tdCodes[code];
	const said = facts.vendorMessage ? `: ${facts.vendorMessage}` : '';
	const what = known
		? `${known.text.replace('{Parameter}', () => field ?? 'a parameter')} (${code})`
		: `code ${code}, which TD does not document`;
	// Of a temporary code TD does not say whether the event was taken
	const head = known?.temporary ? 'TD answers' : 'TD did not take the event,';
	const message = `${head} ${what}${said}`;
	const trace = facts.sequenceId ? ` Quote sequence_id ${facts.sequenceId} when you ask TD.` : '';
	const advice = `${known?.advice ?? 'Ask TD what this code means.'}${trace}`;
	return known?.temporary
		? new UnavailableFault(message, advice, facts)
		: new RefusedFault(message, advice, facts);
}
