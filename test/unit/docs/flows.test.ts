import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What these tests read of a flow as n8n exports it. */
interface Flow {
	nodes: Array<{
		name: string;
		type: string;
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
