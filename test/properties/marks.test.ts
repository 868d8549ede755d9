/**
 * Who is who in the register: two spellings of what is the same on the wire have one mark, two things that
 * differ there have two.
 */
import fc from 'fast-check';
import { keyOf } from '../../lib/once/claim';
import { connectTd } from '../../lib/td/client';
import { connectTw } from '../../lib/tw/wire/client';

const PAIRS = 50_000;

const twCredential = { apiKey: 'KEY-0001', apiToken: 'TOKEN-0001' };
const tdCredential = { region: 'sg', partnerKey: 'PARTNER-KEY' };

interface Place {
	scheme: string;
	host: string;
	port: string;
	path: string[];
	name: string;
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { https: '443', http: '80' };

const place: fc.Arbitrary<Place> = fc
	.record({
		host: fc.constantFrom(
			'api.example.com',
			'api2.example.com',
			'example.com',
			'localhost',
			'127.0.0.1',
		),
		port: fc.constantFrom('', '8443', '80', '443'),
		path: fc.array(fc.constantFrom('v1', 'v2', 'V1', 'tw', 'order', '%20', 'a.b'), {
			maxLength: 2,
		}),
		name: fc.constantFrom('TW0001', 'tw0001', 'TW0002', 'TW 0001', 'v1', 'TW0001/v1', '1'),
		isPlain: fc.boolean(),
	})
	.map(({ isPlain, ...rest }) => ({
		...rest,
		scheme: isPlain && /^(localhost|127)/.test(rest.host) ? 'http' : 'https',
	}));

/** One of the ways in which people write an address. */
const spelling = fc.record({
	upper: fc.boolean(),
	dot: fc.boolean(),
	port: fc.boolean(),
	slashes: fc.constantFrom('/', '//'),
	end: fc.constantFrom('', '/', '//', '///', '?', '/?', '#', '/#', '?#', '//?#'),
	blank: fc.constantFrom('', ' ', '\n', '\t'),
	name: fc.constantFrom('as it is', 'upper', 'lower', 'blanks'),
});
type Spelling = typeof spelling extends fc.Arbitrary<infer One> ? One : never;

function spelled(one: Place, how: Spelling): { baseUrl: string; name: string } {
	const host = how.upper ? one.host.toUpperCase() : one.host;
	const isDefault = one.port === '' || one.port === DEFAULT_PORTS[one.scheme];
	const port = isDefault ? (how.port ? `:${DEFAULT_PORTS[one.scheme]!}` : '') : `:${one.port}`;
	const path = one.path.map((step) => how.slashes + step).join('');
	const scheme = how.upper ? one.scheme.toUpperCase() : one.scheme;
	const baseUrl = `${how.blank}${scheme}://${host}${how.dot ? '.' : ''}${port}${path}${how.end}${how.blank}`;
	const names = {
		'as it is': one.name,
		upper: one.name.toUpperCase(),
		lower: one.name.toLowerCase(),
	};
	return { baseUrl, name: how.name === 'blanks' ? ` ${one.name} ` : names[how.name as 'upper'] };
}

/** As a stranger who knows HTTP reads it, without our code. */
const wireOf = ({ scheme, host, port, path }: Place): string => {
	const shown = port === '' || port === DEFAULT_PORTS[scheme] ? '' : `:${port}`;
	return `${scheme}://${host}${shown}${path.map((step) => `/${step}`).join('')}`;
};

/** Half of the pairs are two spellings of one place. */
const pair = fc
	.tuple(place, place, spelling, spelling, fc.boolean())
	.map(([one, other, ...[first, second, isOne]]) => ({
		of: [one, isOne ? one : other] as const,
		how: [first, second] as const,
	}));

function judge(account: (of: Place, how: Spelling) => { mark: string; wire: string; id: string }) {
	const seen = { same: 0, other: 0 };
	fc.assert(
		fc.property(pair, ({ of, how }) => {
			const [one, other] = [account(of[0], how[0]), account(of[1], how[1])];
			const isSame = one.id === other.id;
			if ((one.mark === other.mark) !== isSame) throw new Error(`${one.mark} and ${other.mark}`);
			// Two that are called alike are one address, whatever we make of its spelling
			if (one.wire === other.wire) expect(wireOf(of[0])).toBe(wireOf(of[1]));
			seen[isSame ? 'same' : 'other']++;
		}),
		{ numRuns: PAIRS },
	);
	expect(Math.min(seen.same, seen.other)).toBeGreaterThan(PAIRS / 5);
}

it('50,000 pairs of TW accounts: one mark where address and user name are one, and no other', () => {
	judge((of, how) => {
		const { baseUrl, name } = spelled(of, how);
		const client = connectTw({ ...twCredential, baseUrl, username: name });
		const { url } = client.show('orderInfo', {});
		return {
			mark: client.account.mark,
			wire: url,
			id: `${wireOf(of)} ${of.name.toLowerCase()}`,
		};
	});
}, 120_000);

it('50,000 pairs of TD accounts: one mark where address and partner code are one, and no other', () => {
	judge((of, how) => {
		const { baseUrl } = spelled(of, how);
		const client = connectTd({ ...tdCredential, baseUrl, partnerCode: of.name });
		return {
			mark: client.account.mark,
			wire: client.show('{}').url,
			id: `${wireOf(of.path.length > 0 ? of : { ...of, path: ['order', 'v3'] })} ${of.name}`,
		};
	});
}, 120_000);

/** Texts that could be taken for two, or two for one: all that has ever joined or ended a key. */
const separated = fc
	.array(
		fc.constantFrom(
			'X',
			'A',
			'7',
			' ',
			'|',
			':',
			'/',
			',',
			'"',
			'","',
			'\\',
			'\0',
			'\u0000',
			'[',
			']',
			'\ud800',
			'\u00e9',
			'e\u0301',
		),
		{ maxLength: 4 },
	)
	.map((texts) => texts.join(''));
const parts = fc.array(separated, { minLength: 1, maxLength: 4 });

it('50,000 pairs of keys: one only where every part is one, whatever separators they hold', () => {
	const seen = { same: 0, other: 0 };
	const kinds = fc.constantFrom('order', 'event', 'memory', 'write', 'delivery');
	const whose = fc.record({ kind: kinds, account: separated, parts });
	const two = fc
		.tuple(whose, whose, fc.boolean(), fc.boolean())
		.map(([one, other, isOne, isSplit]) => {
			if (isOne) return [one, { ...one }] as const;
			// The same characters in other parts
			if (isSplit) return [one, { ...one, parts: [one.parts.join(' ')] }] as const;
			return [one, other] as const;
		});
	fc.assert(
		fc.property(two, ([one, other]) => {
			const isSame =
				one.kind === other.kind &&
				one.account === other.account &&
				one.parts.length === other.parts.length &&
				one.parts.every((part, i) => part === other.parts[i]);
			const [key, another] = [one, other].map((it) =>
				keyOf(it.kind as 'order', it.account, ...it.parts),
			);
			expect(key === another).toBe(isSame);
			seen[isSame ? 'same' : 'other']++;
		}),
		{ numRuns: PAIRS },
	);
	expect(Math.min(seen.same, seen.other)).toBeGreaterThan(PAIRS / 5);
}, 120_000);
