import type { N8nRest } from '../rest';
import { expect } from '../smoke/expect';

/** What an API key has to allow for docs/scaling.md's recovery. */
const SCOPES = ['execution:list', 'execution:read', 'execution:retry', 'execution:stop'];

/** An execution as n8n's public API tells of it. */
export interface ApiExecution {
	id: string;
	status: string;
}

/** n8n's public API, as scripts and flows of users call it. */
export class PublicApi {
	private constructor(
		private readonly url: string,
		private readonly key: string,
	) {}

	/** Makes a key, as Settings → n8n API does. */
	static async open(rest: N8nRest): Promise<PublicApi> {
		const { rawApiKey } = await rest.call<{ rawApiKey: string }>('POST', '/rest/api-keys', {
			label: 'Recovery',
			expiresAt: null,
			scopes: SCOPES,
		});
		return new PublicApi(`${rest.url}/api/v1`, rawApiKey);
	}

	/** A flow's executions in a state, newest first; the first page of them. */
	async executions(workflowId: string, status: string): Promise<ApiExecution[]> {
		const query = new URLSearchParams({ workflowId, status, limit: '250' });
		const { data } = await this.call<{ data: ApiExecution[] }>(
			'GET',
			`/executions?${query.toString()}`,
		);
		return data;
	}

	/** Runs an execution again with the flow as it is saved now; the answer comes when it has ended. */
	retry(id: string): Promise<ApiExecution> {
		return this.call('POST', `/executions/${id}/retry`, { loadWorkflow: true });
	}

	stop(id: string): Promise<unknown> {
		return this.call('POST', `/executions/${id}/stop`);
	}

	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await fetch(this.url + path, {
			method,
			headers: {
				'X-N8N-API-KEY': this.key,
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		expect(answer.ok, `${method} ${path}: HTTP ${answer.status} ${text}`);
		return JSON.parse(text) as T;
	}
}
