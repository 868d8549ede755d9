import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guides } from '../../../nodes/ShopTrigger/guides';
import type { Shop } from '../../../lib/shops/order';

/** What these tests read of a flow as n8n exports it. */
interface Flow {
	nodes: Array<{
		name: string;
		type: string;
		parameters: Record<string, unknown>;
		credentials?: Record<string, { id: string | null }>;
	}>;
	connections: Record<string, unknown>;
}

const root = join(__dirname, '..', '..', '..');
const workflows = join(root, 'workflows');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Every flow that can be imported; other files there are data to try them with. */
const flows = readdirSync(workflows)
	.filter((file) => file.endsWith('.json'))
	.map((file) => {
		const flow = JSON.parse(readFileSync(join(workflows, file), 'utf8')) as Partial<Flow>;
		return { file, flow };
	})
	.filter((each): each is { file: string; flow: Flow } => Array.isArray(each.flow.nodes));

test.each(flows)('$file is in the list of the README', ({ file }) => {
	expect(readme).toContain(`\`${file}\``);
});

test.each(flows)('$file explains itself and brings no credential of its author', ({ flow }) => {
	const { nodes } = flow;
	expect(nodes.some(({ type }) => type === 'n8n-nodes-base.stickyNote')).toBe(true);
	const ids = nodes.flatMap(({ credentials = {} }) =>
		Object.values(credentials).map(({ id }) => id),
	);
	expect(ids.filter((id) => id !== null)).toEqual([]);
});

test.each(flows)('$file connects only nodes that it has', ({ flow }) => {
	const names = new Set(flow.nodes.map(({ name }) => name));
	const targets = JSON.stringify(flow.connections).matchAll(/"node":"([^"]+)"/g);
	const linked = [...Object.keys(flow.connections), ...[...targets].map(([, name]) => name ?? '')];
	expect(linked.filter((name) => !names.has(name))).toEqual([]);
});

const isNote = ({ type }: Flow['nodes'][number]) => type === 'n8n-nodes-base.stickyNote';

/** All values of the nodes' parameters, each with the name of its member. */
function valuesOf(part: unknown, member = ''): Array<[member: string, value: unknown]> {
	if (typeof part !== 'object' || part === null) return [[member, part]];
	const isList = Array.isArray(part);
	return Object.entries(part).flatMap(([name, value]) => valuesOf(value, isList ? member : name));
}

/** What only its user knows, and what would make a flow look ready if it stood there. */
const isDummy = ([member, value]: [member: string, value: unknown]) =>
	/@example\.|\bORD-\d/.test(String(value)) ||
	(/^(box)?(weight|length|width|height)$/i.test(member) && typeof value === 'number');

test.each(flows)('$file leaves empty what only its user knows', ({ flow }) => {
	const filledIn = flow.nodes
		.filter((node) => !isNote(node))
		.flatMap(({ name, parameters }) =>
			valuesOf(parameters)
				.filter(isDummy)
				.map(([member, value]) => `${name}: ${member} is ${String(value)}`),
		);
	expect(filledIn).toEqual([]);
});

const REPOSITORY = 'https://github.com/n8n-nodes-tw-td/n8n-nodes-tw-td';
const notesOf = ({ nodes }: Flow) =>
	nodes.filter(isNote).map((note) => String(note.parameters['content']));

/** The headings of a page as GitHub makes anchors of them. */
const anchorsOf = (page: string) =>
	[...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replaceAll(/[^\w\s-]/g, '')
			.replaceAll(' ', '-'),
	);

test.each(flows)('$file names no file without a link, and links to what there is', ({ flow }) => {
	for (const note of notesOf(flow)) {
		const links = [...note.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
		const text = note.replaceAll(/\]\([^)]+\)/g, '');
		expect(text).not.toMatch(/README|\.json|\.md|workflows\/|https?:|the documentation/);
		for (const link of links) {
			const [path = '', anchor] = link.replace(REPOSITORY, '').split('#');
			const page = join(root, path === '' ? 'README.md' : path.replace('/blob/main/', ''));
			expect(`${link} ${existsSync(page)}`).toBe(`${link} true`);
			if (anchor !== undefined && anchor !== 'readme') expect(anchorsOf(page)).toContain(anchor);
		}
	}
});

const ofShops = flows.flatMap(({ file, flow }) => {
	const shop = /^(\w+)-cheapest-label/.exec(file)?.[1] as Shop | undefined;
	return shop ? [{ file, flow, shop }] : [];
});

test.each(ofShops)("$file has its user choose what the trigger's panel names", ({ flow, shop }) => {
	const [, chosen = ''] = /choose there: ([^\n]*?)\.(\s|$)/m.exec(notesOf(flow).join('\n'))!;
	const names = [...chosen.matchAll(/[`*]([^`*]+)[`*]/g)].map(([, name = '']) => name);
	const panel = guides[shop].topics.order_paid!;
	expect(names.length).toBeGreaterThan(0);
	expect(names.filter((name) => !panel.includes(name))).toEqual([]);
});
