/** A flow's canvas as n8n's editor draws it: sizes and curves are those of n8n 2.41, texts are estimated. */

/** What is read of a flow as n8n exports it. */
export interface CanvasFlow {
	nodes: CanvasNode[];
	/** By the node that they leave, their kind, and the output's index. */
	connections: Record<string, Record<string, Array<Array<{ node: string }> | null>>>;
}

interface CanvasNode {
	name: string;
	type: string;
	position: [number, number];
	parameters: Record<string, unknown>;
	onError?: string;
}

/** Pixels at a zoom of 100 %. */
export interface Rect {
	x: number;
	y: number;
	width: number;
	height: number;
}

interface Thing extends Rect {
	what: string;
	/** The node that it belongs to. */
	of: string;
}

const NOTE = 'n8n-nodes-base.stickyNote';
const GRID = 16;

/** All pairs of things on the canvas that lie on each other, and notes that cut their text off; in words. */
export function faultsOf(flow: CanvasFlow): string[] {
	const notes = flow.nodes.filter(({ type }) => type === NOTE).map(noteOf);
	const nodes = flow.nodes.filter(({ type }) => type !== NOTE);
	const drawn = nodes.flatMap((node) => [...partsOf(node, flow)]);
	const things = [...notes, ...drawn];
	const collisions = things.flatMap((one, i) =>
		things
			.slice(i + 1)
			.filter((other) => other.of !== one.of && overlap(one, other))
			.map((other) => `${one.what} lies on ${other.what}`),
	);
	const crossed = arrowsOf(flow).flatMap(({ from, to, points }) =>
		things
			.filter(({ of }) => of !== from && of !== to)
			.filter((thing) => points.some((point) => overlap(thing, { ...point, width: 0, height: 0 })))
			.map(({ what }) => `the arrow from ${from} to ${to} goes through ${what}`),
	);
	const backward = arrowsOf(flow)
		.filter(({ goesBack }) => goesBack)
		.map(({ from, to }) => `the arrow from ${from} to ${to} goes back`);
	const cut = notes
		.filter(({ height, needs }) => needs > height)
		.map(({ what, height, needs }) => `${what} is ${height} high, and its text needs ${needs}`);
	const moved = flow.nodes
		.filter(({ position }) => position.some((value) => value % GRID !== 0))
		.map(({ name, position }) => `"${name}" is moved by n8n: ${position.join()} is off its grid`);
	return [...collisions, ...crossed, ...backward, ...cut, ...moved];
}

const overlap = (a: Rect, b: Rect) =>
	a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function noteOf({ name, position: [x, y], parameters }: CanvasNode): Thing & { needs: number } {
	const { content, width, height } = parameters as {
		content: string;
		width: number;
		height: number;
	};
	return {
		what: `note "${name}"`,
		of: name,
		x,
		y,
		width,
		height,
		needs: textHeight(content, width),
	};
}

const PADDING = 16;
const LINE = 20;
/** The widest average of Inter at 14 pixels that a line of these notes has, so that the estimate is no less than the truth. */
const LETTER = 7.3;

/** The height that a note's Markdown needs. */
export function textHeight(markdown: string, width: number): number {
	const blocks = markdown.split('\n').filter((line) => !/^\s*$|^\|-/.test(line));
	return (
		2 * PADDING + blocks.reduce((sum, line) => sum + blockHeight(line, width - 2 * PADDING), 0)
	);
}

