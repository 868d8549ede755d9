import { signatureHeaders } from '../../../lib/tw/wire/signing';

const keys = { username: 'TW0001', apiKey: 'the-key' };

it.each([
	['demo-secret', 1_700_000_000, '409df40c78de73124945ca6cb855fe21'],
	['abc123', 1_767_225_600, 'c42cd1948044dc81cba89ab39d4f399d'],
])('signs with md5(secret_t): %s at %i', (apiToken, seconds, sign) => {
	const expected = { key: 'the-key', t: String(seconds), username: 'TW0001', sign };
	expect(signatureHeaders({ ...keys, apiToken }, seconds * 1000)).toEqual(expected);
	// Whole seconds: the rest of a second changes neither text nor hash.
	expect(signatureHeaders({ ...keys, apiToken }, seconds * 1000 + 999)).toEqual(expected);
});
