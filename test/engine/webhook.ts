/**
 * Takes webhooks over real HTTP and gives them to a node as n8n's webhook server does, with n8n's own
 * context: the body is parsed or left alone as the node's settings say, the execution is stored, and
 * only then does the sender get n8n's answer. Read from n8n 2.8.4 and 2.41.1.
 */
import './environment';
import { WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWebhookResponseData,
} from 'n8n-workflow';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type InstanceOptions, singleNode } from './harness';

/** n8n's own limit, N8N_PAYLOAD_SIZE_MAX. */
const MOST_BYTES = 16 * 1024 * 1024;

export interface WebhookOptions extends InstanceOptions {
	parameters: INodeParameters;
	/** `manual` is the editor's test of the trigger, `webhook` (default) an active workflow. */
	mode?: 'webhook' | 'manual';
	/** Tells triggers apart that stand in one workflow. */
	nodeId?: string;
	/** n8n's id of each credential that the node has selected; null for none, as in an imported workflow. */
	credentialId?: string | null;
}

export interface WebhookServer {
	url: string;
	/** How many requests have come in. */
	received: number;
	/** What each execution began with, oldest first. */
	started: IDataObject[][];
	/** What n8n made a failed execution of, oldest first. */
	failed: Error[];
	/** What n8n does before it answers: it stores the execution. A test may take its place. */
	store: () => Promise<void>;
	close: () => Promise<void>;
}

type Request = IncomingMessage & {
	rawBody?: Buffer;
	body?: unknown;
	readRawBody: () => Promise<void>;
};

/** What an execution that never ran keeps of an error: of one with another name than these, its message. */
const keptOf = (error: Error): Error =>
	['NodeOperationError', 'NodeApiError'].includes(error.name) ? error : new Error(error.message);

/** A workflow of this one node, which listens. */
export async function listen(node: INodeType, options: WebhookOptions): Promise<WebhookServer> {
	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => response.destroy(error as Error));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const host: WebhookServer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received: 0,
		started: [],
		failed: [],
		store: async () => {},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};

	async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		host.received++;
		const request = withRawBody(incoming);
		const { workflow, testNode, additionalData } = singleNode(
			node,
			options.mode ?? 'webhook',
			options,
		);
		if (options.nodeId) testNode.id = options.nodeId;
		if (options.credentialId !== undefined) {
			for (const one of Object.values(testNode.credentials ?? {})) one.id = options.credentialId;
		}
		const leavesBody = workflow.expression.getSimpleParameterValue(
			testNode,
			'={{$parameter["options"]["binaryData"]}}',
			options.mode ?? 'webhook',
			{},
			undefined,
			false,
		);
		if (!leavesBody) {
			await request.readRawBody();
			try {
				request.body = JSON.parse(request.rawBody.toString());
			} catch {
				response.writeHead(422).end();
				return;
			}
		}
		const webhookDescription = node.description.webhooks![0]!;
		const context = new WebhookContext(
			workflow,
			testNode,
			{ ...additionalData, httpRequest: request as never, httpResponse: response as never },
			options.mode ?? 'webhook',
			{
				httpMethod: 'POST',
				node: testNode.name,
				path: 'webhook',
				webhookDescription,
				workflowId: workflow.id,
				workflowExecuteAdditionalData: additionalData,
			},
			[],
			null,
		);
		let result: IWebhookResponseData;
		try {
			result = await node.webhook!.call(context);
		} catch (error) {
			if (!response.writableEnded) throw error;
			host.failed.push(keptOf(error as Error));
			return;
		}
		if (result.workflowData === undefined) {
			if (!result.noWebhookResponse) throw new Error('n8n would answer 200 by itself');
			return;
		}
		try {
			await host.store();
		} catch {
			response.writeHead(500).end();
			return;
		}
		host.started.push(itemsOf(result.workflowData));
		response.writeHead(200).end();
	}

	return host;
}

const itemsOf = (data: INodeExecutionData[][]) => data[0]!.map(({ json }) => json);

function withRawBody(incoming: IncomingMessage): Request {
	const request = incoming as Request;
	request.readRawBody = async () => {
		if (request.rawBody) return;
		const chunks: Buffer[] = [];
		let length = 0;
		for await (const chunk of incoming as AsyncIterable<Buffer>) {
			length += chunk.length;
			if (length > MOST_BYTES) {
				throw Object.assign(new Error('too large'), { type: 'entity.too.large' });
			}
			chunks.push(chunk);
		}
		request.rawBody = Buffer.concat(chunks);
	};
	return request;
}
