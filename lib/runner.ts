/**
 * Items in, items out: reads and checks every item, sends what is to be sent with bounded
 * concurrency, and gives back results in the order of the items, each paired with its own.
 */
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import type { LookupFunction } from 'node:net';
import { Deadline } from './deadline';
import { asFault, CancelledFault, Fault, ValidationFault } from './errors';
import type { Surroundings } from './fields/model';
import type { EgressPolicy } from './http/download';
import { Ledger } from './ledger';
import {
	type AnyOperation,
	type Call,
	type Input,
	type Outcome,
	parameterNames,
	type Result,
} from './operation';
import { inputReader } from './operation-input';
import { errorItem, type Succeeded, toNodeError } from './runner-errors';
import { egressPolicy } from './runner-egress';
import { type File, FileStore } from './runner-files';
import { type CommonSettings, commonOptions } from './runner-options';
import { parameterReader } from './runner-parameters';

/** What a node is to the runner. */
export interface NodeProfile<Client extends RunClient> {
	vendor: 'TW' | 'TD';
	/** Name of the credential type. */
	credential: string;
	operations: ReadonlyArray<AnyOperation<Client>>;
	/** @throws {ValidationFault} for a credential that is not usable */
	connect: (credential: unknown, lookup: LookupFunction | undefined) => Client;
	/** Where the vendor's rules depend on the account. */
	region?: (client: Client) => Surroundings['region'];
}

/** What the runner needs of any vendor's client. */
export interface RunClient {
	redact: (text: string) => string;
	/** Refuses, in the host's words, a base URL that the host does not want called. */
	address: URL;
}

/** A unit of sending: one request's worth of items. */
interface Job {
	items: number[];
	inputs: Input[];
}

/**
 * Runs the chosen operation over all input items.
 *
 * Everything is checked before anything is sent. Without Continue on Fail the first fault ends the
 * run: nothing new is sent, what is in flight is awaited, and the error names what went through.
 */
export async function runOperations<Client extends RunClient>(
	host: IExecuteFunctions,
	profile: NodeProfile<Client>,
): Promise<INodeExecutionData[][]> {
	return [await new Run(host, profile).execute()];
}

/** One for all runs, since n8n keeps files in the same way as long as it runs. */
const files = new FileStore();

/** Characters; what is longer is for nobody to read. */
const MAX_MESSAGE = 2_000;

class Run<Client extends RunClient> {
	private readonly node: INode;
	private readonly operation: AnyOperation<Client>;
	private readonly signal: AbortSignal | undefined;
	private readonly outcomes: Array<Outcome | undefined> = [];
	/** Items whose write is another item's: index of the one that is sent. */
	private readonly sameAs = new Map<number, number>();
	/** What the user calls an item's write, e.g. its order number. */
	private readonly names = new Map<number, string>();
	private client!: Client;
	private egress: EgressPolicy | undefined;

	private readonly storeFile = async (file: File) =>
		await files.store(file, this.host.helpers.prepareBinaryData);

	constructor(
		private readonly host: IExecuteFunctions,
		private readonly profile: NodeProfile<Client>,
	) {
		this.node = host.getNode();
		// Hosts before n8n 1.0 do not offer the signal.
		this.signal = host.getExecutionCancelSignal?.();
		const chosen = this.node.parameters['operation'];
		const operation = profile.operations.find(({ value }) => value === chosen);
		if (!operation) {
			throw this.nodeError(
				new ValidationFault('The chosen operation does not exist', 'Operation'),
				0,
			);
		}
		this.operation = operation;
	}

	async execute(): Promise<INodeExecutionData[]> {
		// After a cancel n8n still starts the remaining tries of Retry On Fail.
		if (this.signal?.aborted) return [];
		await this.connect();
		const ledger = new Ledger(this.host.getContext('node'));
		const run = String(this.host.getWorkflowDataProxy(0).$runIndex ?? 0);
		const inputs = this.readInputs(ledger, run);
		this.settleDuplicates(inputs);
		this.stopOnFault();
		await this.sendAll(this.jobsOf(inputs), ledger, run);
		if (this.signal?.aborted) this.logWhatWasSent('The execution was cancelled');
		this.stopOnFault();
		return this.output();
	}

	private async connect(): Promise<void> {
		try {
			this.egress = egressPolicy(this.host);
			const credential = await this.host.getCredentials(this.profile.credential);
			this.client = this.profile.connect(credential, this.egress?.lookup);
			const refusal = await this.egress?.refuses(this.client.address);
			if (refusal) throw notAllowed(this.client.address.host, refusal);
		} catch (error) {
			throw this.nodeError(error, 0);
		}
	}

	private readInputs(ledger: Ledger, run: string): Array<Input | undefined> {
		const { host, operation, client, profile } = this;
		const names = parameterNames(operation);
		const parameters = parameterReader(host);
		const reader = inputReader(operation, commonOptions(profile.vendor), {
			zone: host.getTimezone(),
			...(profile.region ? { region: profile.region(client) } : {}),
		});
		return host.getInputData().map((_item, i) => {
			try {
				return reader.read(parameters.values(names, i), { client, ledger, run });
			} catch (error) {
				// What n8n says of an expression is n8n's to show; with Continue on Fail it is this item's.
				if (!(error instanceof Fault) && !host.continueOnFail()) throw this.nodeError(error, i);
				this.outcomes[i] =
					error instanceof Fault ? error : new ValidationFault(messageOf(error), 'Expression');
				return undefined;
			}
		});
	}

