import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SKIPS } from '../../../lib/shops/events/skips';
import { codesNeeding } from '../../../lib/shops/needs';
import { REASON_CODES, REASONS } from '../../../lib/shops/ticket/reasons';
import { shopEventOutput } from '../../../lib/shops/events/report-events';

const root = join(__dirname, '..', '..', '..');

/** Everything published, as one text in which a message can be searched. */
const sources = ['lib', 'nodes']
	.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
			join(root, folder, file),
		),
	)
	.filter((file) => file.endsWith('.ts'))
	.map((file) => readFileSync(file, 'utf8'))
	.join('\n')
	.replaceAll("\\'", "'");

/** The messages that the page explains: first cells of its tables. */
const messages = [
	...readFileSync(join(root, 'docs', 'troubleshooting.md'), 'utf8').matchAll(/^\| `([^`]+)`/gm),
].map(([, message = '']) => message);

/** What stays the same in a message; shorter pieces say nothing. */
const fixedParts = (message: string) =>
	message
		.split('…')
		.map((part) => part.trim())
		.filter((part) => part.length > 8);

/** Why an order is not shipped, and why an event is not reported. */
const reasons = [...REASON_CODES, ...shopEventOutput().shape.reason_code.unwrap().options];

test.each(reasons)('the page explains the reason: %s', (reason) => {
	expect(messages).toContain(reason);
});

test.each(['troubleshooting.md', 'troubleshooting.zh-CN.md'])(
	'%s says which need nobody, then which the owner',
	(page) => {
		const text = readFileSync(join(root, 'docs', page), 'utf8');
		const tables = text.split(/^\| `reason_code` .*$/m).slice(1);
		const codes = tables.map((table) =>
			[...table.split('\n\n')[0]!.matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code).sort(),
		);
		expect(codes).toEqual([
			codesNeeding(REASONS, 'nobody'),
			codesNeeding(REASONS, 'owner'),
			codesNeeding(SKIPS, 'nobody').sort(),
			codesNeeding(SKIPS, 'owner'),
		]);
	},
);

test('the page explains messages', () => {
	expect(messages.length).toBeGreaterThan(30);
});

test.each(messages)('a node can say: %s', (message) => {
	expect(fixedParts(message).filter((part) => !sources.includes(part))).toEqual([]);
});
