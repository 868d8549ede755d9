import type * as Selfsigned from 'selfsigned';

/** A TLS key with its certificate, both PEM. */
export interface Certificate {
	key: string;
	cert: string;
}

let made: Promise<Certificate> | undefined;

/** A self-signed certificate for loopback; made once per process, since making one takes a while. */
export function selfSigned(): Promise<Certificate> {
	return (made ??= make());
}

async function make(): Promise<Certificate> {
	// Loaded late, since most sandboxes speak plain HTTP; `import()` would not run under Jest
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	const { generate } = require('selfsigned') as typeof Selfsigned;
	const pems = await generate([{ name: 'commonName', value: 'localhost' }], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 2, value: 'localhost' },
					{ type: 7, ip: '127.0.0.1' },
					{ type: 7, ip: '::1' },
				],
			},
		],
	});
	return { key: pems.private, cert: pems.cert };
}