	/** One write per key: an identical twin shares the result, a different one is refused with its twin. */
	private settleDuplicates(inputs: Array<Input | undefined>): void {
		const { identity } = this.operation;
		if (!identity) return;
		const first = new Map<string, number>();
		inputs.forEach((input, item) => {
			if (!input) return;
			const { key, label } = identity(input.body);
			this.names.set(item, key);
			const twin = first.get(key);
			if (twin === undefined) first.set(key, item);
			else if (sameBody(inputs[twin]!, input)) this.sameAs.set(item, twin);
			else {
				const clash = (other: number) =>
					new ValidationFault(
						`'${label}' ${key} is also used by item ${other}, with different contents`,
						label,
						'Give each order a number of its own. Nothing was sent for either of the two items.',
					);
				this.outcomes[item] = clash(twin);
				this.outcomes[twin] = clash(item);
			}
		});
		// A twin of an item that turned out to clash clashes as well.
		for (const [item, twin] of this.sameAs) {
			if (this.outcomes[twin]) this.outcomes[item] = this.outcomes[twin];
		}
	}

	private jobsOf(inputs: Array<Input | undefined>): Job[] {
		const jobs: Job[] = [];
		let open: Job | undefined;
		inputs.forEach((input, item) => {
			if (!input || this.outcomes[item] || this.sameAs.has(item)) return;
			const room = this.operation.itemsPerRequest?.(input.settings) ?? 1;
			if (!open || open.items.length >= room) jobs.push((open = { items: [], inputs: [] }));
			open.items.push(item);
			open.inputs.push(input);
		});
		return jobs;
	}

	private async sendAll(jobs: Job[], ledger: Ledger, run: string): Promise<void> {
		const { concurrency } = (jobs[0]?.inputs[0]?.settings ?? {}) as Partial<CommonSettings>;
		let next = 0;
		let stopped = false;
		const worker = async () => {
			while (next < jobs.length && !stopped) {
				const job = jobs[next++]!;
				await this.send(job, ledger, run);
				stopped ||= job.items.some((item) => this.endsRun(this.outcomes[item]));
			}
		};
		await Promise.all(Array.from({ length: Math.min(concurrency ?? 1, jobs.length) }, worker));
	}

	private async send({ items, inputs }: Job, ledger: Ledger, run: string): Promise<void> {
		const { timeout } = inputs[0]!.settings as unknown as CommonSettings;
		const call: Call<Client> = {
			client: this.client,
			item: items[0]!,
			deadline: Deadline.in(timeout * 1000),
			signal: this.signal,
			ledger,
			isRetry: this.host.getMode() === 'retry',
			run,
			egress: this.egress,
			storeFile: this.storeFile,
		};
		try {
			if (this.signal?.aborted) throw new CancelledFault();
			const outcomes = await this.operation.perform(call, inputs);
			items.forEach((item, i) => (this.outcomes[item] = outcomes[i]));
		} catch (error) {
			const fault = asFault(error);
			for (const item of items) this.outcomes[item] = fault;
		}
	}

	private endsRun(outcome: Outcome | undefined): boolean {
		return outcome instanceof Fault && !this.host.continueOnFail();
	}

	/** Throws the first fault by item, unless the user wants to go on. */
	private stopOnFault(): void {
		const item = this.outcomes.findIndex((outcome) => this.endsRun(outcome));
		if (item < 0) return;
		this.logWhatWasSent('The run ended early');
		throw this.nodeError(this.outcomes[item], item, this.succeeded());
	}

	private output(): INodeExecutionData[] {
		return this.host.getInputData().flatMap((_item, item): INodeExecutionData[] => {
			const outcome = this.outcomes[this.sameAs.get(item) ?? item];
			const pairedItem = { item };
			if (outcome instanceof Fault) {
				return [{ json: errorItem(this.node, this.clean(outcome), item), pairedItem }];
			}
			return (outcome ?? []).map((result: Result) => ({
				...result,
				json: withoutErrorMember(result.json),
				pairedItem,
			}));
		});
	}

	/** Writes and events that took effect, by the label a user knows them by. */
	private succeeded(): Succeeded | undefined {
		if (this.operation.kind === 'read') return undefined;
		const items = this.outcomes.flatMap((outcome, item) =>
			outcome && !(outcome instanceof Fault) ? [item] : [],
		);
		return items.length > 0
			? { items, names: items.map((item) => this.names.get(item) ?? `item ${item}`) }
			: undefined;
	}

	/** n8n keeps no output of a node that failed or was cancelled, so the log is where it can be found. */
	private logWhatWasSent(why: string): void {
		const done = this.succeeded();
		if (!done) return;
		this.host.logger.info(
			`${why}. ${this.node.name} (${this.operation.name}) had sent: ${done.names.join(', ')}`,
		);
	}

	private clean(fault: Fault): Fault {
		const redact = this.client?.redact;
		const clean = (text: string) => readable(redact ? redact(text) : text);
		return fault.rephrased(clean(fault.message), clean(fault.advice));
	}

	private nodeError(error: unknown, item: number, succeeded?: Succeeded) {
		return error instanceof Fault
			? toNodeError(this.node, this.clean(error), item, succeeded)
			: (error as Error);
	}
}

const sameBody = (one: Input, other: Input) =>
	JSON.stringify(one.body) === JSON.stringify(other.body);

const notAllowed = (address: string, reason: string) =>
	new ValidationFault(
		`This n8n host does not allow calls to ${address} (${reason})`,
		'Base URL',
		"Ask the administrator of this n8n host to allow the address in n8n's egress settings.",
	);

/** What was put in, such as an order number, can be of any length, and a message repeats it. */
const readable = (text: string) =>
	text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)} …` : text;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** n8n takes a top-level `error` for a failed item and runs the node again, so it gets another name. */
function withoutErrorMember(json: IDataObject): IDataObject {
	if (!('error' in json)) return json;
	const { error, ...rest } = json;
	return { ...rest, vendor_error: error };
}
