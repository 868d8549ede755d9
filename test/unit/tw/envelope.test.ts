/** What TW's envelope proves: with `code` 200, without one, for who needs it and who does not. */
import { BadAnswerFault } from '../../../lib/base/errors';
import { saying } from '../../observed';
import { openEnvelope } from '../../../lib/tw/wire/envelope';

const open = (body: object, needsCode: boolean) =>
	openEnvelope(
		{ status: 200, headers: {}, reading: { ok: true, value: body, text: JSON.stringify(body) } },
		'Delete the package',
		(text) => text,
		{ needsCode },
	);

const said = { success: false, message: 'not allowed', data: [1] };

describe.each([
	['no code', said],
	['code null', { ...said, code: null }],
	['an empty code', { ...said, code: '' }],
])('%s', (_what, body) => {
	it('proves nothing to who needs it, and what TW said is kept', () => {
		expect(() => open(body, true)).toThrow(BadAnswerFault);
		expect(() => open(body, true)).toThrow(
			expect.objectContaining({
				message: saying("it has no 'code', so it shows no success (not allowed)"),
				facts: { httpStatus: 200, vendorMessage: 'not allowed', data: [1] },
			}) as Error,
		);
	});

	it('is a success of a read', () => expect(open(body, false)).toEqual([1]));
});

it.each([201, 204, 302, '202', 100, 0, -1])(
	'code %j is no HTTP status, and what TW said is told',
	(code) => {
		const message = 'the number is taken';
		expect(() => open({ code, message, data: null }, true)).toThrow(
			expect.objectContaining({ kind: 'refused', message: saying(message) }) as Error,
		);
	},
);

it.each([
	[{ errors: { 'tickets.0.consignee.postcode': ['is required'] } }],
	[{ data: { errors: { 'tickets.0.consignee.postcode': ['is required'] } } }],
])('errors beside the message reach the user: %j', (more) => {
	const message = 'The given data was invalid.';
	expect(() => open({ code: 422, message, ...more }, true)).toThrow(
		`${message}: tickets.0.consignee.postcode: is required`,
	);
});

it.each([200, '200'])('code %j is a success', (code) => {
	for (const needsCode of [false, true]) expect(open({ ...said, code }, needsCode)).toEqual([1]);
});
