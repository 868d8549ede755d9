/** Tells inner network addresses from public ones, so that a label's URL can't lead into the host's network. */
import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose registries: no public service answers on these. */
const INNER = {
	ipv4: [
		...[
			'0.0.0.0/8',
			'10.0.0.0/8',
			'100.64.0.0/10',
			'127.0.0.0/8',
			'169.254.0.0/16',
			'172.16.0.0/12',
		],
		...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
		...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
		// A cloud's host speaks to its machines here
		'168.63.129.16/32',
	],
	ipv6: [
		...['::/96', '::ffff:0:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23'],
		...['2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10'],
		...['fec0::/10', 'ff00::/8'],
	],
} as const;

const inner = new BlockList();
for (const family of ['ipv4', 'ipv6'] as const) {
	for (const subnet of INNER[family]) {
		const [network, prefix] = subnet.split('/') as [string, string];
		inner.addSubnet(network, Number(prefix), family);
	}
}

/**
 * Whether an IP address belongs to a private, loopback, link-local or otherwise special network.
 *
 * @param address IPv4 or IPv6, without brackets; IPv4-mapped IPv6 is judged by its IPv4 part
 */
export function isInnerAddress(address: string): boolean {
	return isIP(address) !== 0 && inner.check(address, familyOf(address));
}

/** With a port, as some proxies write it; IPv6 then has brackets. */
const WITH_PORT = /^(?:(\d+\.\d+\.\d+\.\d+)|\[([^[\]]+)\])(?::\d{1,5})?$/;

/**
 * The public IP address of somebody's device, from the forms in which servers hand it on: with a port, in brackets,
 * as IPv4 within IPv6, or first in a list of proxies (`X-Forwarded-For`).
 *
 * Private, loopback, unset and other special addresses belong to a proxy or to the shop itself, and would make many
 * people look like one.
 *
 * @returns undefined if there is none
 */
export function publicIpOf(text: string): string | undefined {
	const first = text.split(',', 1)[0]!.trim();
	const [, ipv4, ipv6] = WITH_PORT.exec(first) ?? [];
	const ip = ipv4 ?? ipv6 ?? first;
	// Node.js takes `fe80::1%eth0` for an address too, but its zone means something on one machine only
	const isAddress = isIP(ip) !== 0 && !ip.includes('%');
	return isAddress && !isInnerAddress(ip) ? (ipv4Within(ip) ?? ip) : undefined;
}

/** The IPv4 address that an IPv4-mapped IPv6 address holds, in whatever spelling. */
function ipv4Within(ip: string): string | undefined {
	if (isIP(ip) !== 6) return undefined;
	// `::ffff:d214:a21` once it is written as the standard wants it
	const [, high, low] =
		/^\[::ffff:([\da-f]{1,4}):([\da-f]{1,4})\]$/.exec(new URL(`http://[${ip}]`).hostname) ?? [];
	if (high === undefined || low === undefined) return undefined;
	const bytes = [high, low].flatMap((word) => [parseInt(word, 16) >> 8, parseInt(word, 16) & 255]);
	return bytes.join('.');
}

/** Whether two are one IP address, however each is written; IPv4-mapped IPv6 is its IPv4 part. */
export function isSameAddress(one: string, other: string): boolean {
	if (isIP(one) === 0 || isIP(other) === 0) return one === other;
	const list = new BlockList();
	list.addAddress(one, familyOf(one));
	return list.check(other, familyOf(other));
}

const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6');
