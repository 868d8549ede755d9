import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model is to say next: words, or a call of one of the tools it was offered. */
export type Turn = { say: string } | { call: string; with: object };

/** A language model with OpenAI's interface that says what it was told to, and keeps what it heard. */
export interface ScriptedModel {
	url: string;
	/** Lines for the coming requests, in their order. */
	play(...turns: Turn[]): void;
	/** Bodies of the requests so far. */
	heard: ChatRequest[];
	close(): Promise<void>;
}

export interface ChatRequest {
	messages: { role: string; content: unknown }[];
	tools?: { function: { name: string; description?: string } }[];
}

/** Starts the model on loopback. Without a line left it answers HTTP 500. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	const script: Turn[] = [];
	const heard: ChatRequest[] = [];
	const server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			const turn = script.shift();
			heard.push(JSON.parse(body) as ChatRequest);
			response.statusCode = turn ? 200 : 500;
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify(turn ? completion(turn) : { error: { message: 'no line left' } }),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		play: (...turns) => void script.push(...turns),
		heard,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	return body;
}

/** A turn in the form of OpenAI's chat completions. */
function completion(turn: Turn) {
	const message =
		'say' in turn
			? { role: 'assistant', content: turn.say }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [
						{
							id: `call_${randomUUID()}`,
							type: 'function',
							function: { name: turn.call, arguments: JSON.stringify(turn.with) },
						},
					],
				};
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: 'say' in turn ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
