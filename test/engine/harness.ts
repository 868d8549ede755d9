/**
 * Runs nodes in n8n's real execution engine, inside the test's own process.
 *
 * The engine resolves expressions, retries, routes errors, pairs items and cancels exactly as on a
 * host; requests really leave through the loopback. Not covered: n8n's package loader, its database
 * and its editor. For those there is the real host under `host/`.
 */
import './environment';
import { Container } from '@n8n/di';
import {
	BinaryDataConfig,
	BinaryDataService,
	CredentialTestContext,
	LoadOptionsContext,
	PollContext,
	WorkflowExecute,
} from 'n8n-core';
import type {
	ExecutionStatus,
	IConnections,
	ICredentialType,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	IRun,
	IRunExecutionData,
	ITaskData,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type { LogLine } from './host';
import {
	instanceData,
	logLines,
	removeUserFolder,
	startNode,
	TestCredentials,
	TestNodeTypes,
	withDefaults,
} from './host';

const PACKAGE_NAME = 'n8n-nodes-tw-td';
const START = 'Start';
const WORKFLOW_ID = 'engine-test';

/** What a run of the engine came to, seen from the node under test. */
export interface EngineRun {
	/** First output of the node's last run; empty when the run failed or was cancelled. */
	items: INodeExecutionData[];
	/** All outputs of the node's last run. With `continueErrorOutput` the last is the error branch. */
	outputs: INodeExecutionData[][];
	/** What the node threw in its last try, as thrown: `instanceof NodeApiError` holds. */
	error?: Error;
	/** Every run of the node, as n8n records it. Here `error` is a plain copy, not an instance. */
	runs: ITaskData[];
	/** The whole execution as n8n would store it. `previous` takes it up again. */
	data: IRunExecutionData;
	/** A new one for each run, also for a retry. */
	executionId: string;
	/** How the execution ended: `success`, `error` or `canceled`. */
	status: ExecutionStatus;
	/** Hints of the node's last run, shown above its output in the editor. */
	hints: NodeExecutionHint[];
	/** The node's own static data after the run. */
	staticData: IDataObject;
	/** What n8n and the node wrote to the host's log meanwhile. */
	log: LogLine[];
}

type OnError = NonNullable<INode['onError']>;

/** The settings of one node in the workflow, as the editor's "Settings" tab has them. */
export interface NodeSettings {
	parameters: INodeParameters;
	onError?: OnError;
	retryOnFail?: boolean;
	maxTries?: number;
	/** Milliseconds. n8n reads 0 as "not set" and then waits one second: use at least 1. */
	waitBetweenTries?: number;
}

/** What the node finds in its instance. */
export interface InstanceOptions {
	/** Plain credential data by type name. Fields left out get the default of the type. */
	credentials?: Record<string, IDataObject>;
	/** The credential classes: their defaults and their `authenticate`. */
	credentialTypes?: ICredentialType[];
	/** Time zone of the workflow, e.g. `Asia/Shanghai`. */
	timezone?: string;
	/** The node's own static data before the run. It is copied. */
	staticData?: IDataObject;
	/** What n8n 2.41 adds to `helpers` of executions, polls and lists: which addresses may be called. */
	egress?: object;
}

/** How the execution goes. */
export interface ExecutionOptions extends InstanceOptions {
	items: IDataObject[] | INodeExecutionData[];
	/** Default: `manual`, or `retry` when `previous` is given. */
	mode?: WorkflowExecuteMode;
	/** A failed run to take up again, as "Retry" in the list of executions does. */
	previous?: EngineRun;
	/** Cancels the execution as the editor's stop button does, once it resolves or aborts. */
	cancelAfter?: Promise<void> | AbortSignal;
	/** Where n8n keeps files: in memory (`default`) or on disk. */
	binaryMode?: 'default' | 'filesystem';
}

export interface RunNodeOptions extends NodeSettings, ExecutionOptions {
	node: INodeType;
}

export interface FlowNode extends NodeSettings {
	/** Name in the workflow; the node's default name when left out. */
	name?: string;
	node: INodeType;
}

type NamedNode = FlowNode & { name: string };

export interface RunFlowOptions extends ExecutionOptions {
	nodes: FlowNode[];
	/** From the first node on, `Start` included. Default: a chain in the order of `nodes`. */
	connections?: IConnections;
	/** Name of the node the result is about. Default: the last of `nodes`. */
	watch?: string;
}

/**
 * Runs Start → `node` over the given items.
 *
 * Rejects only if n8n would not start the workflow at all, e.g. for a required parameter that is
 * missing; what the node throws is in the result.
 */
export async function runNode(options: RunNodeOptions): Promise<EngineRun> {
	const { node, parameters, onError, retryOnFail, maxTries, waitBetweenTries, ...execution } =
		options;
	return await runFlow({
		...execution,
		nodes: [{ node, parameters, onError, retryOnFail, maxTries, waitBetweenTries }],
	});
}

/** Runs several connected nodes; the result is about the one to `watch`. */
export async function runFlow(options: RunFlowOptions): Promise<EngineRun> {
	const nodes = options.nodes.map((each) => ({ ...each, name: nameOf(each) }));
	const watched = options.watch ?? nodes.at(-1)?.name ?? START;
	const mode = options.mode ?? (options.previous ? 'retry' : 'manual');
	const executionId = nextExecutionId();
	const logStart = logLines.length;
	const thrown = new Map<string, Error>();

	await useBinaryMode(options.binaryMode ?? 'default');

	const credentials = credentialsOf(options);
	const workflow = buildWorkflow({
		nodes: nodes.map((each) => ({
			...each,
			node: recordingThrows(each.node, thrown, options.egress),
		})),
		connections: options.connections ?? chain([START, ...nodes.map(({ name }) => name)]),
		credentials,
		watched,
		instance: options,
	});
	const additionalData = instanceData({
		credentials,
		executionId,
		mode,
		workflow: workflowRecord(workflow),
	});

	const start = {
		node: nodeNamed(workflow, START),
		data: { main: [toItems(options.items)] },
		source: null,
	};
	const runData = options.previous
		? retryData(options.previous, workflow)
		: createRunExecutionData({ executionData: { nodeExecutionStack: [start] } });

	// On cancel n8n stores the execution at once and drops what the node still returns
	let cancelled: IRunExecutionData | undefined;
	additionalData.hooks?.addHandler('workflowExecuteAfter', (run: IRun) => {
		if (run.status === 'canceled') cancelled ??= copy(run.data);
		return Promise.resolve();
	});

	const engine = new WorkflowExecute(additionalData, mode, runData);
	const execution = engine.processRunExecutionData(workflow);
	onceDone(options.cancelAfter, () => execution.cancel());
	const run = await execution;

	const data = cancelled ?? run.data;
	const runs = data.resultData.runData[watched] ?? [];
	const outputs = (runs.at(-1)?.data?.main ?? []).map((output) => output ?? []);
	const error = runs.at(-1)?.error ? thrown.get(watched) : undefined;
	return {
		items: outputs[0] ?? [],
		outputs,
		...(error && { error }),
		runs,
		data,
		executionId,
		status: cancelled ? 'canceled' : run.status,
		hints: runs.at(-1)?.hints ?? [],
		staticData: copy(workflow.getStaticData('node', nodeNamed(workflow, watched))),
		log: logLines.slice(logStart),
	};
}

/** Runs the credential test that the node names in `testedBy`, with n8n's context for it. */
export async function testCredential(
	node: INodeType,
	credentialTypeName: string,
	data: IDataObject,
	credentialType?: ICredentialType,
): Promise<INodeCredentialTestResult> {
	const used = node.description.credentials?.find(({ name }) => name === credentialTypeName);
	const testedBy = used?.testedBy;
	const test = typeof testedBy === 'string' && node.methods?.credentialTest?.[testedBy];
	if (!test) {
		throw new Error(`${node.description.name} names no test function for ${credentialTypeName}`);
	}
	return await test.call(new CredentialTestContext(), {
		id: credentialTypeName,
		name: `Test ${credentialTypeName}`,
		type: credentialTypeName,
		data: withDefaults(credentialType, data),
	});
}

/** The bytes behind a binary property, wherever n8n keeps them. */
export async function readBinary(item: INodeExecutionData, property = 'data'): Promise<Buffer> {
	const binary = item.binary?.[property];
	if (!binary) throw new Error(`The item has no binary property "${property}"`);
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

export interface ListSearchOptions extends InstanceOptions {
	/** The parameters as the open panel holds them. */
	parameters: INodeParameters;
	filter?: string;
	paginationToken?: string;
	/** The field whose list is opened, as n8n's editor names it. */
	path?: string;
}

/** Opens and searches a "From list" field, with n8n's context for it. */
export async function listSearch(
	node: INodeType,
	method: string,
	options: ListSearchOptions,
): Promise<INodeListSearchResult> {
	const search = node.methods?.listSearch?.[method];
	if (!search) throw new Error(`${node.description.name} has no list search "${method}"`);
	const { workflow, testNode, additionalData } = singleNode(node, 'internal', options);
	const context = new LoadOptionsContext(
		workflow,
		testNode,
		{ ...additionalData, currentNodeParameters: options.parameters },
		options.path ?? '',
	);
	return await search.call(
		withEgress(context, options.egress),
		options.filter,
		options.paginationToken,
	);
}

/** Loads a field's options, with n8n's context for it. */
export async function loadOptions(
	node: INodeType,
	method: string,
	options: Pick<ListSearchOptions, 'parameters' | keyof InstanceOptions>,
): Promise<INodePropertyOptions[]> {
	const load = node.methods?.loadOptions?.[method];
	if (!load) throw new Error(`${node.description.name} has no options to load by "${method}"`);
	const { workflow, testNode, additionalData } = singleNode(node, 'internal', options);
	const current = { ...additionalData, currentNodeParameters: options.parameters };
	const context = new LoadOptionsContext(workflow, testNode, current, '');
	return await load.call(withEgress(context, options.egress));
}

export interface PollOptions extends InstanceOptions {
	parameters?: INodeParameters;
	/** `manual` is the editor's test of the trigger, `trigger` (default) an active workflow. */
	mode?: 'trigger' | 'manual';
}

export interface PollResult {
	/** What would start the workflow; null when there is nothing new. */
	items: INodeExecutionData[] | null;
	/** The node's own static data after the poll; pass it to the next one. */
	staticData: IDataObject;
}

/** Polls once, with n8n's context for polling triggers. */
export async function poll(node: INodeType, options: PollOptions = {}): Promise<PollResult> {
	if (!node.poll) throw new Error(`${node.description.name} does not poll`);
	const mode = options.mode ?? 'trigger';
	const { workflow, testNode, additionalData } = singleNode(node, mode, options);
	const activation = mode === 'manual' ? 'manual' : 'activate';
	const context = new PollContext(workflow, testNode, additionalData, mode, activation);
	const result = await node.poll.call(withEgress(context, options.egress));
	return { items: result?.[0] ?? null, staticData: copy(workflow.getStaticData('node', testNode)) };
}

/** For `afterAll`: removes what the engine wrote to disk. Jest ends by itself either way. */
export const stopEngine = removeUserFolder;

let executions = 0;
const nextExecutionId = () => String((executions += 1));

function nameOf({ name, node }: FlowNode): string {
	return name ?? node.description.defaults.name ?? node.description.name;
}

function credentialsOf({ credentials, credentialTypes }: InstanceOptions): TestCredentials {
	return new TestCredentials(credentials ?? {}, credentialTypes ?? []);
}

/** A chain of main connections, first output to first input. */
function chain(names: string[]): IConnections {
	const connections: IConnections = {};
	names.reduce((from, to) => {
		connections[from] = { main: [[{ node: to, type: NodeConnectionTypes.Main, index: 0 }]] };
		return to;
	});
	return connections;
}

/** The constructor of Workflow fills in the nodes' defaults, as it does on a host. */
function buildWorkflow(options: {
	nodes: NamedNode[];
	connections: IConnections;
	credentials: TestCredentials;
	watched: string;
	instance: InstanceOptions;
}): Workflow {
	const { timezone, staticData } = options.instance;
	const types: Record<string, INodeType> = { [typeNameOf(startNode)]: startNode };
	const nodes: INode[] = [placed(START, 0, startNode, { parameters: {} }, {})];
	for (const { name, node, ...settings } of options.nodes) {
		types[typeNameOf(node)] = node;
		nodes.push(placed(name, nodes.length, node, settings, options.credentials.selection()));
	}
	return new Workflow({
		id: WORKFLOW_ID,
		name: 'Engine test',
		active: false,
		nodes,
		connections: options.connections,
		nodeTypes: new TestNodeTypes(types),
		staticData: { [`node:${options.watched}`]: copy(staticData ?? {}) },
		settings: { executionOrder: 'v1', ...(timezone !== undefined && { timezone }) },
	});
}

function typeNameOf(node: INodeType): string {
	return `${PACKAGE_NAME}.${node.description.name}`;
}

function placed(
	name: string,
	index: number,
	node: INodeType,
	settings: NodeSettings,
	credentials: NonNullable<INode['credentials']>,
): INode {
	const { version, defaultVersion } = node.description;
	const newest = Array.isArray(version) ? Math.max(...version) : version;
	return {
		id: `node-${index}`,
		name,
		type: typeNameOf(node),
		typeVersion: defaultVersion ?? newest,
		position: [index * 200, 0],
		credentials,
		...copy(settings),
	};
}

/** The node without a workflow around it, for what the editor, the scheduler or a webhook calls directly. */
export function singleNode(
	node: INodeType,
	mode: WorkflowExecuteMode,
	options: InstanceOptions & { parameters?: INodeParameters },
) {
	const name = nameOf({ node, parameters: {} });
	const credentials = credentialsOf(options);
	const workflow = buildWorkflow({
		nodes: [{ name, node, parameters: options.parameters ?? {} }],
		connections: {},
		credentials,
		watched: name,
		instance: options,
	});
	const additionalData = instanceData({
		credentials,
		executionId: nextExecutionId(),
		mode,
		workflow: workflowRecord(workflow),
	});
	return { workflow, testNode: nodeNamed(workflow, name), additionalData };
}

function nodeNamed(workflow: Workflow, name: string): INode {
	const node = workflow.getNode(name);
	if (!node) throw new Error(`The test workflow has no node "${name}"`);
	return node;
}

function workflowRecord(workflow: Workflow) {
	return {
		id: workflow.id,
		name: workflow.name ?? '',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
	};
}

/**
 * The node type, with a note taken of what each node throws: the engine keeps only a plain copy of an
 * error, and a test wants to ask for its class.
 *
 * @param egress see {@link InstanceOptions}
 */
function recordingThrows(
	node: INodeType,
	thrown: Map<string, Error>,
	egress: InstanceOptions['egress'],
): INodeType {
	const { execute } = node;
	if (!execute) return node;
	const recording = Object.create(node) as INodeType;
	recording.execute = async function (response) {
		try {
			return await execute.call(withEgress(this, egress), response);
		} catch (error) {
			thrown.set(this.getNode().name, error as Error);
			throw error;
		}
	};
	return recording;
}

/** A context whose helpers have an egress filter, if the instance has one: n8n 2.8 knows of none. */
function withEgress<Context extends { helpers: object }>(
	context: Context,
	egress: InstanceOptions['egress'],
): Context {
	if (egress) Object.assign(context.helpers, { getSecureEgressFilter: () => egress });
	return context;
}

/**
 * The execution data of a retry, made as n8n's execution service makes it: the stored execution
 * without its error and without the failed node's last run. The node itself waits on the stack,
 * where the engine put it back when it failed, and the contexts of all nodes are kept.
 */
function retryData(previous: EngineRun, workflow: Workflow): IRunExecutionData {
	const data = copy(previous.data);
	const { lastNodeExecuted, runData } = data.resultData;
	if (lastNodeExecuted !== undefined) {
		delete data.resultData.error;
		const runs = runData[lastNodeExecuted];
		if (runs?.at(-1)?.error !== undefined) runs.pop();
	}
	for (const waiting of data.executionData?.nodeExecutionStack ?? []) {
		waiting.node = nodeNamed(workflow, waiting.node.name);
	}
	return data;
}

/** What is left of data once n8n's database has held it: plain JSON. */
function copy<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}

/** Plain objects become items; what has a `json` object is one already. */
const toItems = (items: Array<IDataObject | INodeExecutionData>) =>
	items.map((item): INodeExecutionData => {
		const isItem = typeof item.json === 'object' && item.json !== null;
		return isItem ? (item as INodeExecutionData) : { json: item };
	});

function onceDone(signal: Promise<void> | AbortSignal | undefined, act: () => void): void {
	if (!signal) return;
	if (!(signal instanceof AbortSignal)) void signal.then(act);
	else if (signal.aborted) act();
	else signal.addEventListener('abort', act, { once: true });
}

let binaryModeInUse: string | undefined;

async function useBinaryMode(mode: 'default' | 'filesystem'): Promise<void> {
	if (mode === binaryModeInUse) return;
	Container.get(BinaryDataConfig).mode = mode;
	await Container.get(BinaryDataService).init();
	binaryModeInUse = mode;
}
