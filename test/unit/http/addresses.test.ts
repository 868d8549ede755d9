/** Where a label may not lead, each network at its edges. */
import { isInnerAddress } from '../../../lib/http/addresses';

it.each([
	['fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
	['::2', '::ffff:ffff'],
	['::ffff:0:0:0', '::ffff:0:ffff:ffff'],
	['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
	['5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
	['168.63.129.16', '::ffff:168.63.129.16'],
	['10.0.0.0', '10.255.255.255'],
	['::ffff:10.0.0.1', '::ffff:127.0.0.1'],
])('%s and %s are not public', (first, last) => {
	expect([first, last].filter((address) => !isInnerAddress(address))).toEqual([]);
});

it.each([
	'168.63.129.15',
	'168.63.129.17',
	'::1:0:0',
	'::fffe:0:0:0',
	'::fffe:ffff:ffff:ffff',
	'::ffff:1:0:0',
	'3ffe:ffff::',
	'3fff:1000::',
	'5eff:ffff::',
	'5f01::',
	'9.255.255.255',
	'11.0.0.0',
	'::ffff:8.8.8.8',
	'2606:4700::1111',
])('%s is public', (address) => {
	expect(isInnerAddress(address)).toBe(false);
});
