/** Who could read a signed request on its way: over TLS nobody, unless a node switches its checks off. */
import { boundTo } from '../../../lib/http/credential';

const home = new URL('https://api.example.com/v1');
const proxy = 'http://proxy.example:8080';
const given = (members: object) => ({ url: 'https://API.example.com:443/x', ...members });

it.each<[string, object, boolean]>([
	['nothing more', {}, false],
	['a proxy, which sees where to and no more', { proxy }, false],
	['a certificate authority of a company', { agentOptions: { ca: 'PEM' } }, false],
	['a credential that ignores SSL issues', { rejectUnauthorized: false }, true],
	['the own Host', { headers: { HOST: 'api.example.com' } }, false],
	['the own Host with its port', { headers: { Host: 'api.example.com:443' } }, false],
])('signs with %s', (_what, members, ignoresSsl) => {
	expect(boundTo(given(members), home, ignoresSsl, 'TW API')).toEqual({
		...given(members),
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
	});
});

it.each<[string, object, boolean]>([
	['unverified TLS', { rejectUnauthorized: false }, false],
	['unverified TLS, newer helper', { skipSslCertificateValidation: true }, false],
	['a proxy and unverified TLS', { proxy, rejectUnauthorized: false }, true],
	['a proxy and its own authority', { proxy, agentOptions: { ca: 'PEM' } }, false],
	['http', { url: 'http://api.example.com/x' }, false],
	['another port', { url: 'https://api.example.com:444/x' }, false],
	['a dot at the end', { url: 'https://api.example.com./x' }, false],
	['a name below', { url: 'https://a.api.example.com/x' }, false],
	['a name before', { url: 'https://example.com/x' }, false],
	['a look-alike', { url: 'https://аpi.example.com/x' }, false],
	['another Host', { headers: { ' host ': 'evil.example' } }, false],
	['another Host in a Headers object', { headers: new Headers({ Host: 'evil.example' }) }, false],
	['another Host in a map', { headers: new Map([['Host', 'evil.example']]) }, false],
	...['host', 'port', 'lookup', 'socketPath', 'checkServerIdentity', 'rejectUnauthorized'].map(
		(name): [string, object, boolean] => [
			`a connection's own ${name}`,
			{ agentOptions: { [name]: false } },
			true,
		],
	),
	['two Hosts', { headers: { Host: ['api.example.com', 'evil.example'] } }, false],
])('does not sign with %s', (_what, members, ignoresSsl) => {
	expect(() => boundTo(given(members), home, ignoresSsl, 'TW API')).toThrow(
		/^The TW API credential is only for https:\/\/api.example.com, so this request was not signed and not sent\. \w/,
	);
});

it('sends the address that it has judged', () => {
	let asked = 0;
	const changing = { toString: () => (asked++ === 0 ? home.href : 'https://evil.example/') };
	expect(boundTo({ uri: changing }, home, false, 'TW API')).toMatchObject({ uri: home.href });
});
