/**
 * Addresses that are not the credential's own, and a server behind them that keeps all that arrives:
 * for n8n's engine in the tests, and for the real n8n of host/.
 */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody else's server on this machine: on all of its addresses, on a port of its own. */
export interface Stranger {
	port: number;
	/** Everything that arrived, as text: request lines, headers and bodies. */
	received: () => string;
	/** How many requests have arrived. */
	count: () => number;
	/** Its own address, by one of this machine's names. */
	at: (host: string, path?: string) => string;
	close: () => Promise<void>;
}

/** @param answer what it answers; JSON that names no further page if left out */
export async function startStranger(answer?: RequestListener): Promise<Stranger> {
	let received = '';
	let count = 0;
	const server = createServer((request, response) => {
		count++;
		received += `${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n`;
		request.on('data', (bytes: Buffer) => (received += bytes.toString()));
		request.on('end', () => {
			if (answer) return answer(request, response);
			response.setHeader('content-type', 'application/json').end('{"code":200,"caught":true}');
		});
	});
	// Where there is no IPv6, the addresses of IPv4 alone
	await new Promise<void>((resolve) => {
		server.once('error', () => server.listen(0, '0.0.0.0', resolve));
		server.listen(0, '::', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		port,
		received: () => received,
		count: () => count,
		at: (host, path = '/api') => `http://${host}:${port}${path}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** What an address is made of: the credential's own, and where the stranger is. */
export type AddressOf = (home: URL, stranger: Pick<Stranger, 'port' | 'at'>) => string;

/** Addresses that lead to the stranger or nowhere, never home: by what they try. */
export const foreignAddresses: ReadonlyArray<[title: string, address: AddressOf]> = [
	['another port', (_, { at }) => at('127.0.0.1')],
	['another address of the machine', (_, { at }) => at('127.0.0.2')],
	['another name of the machine', (_, { at }) => at('localhost')],
	['a name below', (_, { at }) => at('api.localhost')],
	['the own host in front of a name', ({ hostname }, { at }) => at(`${hostname}.localhost`)],
	['IPv6', (_, { at }) => at('[::1]')],
	['IPv4 in IPv6', (_, { at }) => at('[::ffff:127.0.0.1]')],
	['the address as a number', (_, { at }) => at('2130706433')],
	['the address in hex', (_, { at }) => at('0x7f.1')],
	['the address in octal', (_, { at }) => at('0177.0.0.01')],
	['a short address', (_, { at }) => at('127.1')],
	['full-width digits', (_, { at }) => at('１２７.0.0.1')],
	['a dot at the end', (_, { at }) => at('localhost.')],
	['own host as user', ({ hostname }, { port }) => `http://${hostname}@127.0.0.1:${port}/api`],
	['own host as user, port as password', ({ host }, { at }) => at(`${host}@127.0.0.1`)],
	['own host after a backslash', ({ host }, { port }) => `http://127.0.0.1:${port}\\@${host}/api`],
	['own host in the fragment', ({ host }, { port }) => `http://127.0.0.1:${port}#@${host}/api`],
	['own host in the query', ({ host }, { port }) => `http://127.0.0.1:${port}?@${host}/api`],
	['own host before an escaped at sign', ({ hostname }, { at }) => at(`${hostname}%40127.0.0.1`)],
	['another scheme', ({ host }) => `https://${host}/api`],
	['one slash', (_, { port }) => `http:/127.0.0.1:${port}/api`],
	['no slash', (_, { port }) => `http:127.0.0.1:${port}/api`],
	['three slashes', (_, { port }) => `http:///127.0.0.1:${port}/api`],
	['backslashes', (_, { port }) => `http:\\\\127.0.0.1:${port}\\api`],
	['a mix of slashes', (_, { port }) => `http:/\\127.0.0.1:${port}/api`],
	['a tab within', (_, { port }) => `http://127.0.0.1\t:${port}/api`],
	['a line break within', (_, { port }) => `ht\ntp://127.0.0.1:${port}/api`],
	['blanks around', (_, { port }) => `  http://127.0.0.1:${port}/api  `],
	['no scheme', (_, { port }) => `//127.0.0.1:${port}/api`],
	['no scheme, backslashes', (_, { port }) => `\\\\127.0.0.1:${port}\\api`],
	['no scheme, a blank before', (_, { port }) => ` //127.0.0.1:${port}/api`],
	['a blob of the own host', ({ origin }) => `blob:${origin}/api`],
	['data', () => 'data:application/json,{}'],
	['a file', () => 'file:///etc/hostname'],
];

/** Ways to write the own address that n8n takes for the same. */
export const ownAddresses: ReadonlyArray<[title: string, address: (home: URL) => string]> = [
	['as it is', ({ href }) => href],
	['scheme in upper case', ({ host, pathname }) => `HTTP://${host}${pathname}`],
	['a user name', ({ host, pathname }) => `http://somebody@${host}${pathname}`],
	['the address as a number', ({ port, pathname }) => `http://2130706433:${port}${pathname}`],
	['backslashes', ({ host, pathname }) => `http:\\\\${host}${pathname}`],
];
