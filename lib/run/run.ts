/**
 * Items in, items out: reads and checks every item, sends what is to be sent with bounded
 * concurrency, and gives back results in the order of the items, each paired with its own.
 */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Deadline } from '../base/deadline';
import { asFault, CancelledFault, Fault, ValidationFault } from '../base/errors';
import { type Limits, PACE } from '../base/limits';
import type { AnyOperation, Call, Outcome } from '../operation/operation';
import type { File } from '../operation/needs';
import type { CommonSettings } from '../operation/options';
import { ExecutionLedger } from './ledger';
import { connect } from './connect';
import { Crew } from './crew';
import { isDryRun, tryOut } from './dry-run';
import { toNodeError } from './errors';
import { FileStore } from './files';
import { type Hint, hintsOf } from './hints';
import { type Job, planSends } from './plan';
import type { NodeProfile, RunClient } from './profile';
import { readItems } from './read-items';
import { lookingRegistersOf, registersOf } from './remember';
import { cleaned, Report } from './report';

/**
 * Runs the chosen operation over all input items.
 *
 * Everything is checked before anything is sent. Without Continue on Fail the first fault ends the
 * run: nothing new is sent, what is in flight is awaited, and the error names what went through.
 *
 * @param pace how long is waited before something is tried again
 */
export async function runOperations<Client extends RunClient>(
	host: IExecuteFunctions,
	profile: NodeProfile<Client>,
	pace = PACE,
): Promise<INodeExecutionData[][]> {
	// Hosts before n8n 1.0 do not offer the signal
	const signal = host.getExecutionCancelSignal?.();
	// After a cancel n8n still starts the remaining tries of Retry On Fail
	if (signal?.aborted) return [[]];

	const { operation, connection } = await asNodeErrors(host, async () => ({
		operation: chosenOperation(host, profile),
		connection: await connect(host, profile),
	}));
	const { client } = connection;
	const ledger = new ExecutionLedger(host.getContext('node'));
	const run = String(host.getWorkflowDataProxy(0).$runIndex ?? 0);

	const read = readItems(host, profile, operation, { client, ledger, run });
	const plan = planSends(operation, read);
	const report = new Report(host, operation, plan, client.redact);
	report.stopOnFault();

	const hint = hintsOf(host);
	const crew = new Crew(concurrencyOf(plan.jobs));
	const common = { ...connection, ledger, run, hint, ...servicesOf(host, hint, crew) };
	const look = lookingRegistersOf(host, hint);
	await crew.workThrough(plan.jobs, async (job) => {
		const outcomes = await send(operation, job, { signal, pace }, common, look);
		return job.items.map((item, i) => report.set(item, outcomes[i])).includes(true);
	});
	if (signal?.aborted) report.logWhatWasSent('The execution was cancelled');
	report.stopOnFault();
	for (const { message, type } of report.hints()) hint(message, type);
	return [report.items()];
}

/** One for all runs, since n8n keeps files in the same way as long as it runs. */
const files = new FileStore();

/** What the host does for an operation. */
function servicesOf(host: IExecuteFunctions, hint: Hint, crew: Crew) {
	return {
		register: registersOf(host, hint, async (wait) => await crew.meanwhile(wait)),
		execution: host.getExecutionId(),
		isRetry: host.getMode() === 'retry',
		zone: host.getTimezone(),
		storeFile: async (file: File) => await files.store(file, host.helpers.prepareBinaryData),
	};
}

function chosenOperation<Client extends RunClient>(
	host: IExecuteFunctions,
	{ operations }: NodeProfile<Client>,
): AnyOperation<Client> {
	const chosen = host.getNode().parameters['operation'];
	const operation = operations.find(({ value }) => value === chosen);
	if (operation) return operation;
	throw new ValidationFault('The chosen operation does not exist', 'Operation');
}

const settingsOf = (job: Job) => job.inputs[0]!.settings as unknown as CommonSettings;

const concurrencyOf = ([first]: Job[]) => (first ? settingsOf(first).concurrency : 1);

/** Carries out one job under its own time limit; one outcome per item. */
async function send<Client extends RunClient>(
	operation: AnyOperation<Client>,
	job: Job,
	limits: Omit<Limits, 'deadline'>,
	common: Omit<Call<Client>, 'item' | 'limits'>,
	look: Call<Client>['register'],
): Promise<Outcome[]> {
	const call = Object.assign({}, common, {
		item: job.items[0]!,
		limits: { deadline: Deadline.in(settingsOf(job).timeout * 1000), ...limits },
	});
	try {
		if (limits.signal?.aborted) throw new CancelledFault();
		if (isDryRun(operation, job.inputs)) return await tryOut(operation, call, look, job.inputs);
		return await operation.perform(call, job.inputs);
	} catch (error) {
		const fault = asFault(error);
		return job.items.map(() => fault);
	}
}

/** Turns a fault of what comes before the items into n8n's error; nothing of the account is known yet. */
async function asNodeErrors<T>(host: IExecuteFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw error instanceof Fault
			? toNodeError(
					host.getNode(),
					cleaned(error, (text) => text),
					0,
				)
			: asError(error);
	}
}

const asError = (error: unknown) => error as Error;
