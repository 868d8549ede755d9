/** How a secret may be written by whoever repeats it: the one list that every search for leaks uses. */

const bytesOf = (text: string) => [...Buffer.from(text)];
const each = (text: string, form: (char: string) => string) => [...text].map(form).join('');
const hexOf = (value: number, digits = 2) => value.toString(16).padStart(digits, '0');
const urlOf = (text: string) =>
	bytesOf(text)
		.map((byte) => `%${hexOf(byte).toUpperCase()}`)
		.join('');
const inForm = (text: string) => new URLSearchParams({ s: text }).toString().slice(2);
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const inUnits = (text: string) =>
	text
		.split('')
		.map((unit) => `\\u${hexOf(unit.charCodeAt(0), 4)}`)
		.join('');
const inHtml = (text: string, quote = '&quot;', apostrophe = '&#39;') =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', quote)
		.replaceAll("'", apostrophe);
const slashed = (text: string) => text.replaceAll('/', '\\/');
/** As .NET escapes. */
const inLowerForm = (text: string) =>
	inForm(text).replace(/%../g, (escape) => escape.toLowerCase());
const hex = (text: string) => Buffer.from(text).toString('hex');
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A secret in every form, by name. */
export function writtenForms(secret: string): Record<string, string> {
	return {
		'as it is': secret,
		'in upper case': secret.toUpperCase(),
		'in lower case': secret.toLowerCase(),
		'in a URL': encodeURIComponent(secret),
		'in a URL, lower case': encodeURIComponent(secret).toLowerCase(),
		'in a form': inForm(secret),
		'in a URL, every byte': urlOf(secret),
		'twice in a URL': encodeURIComponent(encodeURIComponent(secret)),
		'twice in a form': inForm(inForm(secret)),
		'in a URL in a form': inForm(encodeURIComponent(secret)),
		'three times in a URL': encodeURIComponent(encodeURIComponent(encodeURIComponent(secret))),
		'in JSON': inJson(secret),
		'in JSON of PHP': slashed(inJson(secret)),
		'in JSON, every character': inUnits(secret),
		'in JSON, every character in upper case': inUnits(secret).toUpperCase().replaceAll('U', 'u'),
		'in JSON, as Go writes it': inJson(secret).replace(/[&<>\u0080-\uffff]/g, inUnits),
		'in JSON in JSON': inJson(inJson(secret)),
		'in JSON in JSON of PHP': slashed(inJson(slashed(inJson(secret)))),
		'in HTML': inHtml(secret),
		'in HTML, hexadecimal quotes': inHtml(secret, '&#x22;', '&#x27;'),
		'in HTML, decimal quotes': inHtml(secret, '&#34;', '&#039;'),
		'in HTML, every character': each(secret, (char) => `&#${char.codePointAt(0)};`),
		'in HTML, every character, hexadecimal': each(
			secret,
			(char) => `&#x${hexOf(char.codePointAt(0)!)};`,
		),
		'in HTML, every character, upper case': each(
			secret,
			(char) => `&#X${hexOf(char.codePointAt(0)!, 4).toUpperCase()};`,
		),
		'twice in HTML': inHtml(inHtml(secret)),
		'a URL in HTML': inHtml(inForm(secret)),
		'JSON in HTML': inHtml(inJson(secret)),
		'HTML in JSON': slashed(inJson(inHtml(secret))),
		'HTML in a URL': encodeURIComponent(inHtml(secret)),
		'in base64': base64(secret),
		'in base64 without padding': base64(secret).replace(/=+$/, ''),
		'in base64url': Buffer.from(secret).toString('base64url'),
		'in base64 after a user name': base64(`user:${secret}`),
		'in base64 after another': base64(`us:${secret}`),
		'in base64 after a third': base64(`u:${secret}`),
		'in base64url between others': Buffer.from(`{"key":"${secret}","x":1}`).toString('base64url'),
		'in base64 of a query': base64(`partner_key=${inForm(secret)}&x=1`),
		'in base64 of a query of .NET': base64(`partner_key=${inLowerForm(secret)}&x=1`),
		'in base64 of JSON': base64(`{"key":"${inJson(secret)}"}`),
		'in base64 of JSON of PHP': base64(`{"key":"${slashed(inJson(secret))}"}`),
		'in base64 in a URL': encodeURIComponent(base64(`user:${secret}`)),
		'in base64 in JSON of PHP': slashed(base64(`user:${secret}`)),
		'in hexadecimal digits': hex(secret),
		'in hexadecimal digits, upper case': hex(secret).toUpperCase(),
		'in hexadecimal digits of a query': hex(inForm(secret)),
		'in hexadecimal digits of a query of .NET': hex(inLowerForm(secret)),
		'in hexadecimal digits of JSON': hex(inJson(secret)),
		'in hexadecimal digits of JSON of PHP': hex(slashed(inJson(secret))),
	};
}

/** What must be nowhere: every form, and of those inside base64 what is the same whatever stands around them. */
export function searchedForms(secret: string): string[] {
	const forms = Object.entries(writtenForms(secret)).flatMap(([name, form]) =>
		name.includes('base64') ? [] : [form],
	);
	const json = inJson(secret);
	const texts = [secret, inForm(secret), inLowerForm(secret), json, slashed(json)].flatMap((text) =>
		[0, 1, 2].map((at) => base64Inside(text, at)),
	);
	return [...new Set([...forms, ...texts, ...texts.map(asUrl64)])];
}

const asUrl64 = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');

/** What base64 makes of a text that stands somewhere inside the encoded bytes. */
function base64Inside(text: string, offset: number): string {
	const encoded = base64(' '.repeat(offset) + text);
	// The outermost groups also hold bits of the neighbours
	return encoded.slice(offset === 0 ? 0 : 4, -4);
}
