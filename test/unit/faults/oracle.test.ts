/** The judge of the matrix must be able to say no. */
import { CanaryScan, proveSearch, SECRETS } from '../../faults/canaries';
import { heldAgainst, objections, type Said, verdictOf } from '../../faults/oracle';

const FAILED: Said = { message: 'TW refuses it [Item 0]', description: 'Correct it.' };
const UNKNOWN: Said = {
	message: 'It is unknown whether TW created order A: it broke [Item 0]',
	description: 'Look it up.',
};
const UNFINISHED: Said = {
	message: 'TW took order A (request_id R), but … [Item 0]',
	description: 'Do not create it again.',
};

const write = { kind: 'write', atMostOnce: false, sends: 1 } as const;
const judge = (said: Said, effects: number, more = {}) =>
	objections({ ...write, said, effects, expected: [verdictOf(said)], ...more });

it.each([
	['it succeeded, and the ledger does not have it', {}, 0],
	['it is said to have taken effect, and the ledger does not have it', UNFINISHED, 0],
	['it failed, and the ledger has it', FAILED, 1],
	['it took effect twice', {}, 2],
	['it is unknown, and took effect twice', UNKNOWN, 2],
	['the message is empty', { message: ' ', description: 'x' }, 0],
	['nothing says what to do', { message: 'It broke', description: '' }, 0],
	['the words are garbled', { message: 'TW: undefined', description: 'x' }, 0],
	['words and kind differ', { ...FAILED, kind: 'outcome-unknown' }, 0],
	['the node is not made for it', { ...FAILED, kind: 'defect' }, 0],
])('objects if %s', (_case, said, effects) => {
	expect(judge(said, effects)).not.toEqual([]);
});

it('objects to an unknown outcome of what was never sent', () => {
	expect(judge(UNKNOWN, 0, { sends: 0 })).not.toEqual([]);
});

it('objects to a verdict that was not expected, also a truthful one', () => {
	expect(judge(UNKNOWN, 1, { expected: ['succeeded'] })).not.toEqual([]);
});

it('tells what was said, and what was expected', () => {
	const found = judge(FAILED, 1, { expected: ['succeeded', 'unfinished'] });
	expect(heldAgainst(FAILED, found)).toBe(
		'The node says that it failed, and nothing was done: ' +
			'"TW refuses it [Item 0]" "Correct it."; expected is that it succeeded, ' +
			"or it was done, but what was to follow failed; the vendor's ledger has it.",
	);
});

it('objects to a second event only if it was to be sent at most once', () => {
	expect(judge({}, 2, { kind: 'event' })).toEqual([]);
	expect(judge({}, 2, { kind: 'event', atMostOnce: true })).not.toEqual([]);
});

it.each([
	['success', {}, 1],
	['failure', FAILED, 0],
	['an unknown outcome that took effect', UNKNOWN, 1],
	['an unknown outcome that did not', UNKNOWN, 0],
	['what took effect and was not followed to its end', UNFINISHED, 1],
])('takes %s for what it is', (_case, said, effects) => {
	expect(judge(said, effects)).toEqual([]);
});

describe('the search for secrets', () => {
	it.each([
		['as it is', SECRETS.apiKey],
		['in JSON', JSON.stringify({ key: SECRETS.apiToken })],
		['in a URL', `https://x/?partner_key=${encodeURIComponent(SECRETS.partnerKey)}`],
		['in a form', new URLSearchParams({ partner_key: SECRETS.partnerKey }).toString()],
		['in base64', Buffer.from(`key: ${SECRETS.apiKey}, and more`).toString('base64')],
	])('finds one %s', (_form, text) => {
		const scan = new CanaryScan();
		scan.addText('text', `before ${text} after`);
		expect(scan.result()).not.toEqual([]);
	});

	it('finds a signature, whichever is known first', () => {
		const sign = '409df40c78de73124945ca6cb855fe21';
		const scan = new CanaryScan();
		scan.addValue('error', new Error(`header sign=${sign.toUpperCase()}`));
		scan.knowSigns([sign]);
		expect(scan.result()).not.toEqual([]);
	});

	it('finds nothing where nothing is', () => {
		const scan = new CanaryScan();
		scan.knowSigns(['409df40c78de73124945ca6cb855fe21']);
		scan.addValue('item', { no: 'ORD-1', hash: 'c42cd1948044dc81cba89ab39d4f399d' });
		expect(scan.result()).toEqual([]);
		expect(scan.bytes).toBeGreaterThan(0);
	});

	it('is refused if it does not find what was received', () => {
		expect(() => proveSearch('nothing', 'c42cd1948044dc81cba89ab39d4f399d')).toThrow();
	});
});
