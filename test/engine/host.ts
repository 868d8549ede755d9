/**
 * What n8n's server gives its engine, reduced to what a test needs: node types, credentials, a log
 * and the addresses of the instance. Everything else in a test run is n8n's own code.
 */
import { userFolder } from './environment';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import { SSHClientsManager } from 'n8n-core/dist/execution-engine/ssh-clients-manager';
import { rm } from 'node:fs/promises';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	INodeType,
	INodeTypes,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	LogMetadata,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, LoggerProxy, NodeConnectionTypes, NodeHelpers } from 'n8n-workflow';

/** One line that n8n or a node wrote to the host's log. */
export interface LogLine {
	level: 'error' | 'warn' | 'info' | 'debug';
	message: string;
	metadata: LogMetadata;
}

/** All log lines of this test file so far, oldest first. Nothing is printed. */
export const logLines: LogLine[] = [];

const recorder = {
	error: record('error'),
	warn: record('warn'),
	info: record('info'),
	debug: record('debug'),
	scoped: () => recorder,
};

function record(level: LogLine['level']) {
	return (message: string, metadata: LogMetadata = {}) => {
		logLines.push({ level, message, metadata });
	};
}

Container.set(Logger, recorder as unknown as Logger);
LoggerProxy.init(recorder);

// The manager of SSH tunnels starts a timer that would keep the test process alive for ever.
// No node here opens a tunnel, so it is shut down before its first tick.
Container.get(SSHClientsManager).onShutdown();

/** Starts a test workflow: hands on the items it is given, as n8n's manual trigger does. */
export const startNode: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Hands on the items of the test',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/** Node types by the name the workflow refers to them with. */
export class TestNodeTypes implements INodeTypes {
	constructor(private readonly types: Record<string, INodeType>) {}

	getByName(name: string): INodeType {
		const type = this.types[name];
		if (!type) throw new Error(`The test workflow has no node type "${name}"`);
		return type;
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(name), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}
}

/** Fills in the defaults of the credential's fields, as n8n does after decrypting. */
export function withDefaults(
	type: ICredentialType | undefined,
	data: IDataObject,
): ICredentialDataDecryptedObject {
	const plain = { ...data } as ICredentialDataDecryptedObject;
	if (!type) return plain;
	const filled = NodeHelpers.getNodeParameters(
		type.properties,
		plain as INodeParameters,
		true,
		false,
		null,
		null,
	);
	return { ...plain, ...filled } as ICredentialDataDecryptedObject;
}

/** Credentials in plain text, keyed by type name; `authenticate` is the credential class's own. */
export class TestCredentials extends ICredentialsHelper {
	constructor(
		private readonly values: Record<string, IDataObject>,
		private readonly types: ICredentialType[],
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const authenticate = this.typeNamed(typeName)?.authenticate;
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);

		// The generic form: each value is an expression over the credential, sent as a string
		const merged: Record<string, unknown> = { ...requestOptions };
		for (const [section, values] of Object.entries(authenticate.properties)) {
			const resolved = Object.entries(values as Record<string, string>).map(([key, value]) => [
				key,
				workflow.expression.getSimpleParameterValue(
					node,
					value,
					'internal',
					{ $credentials: credentials },
					undefined,
					'',
				),
			]);
			merged[section] = { ...(merged[section] as IDataObject), ...Object.fromEntries(resolved) };
		}
		return merged as unknown as IHttpRequestOptions;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		return await Promise.reject(new Error('Encrypted credentials are not part of this engine'));
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		return withDefaults(this.typeNamed(typeName), this.values[typeName] ?? {});
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.typeNamed(typeName)?.properties ?? [];
	}

	/** Which credentials a node of the test workflow has selected: all that the test passed. */
	selection(): Record<string, INodeCredentialsDetails> {
		return Object.fromEntries(
			Object.keys(this.values).map((name) => [name, { id: name, name: `Test ${name}` }]),
		);
	}

	private typeNamed(name: string): ICredentialType | undefined {
		return this.types.find((type) => type.name === name);
	}
}

/** The engine's view of the instance it runs in. */
export function instanceData(options: {
	credentials: TestCredentials;
	executionId: string;
	mode: WorkflowExecuteMode;
	workflow: IWorkflowBase;
	currentNodeParameters?: INodeParameters;
}): IWorkflowExecuteAdditionalData {
	const origin = 'http://127.0.0.1:5678';
	const unsupported = async () =>
		await Promise.reject(new Error('Sub-workflows and code runners are not part of this engine'));
	return {
		credentialsHelper: options.credentials,
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		hooks: new ExecutionLifecycleHooks(options.mode, options.executionId, options.workflow),
		executionId: options.executionId,
		currentNodeExecutionIndex: 0,
		...(options.currentNodeParameters && { currentNodeParameters: options.currentNodeParameters }),
		variables: {},
		instanceBaseUrl: `${origin}/`,
		restApiUrl: `${origin}/rest`,
		webhookBaseUrl: `${origin}/webhook`,
		webhookTestBaseUrl: `${origin}/webhook-test`,
		webhookWaitingBaseUrl: `${origin}/webhook-waiting`,
		formWaitingBaseUrl: `${origin}/form-waiting`,
		executeWorkflow: unsupported,
		startRunnerTask: unsupported,
		getRunExecutionData: async () => await Promise.resolve(undefined),
		setExecutionStatus: () => {},
		logAiEvent: () => {},
	};
}

/** Removes what this test file's engine wrote to disk. */
export async function removeUserFolder(): Promise<void> {
	await rm(userFolder, { recursive: true, force: true });
}
