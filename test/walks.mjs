// Sends an order and an event in n8n's engine, and prints which files of lib/ and nodes/ each walks through:
// `{ order: Walk, event: Walk }`. A process of its own, because it changes how source files are loaded: each
// function there first says that it is entered.
import swc from '@swc/core';
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import threads from 'node:worker_threads';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** From the root; undefined for a file outside of lib/ and nodes/. */
function productFile(path) {
	const name = path ? relative(root, path).split(sep).join('/') : '';
	return /^(lib|nodes)\//.test(name) ? name : undefined;
}

/** The source with a call of `entered` at the start of each function. */
function announcing(path, source) {
	const call = `entered(${JSON.stringify(productFile(path))})`;
	const inserted = [];
	const visit = (node) => {
		const { body } = node;
		if (body && ts.isFunctionLike(node)) {
			if (ts.isBlock(body)) inserted.push([body.getStart() + 1, `${call};`]);
			else inserted.push([body.getStart(), `(${call},`], [body.getEnd(), ')']);
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true));
	return inserted
		.sort(([one], [other]) => other - one)
		.reduce((text, [at, what]) => text.slice(0, at) + what + text.slice(at), source);
}

// Put first: for `X.node` Node.js would find X.node.json before X.node.ts
const others = { ...Module._extensions };
delete others['.ts'];
for (const extension of Object.keys(Module._extensions)) delete Module._extensions[extension];
Module._extensions['.ts'] = (module, path) => {
	const source = readFileSync(path, 'utf8');
	const { code } = swc.transformSync(productFile(path) ? announcing(path, source) : source, {
		jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
		module: { type: 'commonjs' },
		filename: path,
	});
	module._compile(code, path);
};
Object.assign(Module._extensions, others);

/** The walk that is being recorded. */
let walk;
const addTo = (list, entry) => void (list.includes(entry) || list.push(entry));
const roomOf = (file) => file.split('/')[0];

globalThis.entered = (file) => {
	if (!walk) return;
	addTo(walk.run, file);
	if (walk.hasLeft) return;
	addTo(walk.down, file);
	const [own, ...callers] = callSites();
	// It only reads
	if (nameOf(own).startsWith('get ')) return;
	const caller = callers.find((site) => productFile(site.getFileName()));
	if (!caller) return;
	const from = productFile(caller.getFileName());
	if (roomOf(from) !== roomOf(file)) {
		walk.crossings.push(`${from} ${nameOf(caller)} → ${file} ${nameOf(own)}`);
	}
};

const nameOf = (site) => site.getFunctionName() ?? '(no name)';

/** From the function that is entered outwards, also across `await`. */
function callSites() {
	const { prepareStackTrace, stackTraceLimit } = Error;
	Error.prepareStackTrace = (_error, sites) => sites;
	Error.stackTraceLimit = 200;
	const sites = new Error().stack;
	Object.assign(Error, { prepareStackTrace, stackTraceLimit });
	return sites.slice(2);
}

subscribe('undici:client:sendHeaders', () => {
	if (walk) walk.hasLeft = true;
});

// A thread loads its file by itself, so it is entered when it is sent something
threads.Worker = class extends threads.Worker {
	constructor(file, options) {
		super(file, options);
		this.file = productFile(file);
	}

	postMessage(...message) {
		if (this.file) globalThis.entered(this.file);
		super.postMessage(...message);
	}
};

const { createParameters, openBench } = createRequire(import.meta.url)('./support.ts');
const bench = await openBench();

async function walked(node, parameters) {
	const run = async (no) => {
		const { status, error } = await bench.run(node, parameters, [{ no }]);
		if (status !== 'success') throw error;
	};
	// What is loaded or made once is no part of the walk
	await run('WALK-1');
	walk = { down: [], run: [], crossings: [], hasLeft: false };
	await run('WALK-2');
	const { hasLeft, ...seen } = walk;
	walk = undefined;
	if (!hasLeft) throw new Error(`${node} has sent nothing`);
	return seen;
}

const order = await walked('twOrder', createParameters({ waitForCompletion: false }));
const event = await walked('tdOrderEvent', {
	operation: 'order_ship',
	channel: 'test',
	order_id: '={{ $json.no }}',
	session_id: 'abc0123456789',
	terminal_ip: '210.20.10.33',
});
await bench.close();
console.log(JSON.stringify({ order, event }, null, '\t'));
