/** The account that the demo and the tests work with. */
export interface Owner {
	email: string;
	password: string;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
}

/** A workflow as n8n's editor exports it. */
export interface WorkflowFile {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface WorkflowNode {
	name: string;
	type: string;
	webhookId?: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	[member: string]: unknown;
}

export interface Workflow {
	id: string;
	name: string;
	active: boolean;
	versionId: string;
}

export interface Execution {
	id: string;
	status: string;
	workflowId: string;
	finished: boolean;
}

/** An answer of n8n's REST API that is none of the wished ones. */
export class RestError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** The calls of n8n's own editor that set up and read an instance. */
export class N8nRest {
	private cookie = '';

	constructor(readonly url: string) {}

	/** The cookie of the login, for a browser to take over. */
	get session(): { name: string; value: string } {
		const [name = '', value = ''] = this.cookie.split('=');
		return { name, value };
	}

	/** Whether n8n still waits for its first user; fails while its routes are not there yet. */
	async needsOwner(): Promise<boolean> {
		const settings = await this.call<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'/rest/settings',
		);
		return settings.userManagement.showSetupOnFirstLoad;
	}

	async createOwner({ email, password }: Owner): Promise<void> {
		await this.call('POST', '/rest/owner/setup', {
			email,
			password,
			firstName: 'Demo',
			lastName: 'Owner',
		});
	}

	async login({ email, password }: Owner): Promise<void> {
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	listCredentials(): Promise<Credential[]> {
		return this.call('GET', '/rest/credentials');
	}

	/** Creates a credential, or brings the one of this name and type up to date. */
	async saveCredential(name: string, type: string, data: object): Promise<Credential> {
		const known = await this.listCredentials();
		const old = known.find((each) => each.name === name && each.type === type);
		return old
			? await this.call('PATCH', `/rest/credentials/${old.id}`, { name, type, data })
			: await this.call('POST', '/rest/credentials', { name, type, data });
	}

	/** Does what the "Retry" button of the credential's panel does. */
	testCredential(
		credential: Credential,
		data: object,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const { id, name, type } = credential;
		return this.call('POST', '/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	listWorkflows(): Promise<Workflow[]> {
		return this.call('GET', '/rest/workflows');
	}

	createWorkflow(workflow: WorkflowFile): Promise<Workflow> {
		return this.call('POST', '/rest/workflows', workflow);
	}

	/** Switches a workflow on. Its webhooks may answer a moment later only. */
	async activate({ id, versionId }: Workflow): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	/** Switches a workflow off. */
	async deactivate({ id }: Workflow): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** What the editor shows in the list of a node's parameter: the values, in the list's order. */
	async listSearch(
		node: WorkflowNode,
		parameter: string,
		methodName: string,
		filter: string,
	): Promise<string[]> {
		const { results } = await this.call<{ results: Array<{ value: string }> }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				path: `parameters.${parameter}`,
				methodName,
				nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
				currentNodeParameters: node.parameters,
				credentials: node.credentials,
				...(filter && { filter }),
			},
		);
		return results.map(({ value }) => value);
	}

	/** Does what "Retry" does in the list of executions, with the workflow as it was then. */
	async retry({ id }: Execution): Promise<void> {
		await this.call('POST', `/rest/executions/${id}/retry`, { loadWorkflow: false });
	}

	/**
	 * The executions of a workflow, newest first.
	 *
	 * @param limit how many at the most; n8n's own list has 20
	 */
	async listExecutions(workflowId: string, limit = 20): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.call<{ results: Execution[] }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=${limit}`,
		);
		return results;
	}

	/** What n8n has kept of an execution: all that went in and out of each node, and every error. */
	async executionData(id: string): Promise<unknown> {
		const { data } = await this.call<{ data: string }>('GET', `/rest/executions/${id}`);
		// An ES module, which CommonJS cannot require on every Node we run on
		const { parse } = await import('flatted');
		return parse(data);
	}

	/** Every node type or credential type that n8n has loaded, as the editor gets them. */
	async listTypes(kind: 'nodes' | 'credentials'): Promise<{ name: string }[]> {
		const answer = await this.request('GET', `/types/${kind}.json`);
		return (await answer.json()) as { name: string }[];
	}

	/** Any other call: `data` of what the editor's own API answers. */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.request(method, path, body);
		return ((await answer.json()) as { data: T }).data;
	}

	private async request(method: string, path: string, body?: unknown): Promise<Response> {
		const answer = await fetch(this.url + path, {
			method,
			headers: {
				...(this.cookie && { cookie: this.cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const session = answer.headers.getSetCookie().find((each) => each.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';', 1)[0] ?? '';
		if (!answer.ok) {
			const reason = reasonIn(await answer.text());
			throw new RestError(answer.status, `${method} ${path}: HTTP ${answer.status} ${reason}`);
		}
		return answer;
	}
}

/** n8n's own words; beside them its answer has a stack that nobody needs. */
function reasonIn(body: string): string {
	try {
		return (JSON.parse(body) as { message?: string }).message ?? body;
	} catch {
		return body.slice(0, 300);
	}
}