function blockHeight(line: string, width: number): number {
	const text = line.replaceAll(/\]\([^)]+\)|[*`[\]]/g, '');
	const lines = (letters: number, room: number) => Math.ceil((letters * LETTER) / room);
	if (line.startsWith('#')) return lines(text.length * 1.55, width) * 28 + 4;
	if (/^(\d\.|-) /.test(line)) return lines(text.length, width - 24) * LINE + 4;
	if (line.startsWith('|')) {
		const cells = text.split('|').slice(1, -1);
		return (
			Math.max(1, ...cells.map((cell) => lines(cell.length, width / 2 - 2 * PADDING))) * LINE + 20
		);
	}
	return lines(text.length, width) * LINE + 8;
}

/** A node with its label, and a trigger's button, which n8n draws to its left and under any note. */
function* partsOf(node: CanvasNode, flow: CanvasFlow): Generator<Thing> {
	const { name, position } = node;
	const [x, y] = position;
	const { width, height } = sizeOf(node, flow);
	yield { what: `node "${name}"`, of: name, x, y, width, height };
	if (width <= 6 * GRID) {
		const letters = Math.min(name.length * 7.5, 192);
		const lines = Math.ceil((name.length * 7.5) / 192);
		const left = x + width / 2 - letters / 2;
		const below = y + height + 8;
		const label = { width: letters, height: lines * LINE + 16 };
		yield { what: `label "${name}"`, of: name, x: left, y: below, ...label };
	}
	if (!isPartOf(node, flow)) {
		for (let output = 0; output < outputsOf(node); output++) {
			if ((flow.connections[name]?.['main']?.[output] ?? []).length > 0) continue;
			const middle = y + (height * (output + 1)) / (outputsOf(node) + 1);
			const stub = { x: x + width, y: middle - 12, width: 72, height: 24 };
			yield { what: `plus of "${name}"`, of: name, ...stub };
		}
	}
	if (/Trigger$/.test(node.type)) {
		// As wide as n8n makes it when the canvas is zoomed out
		const button = { x: x - 240, y: y + 16, width: 230, height: 64 };
		yield { what: `button of "${name}"`, of: name, ...button };
	}
}

const connectionsTo = (name: string, { connections }: CanvasFlow) =>
	Object.values(connections).flatMap((kinds) =>
		Object.entries(kinds).flatMap(([kind, outputs]) =>
			outputs.flatMap((targets) =>
				(targets ?? []).filter(({ node }) => node === name).map(() => kind),
			),
		),
	);

const isPart = (kind: string) => kind !== 'main';

/** Whether it belongs to another node, as a model or a tool does. */
const isPartOf = ({ name }: CanvasNode, { connections }: CanvasFlow) =>
	Object.keys(connections[name] ?? {}).some(isPart);

function sizeOf(node: CanvasNode, flow: CanvasFlow): { width: number; height: number } {
	const isConfigurable = connectionsTo(node.name, flow).some(isPart);
	const isConfiguration = isPartOf(node, flow);
	const handles = Math.max(outputsOf(node), inputsOf(node), 2);
	const height = isConfiguration ? 5 * GRID : 6 * GRID + (handles - 2) * 2 * GRID;
	if (isConfigurable) return { width: (14 + (isConfiguration ? 1 : 0)) * GRID, height };
	return { width: (isConfiguration ? 5 : 6) * GRID, height };
}

const inputsOf = ({ parameters }: CanvasNode) => Number(parameters['numberInputs'] ?? 1);

function outputsOf({ type, parameters, onError }: CanvasNode): number {
	const { rules } = parameters as { rules?: { values?: unknown[] } };
	const own = type.endsWith('.if')
		? 2
		: type.endsWith('.switch')
			? (rules?.values?.length ?? 1)
			: 1;
	return own + (onError === 'continueErrorOutput' ? 1 : 0);
}

interface Point {
	x: number;
	y: number;
}

interface Arrow {
	from: string;
	to: string;
	goesBack: boolean;
	/** Close enough to each other that nothing fits between. */
	points: Point[];
}

function arrowsOf(flow: CanvasFlow): Arrow[] {
	const byName = new Map(flow.nodes.map((node) => [node.name, node]));
	return Object.entries(flow.connections).flatMap(([from, kinds]) =>
		Object.entries(kinds).flatMap(([kind, outputs]) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).map(({ node, ...rest }) => {
					const input = (rest as { index?: number }).index ?? 0;
					const [source, target] = [byName.get(from)!, byName.get(node)!];
					return isPart(kind)
						? upward(source, target, kind, flow)
						: forward(source, output, target, input, flow);
				}),
			),
		),
	);
}

function forward(
	source: CanvasNode,
	output: number,
	target: CanvasNode,
	input: number,
	flow: CanvasFlow,
): Arrow {
	const size = sizeOf(source, flow);
	const start = {
		x: source.position[0] + size.width,
		y: source.position[1] + (size.height * (output + 1)) / (outputsOf(source) + 1),
	};
	const end = {
		x: target.position[0],
		y: target.position[1] + (sizeOf(target, flow).height * (input + 1)) / (inputsOf(target) + 1),
	};
	// As Vue Flow's getBezierPath
	const reach = Math.max((end.x - start.x) / 2, 0);
	const bends = [
		{ x: start.x + reach, y: start.y },
		{ x: end.x - reach, y: end.y },
	] as const;
	const points = curve(start, ...bends, end);
	return { from: source.name, to: target.name, goesBack: end.x < start.x, points };
}

/** From the top of a part to the port at the bottom of what it belongs to, of which n8n draws at least four. */
function upward(source: CanvasNode, target: CanvasNode, kind: string, flow: CanvasFlow): Arrow {
	const { width, height } = sizeOf(target, flow);
	const start = {
		x: source.position[0] + sizeOf(source, flow).width / 2,
		y: source.position[1],
	};
	const ports = ['ai_languageModel', 'ai_memory', 'ai_tool', 'ai_outputParser'];
	const isAgent = target.type.endsWith('.agent');
	const port = isAgent ? (ports.indexOf(kind) + 1) / (ports.length + 1) : 0.5;
	const end = { x: target.position[0] + width * port, y: target.position[1] + height };
	const reach = Math.max((start.y - end.y) / 2, 0);
	const bends = [
		{ x: start.x, y: start.y - reach },
		{ x: end.x, y: end.y + reach },
	] as const;
	const points = curve(start, ...bends, end);
	return { from: source.name, to: target.name, goesBack: start.y < end.y, points };
}

function curve(a: Point, b: Point, c: Point, d: Point): Point[] {
	const steps = Math.ceil(Math.hypot(d.x - a.x, d.y - a.y) / 4) + 1;
	return Array.from({ length: steps + 1 }, (_, i) => {
		const t = i / steps;
		const mix = (axis: 'x' | 'y') =>
			(1 - t) ** 3 * a[axis] +
			3 * (1 - t) ** 2 * t * b[axis] +
			3 * (1 - t) * t ** 2 * c[axis] +
			t ** 3 * d[axis];
		return { x: mix('x'), y: mix('y') };
	});
}
