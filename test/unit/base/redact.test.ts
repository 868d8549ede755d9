/** No form of a secret gets through. */
import fc from 'fast-check';
import { MASK, redactor } from '../../../lib/base/redact';

const secret = 'kEy/+= "9c1eb';
const redact = redactor([secret]);

it.each([
	secret,
	secret.toUpperCase(),
	secret.toLowerCase(),
	encodeURIComponent(secret),
	encodeURIComponent(secret).toLowerCase(),
	encodeURIComponent(secret).toUpperCase(),
	new URLSearchParams({ s: secret }).toString().slice(2).toLowerCase(),
	JSON.stringify(secret).slice(1, -1).toUpperCase(),
])('masks %s', (form) => {
	expect(redact(`SIGN: ${form}, and more`)).toBe(`SIGN: ${MASK}, and more`);
});

it('masks any secret in any mix of cases', () => {
	const cased = (text: string, upper: boolean[]) =>
		[...text].map((c, i) => (upper[i % upper.length] ? c.toUpperCase() : c.toLowerCase())).join('');
	fc.assert(
		fc.property(
			fc.string({ minLength: 4, maxLength: 40 }).filter((text) => text.trim().length >= 4),
			fc.array(fc.boolean(), { minLength: 1 }),
			(text, upper) => {
				expect(redactor([text])(`<${cased(text, upper)}>`)).toContain(MASK);
			},
		),
	);
});

it('leaves text without a secret as it is', () => {
	const text = 'Straße İstanbul 9c1e';
	expect(redact(text)).toBe(text);
});
