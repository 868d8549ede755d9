import type { IBinaryData } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { OutgoingFile } from '../../../lib/operation/operation';
import { FileStore } from '../../../lib/run/files';

const MB = 1024 * 1024;

/** Keeps files as n8n does, and notes in which form it was given them. */
class Host {
	readonly given: Array<{ whole: boolean; bytes: Buffer }> = [];
	atOnce = 0;
	mostAtOnce = 0;

	constructor(
		private readonly mode: string | undefined,
		private readonly before: () => Promise<void> = async () => undefined,
	) {}

	prepare = async (content: Buffer | Readable): Promise<IBinaryData> => {
		this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
		try {
			await this.before();
			const whole = Buffer.isBuffer(content);
			this.given.push({ whole, bytes: whole ? content : await buffer(content) });
		} finally {
			this.atOnce--;
		}
		return { mimeType: 'text/plain', data: '', ...(this.mode && { id: `${this.mode}:1` }) };
	};
}

/** A file that says it is large; as only the announced length counts, what it holds is short. */
function file(text: string, length: number | undefined = 2 * MB): OutgoingFile {
	const pieces = [...text].map((piece) => Buffer.from(piece));
	return {
		content: Readable.from(pieces, { objectMode: false }),
		length,
		name: 'a.txt',
		mimeType: 'text/plain',
	};
}

const forms = ({ given }: Host) => given.map(({ whole }) => (whole ? 'whole' : 'stream'));
const texts = ({ given }: Host) => given.map(({ bytes }) => bytes.toString());

it.each([
	['filesystem-v2', ['stream', 'stream', 'stream']],
	['filesystem', ['stream', 'stream', 'stream']],
	['database', ['stream', 'whole', 'whole']],
	['s3', ['stream', 'whole', 'whole']],
	[undefined, ['stream', 'whole', 'whole']],
])('large files in the mode %s', async (mode, expected) => {
	const files = new FileStore();
	const host = new Host(mode);
	for (const text of ['one', 'two', 'three']) await files.store(file(text), host.prepare);
	expect(forms(host)).toEqual(expected);
	expect(texts(host)).toEqual(['one', 'two', 'three']);
});

it('large files that come together wait for the first one', async () => {
	const files = new FileStore();
	const host = new Host('database');
	await Promise.all(['one', 'two', 'three'].map((text) => files.store(file(text), host.prepare)));
	expect(forms(host)).toEqual(['stream', 'whole', 'whole']);
});

it('small files never wait, and tell the mode as well', async () => {
	const files = new FileStore();
	const host = new Host('filesystem-v2');
	await files.store(file('small', 5), host.prepare);
	await Promise.all(['one', 'two'].map((text) => files.store(file(text), host.prepare)));
	expect(forms(host)).toEqual(['whole', 'stream', 'stream']);
	expect(host.mostAtOnce).toBe(2);
});

it('a file of unknown length is streamed', async () => {
	const files = new FileStore();
	const host = new Host('database');
	for (const text of ['one', 'two']) {
		await files.store({ ...file(text), length: undefined }, host.prepare);
	}
	expect(forms(host)).toEqual(['stream', 'stream']);
});

it('a first file that fails is a matter of its own', async () => {
	const files = new FileStore();
	let fails = 1;
	const host = new Host('database', async () => {
		if (fails-- > 0) throw new Error('the disk is full');
	});
	const [first, ...others] = await Promise.allSettled(
		['one', 'two', 'three'].map((text) => files.store(file(text), host.prepare)),
	);
	expect(first).toMatchObject({ status: 'rejected', reason: new Error('the disk is full') });
	expect(others.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
	expect(forms(host)).toEqual(['stream', 'whole']);
});

it('no more than 200 MB are held whole at a time, and a file of more than that alone', async () => {
	const files = new FileStore();
	const turn = async () => await new Promise<void>((resolve) => setImmediate(resolve));
	const host = new Host('database', turn);
	await files.store(file('the mode'), host.prepare);
	const all = async (length: number) => {
		host.mostAtOnce = 0;
		await Promise.all([...'abcdef'].map((one) => files.store(file(one, length), host.prepare)));
		return host.mostAtOnce;
	};
	expect(await all(90 * MB)).toBe(2);
	expect(await all(300 * MB)).toBe(1);
	expect(await all(2 * MB)).toBe(6);
});
