/** Nothing on a flow's canvas hides anything else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CanvasFlow, faultsOf } from './canvas';

const workflows = join(__dirname, '..', '..', '..', 'workflows');
const flows = readdirSync(workflows)
	.filter((file) => file.endsWith('.json'))
	.map((file) => {
		const flow = JSON.parse(readFileSync(join(workflows, file), 'utf8')) as CanvasFlow;
		return { file, flow };
	})
	.filter(({ flow }) => Array.isArray(flow.nodes));

test.each(flows)('$file is drawn so that all of it can be seen', ({ flow }) => {
	expect(faultsOf(flow)).toEqual([]);
});

const node = (name: string, x: number, y = 0, more: object = {}) => ({
	name,
	type: 'n8n-nodes-base.set',
	position: [x, y] as [number, number],
	parameters: {},
	...more,
});
const note = (x: number, y: number, content = '## Short', more: object = {}) =>
	node('About', x, y, {
		type: 'n8n-nodes-base.stickyNote',
		parameters: { content, width: 200, height: 100, ...more },
	});
const drawn = (...nodes: CanvasFlow['nodes']) =>
	faultsOf({ nodes, connections: { A: { main: [[{ node: 'B' }]] } } });
const [a, b] = [node('A', 0), node('B', 400)];

test.each([
	[
		'an arrow through a note',
		[a, b, note(144, 0)],
		'the arrow from A to B goes through note "About"',
	],
	[
		'an arrow through a node',
		[a, b, node('C', 208)],
		'the arrow from A to B goes through node "C"',
	],
	['a note on a node', [a, b, note(48, -80)], 'note "About" lies on node "A"'],
	['a label on a note', [a, b, note(0, 112)], 'note "About" lies on label "A"'],
	['a clipped note', [a, b, note(0, 304, 'word '.repeat(80))], 'is 100 high, and its text needs'],
	['a note at the end of a flow', [a, b, note(544, 0)], 'note "About" lies on plus of "B"'],
	['a node that n8n moves', [a, node('B', 401)], '"B" is moved by n8n'],
	['an arrow that goes back', [a, node('B', 48, 304)], 'the arrow from A to B goes back'],
	[
		"a note on a trigger's button",
		[node('A', 0, 0, { type: 'x.shopTrigger' }), b, note(-256, 0)],
		'note "About" lies on button of "A"',
	],
])('the check finds %s', (_, nodes, fault) => {
	expect(drawn(...nodes).join('\n')).toContain(fault);
});

test('the check finds nothing where all can be seen', () => {
	expect(drawn(a, b, note(0, 304))).toEqual([]);
});
