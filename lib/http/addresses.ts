/** Which network addresses are public, so that a label's URL can't lead into the host's own network. */
import { BlockList, isIP } from 'node:net';

const inner = new BlockList();
// IANA's special-purpose registries: addresses that no public service answers on.
for (const [network, prefix] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	// A cloud's own host speaks here to its machines
	['168.63.129.16', 32],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 4],
	['240.0.0.0', 4],
] as const) {
	inner.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
	['::', 96],
	['::ffff:0:0:0', 96],
	['64:ff9b::', 96],
	['64:ff9b:1::', 48],
	['100::', 64],
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
	['3fff::', 20],
	['5f00::', 16],
	['fc00::', 7],
	['fe80::', 10],
	['fec0::', 10],
	['ff00::', 8],
] as const) {
	inner.addSubnet(network, prefix, 'ipv6');
}

/**
 * Whether an IP address belongs to a private, loopback, link-local or otherwise special network.
 *
 * @param address IPv4 or IPv6 in text, without brackets; IPv4-mapped IPv6 is judged by its IPv4 part.
 */
export function isInnerAddress(address: string): boolean {
	const family = isIP(address);
	if (family === 0) return false;
	return inner.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** Whether a URL's host name is this machine itself, by name or by address. */
export function isLoopbackHost(hostname: string): boolean {
	const host = bareHost(hostname);
	if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true;
	return isIP(host) === 4 && host.startsWith('127.');
}

/** A URL's host name without the brackets that IPv6 literals carry. */
export function bareHost(hostname: string): string {
	return hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
}
