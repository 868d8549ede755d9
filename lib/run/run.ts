/**
 * Items in, items out: reads and checks every item, sends with bounded concurrency, and returns results
 * in the order of the items, each paired with its own.
 */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Deadline } from '../base/deadline';
import { asFault, CancelledFault, Fault, ValidationFault } from '../base/errors';
import { type Limits, PACE } from '../base/limits';
import {
	type AnyOperation,
	type Call,
	carryOut,
	type OutgoingFile,
	type Input,
	type Outcome,
} from '../operation/operation';
import { type CommonSettings, DRY_RUN } from '../operation/options';
import { connect } from './connect';
import { logDefect } from './defects';
import { Limiter } from './limiter';
import { tryOut } from './dry-run';
import { toNodeError } from './node-errors';
import { FileStore } from './files';
import { type Batch, planSends } from './plan';
import type { NodeProfile, RunClient } from './profile';
import { readItems } from './read-items';
import { dryRunRegistersOf, registersOf } from './registers';
import { cleaned, Report, type Hint, hintsOf } from './report';

/**
 * Runs the chosen operation over all input items.
 *
 * Everything is checked before anything is sent. Without Continue on Fail the first fault ends the
 * run: nothing new is sent, requests in flight are awaited, and the error names what went through.
 * A fault that does not hold up the other items ends it once they are through.
 *
 * @param pace the pauses before something is tried again
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
	const began = Date.now();

	const { operation, connection } = await asNodeErrors(host, async () => ({
		operation: chosenOperation(host, profile),
		connection: await connect(host, profile),
	}));
	const { client } = connection;
	const run = String(host.getWorkflowDataProxy(0).$runIndex ?? 0);
	const startedAt = () => startOf(host, run);

	const read = readItems(host, profile, operation, { client, startedAt });
	const plan = planSends(operation, read);
	const report = new Report(host, operation, plan, client.redact);
	report.stopEarly();

	const hint = hintsOf(host);
	const limiter = new Limiter(concurrencyOf(plan.batches));
	const common = { ...connection, run, startedAt, began, hint, ...servicesOf(host, hint, limiter) };
	const look = dryRunRegistersOf(host, hint);
	await limiter.forEach(plan.batches, async (batch) => {
		const outcomes = await send(operation, batch, { signal, pace }, common, look);
		return batch.items.map((item, i) => report.set(item, outcomes[i])).includes(true);
	});
	if (signal?.aborted) report.logWhatWasSent('The execution was cancelled');
	report.stopOnFault();
	for (const { message, type } of report.hints()) hint(message, type);
	return [report.items()];
}

/** Kept with the execution, so that a later try gives events without a time of their own the same one. */
function startOf(host: IExecuteFunctions, run: string): string {
	const times = (host.getContext('node')['times'] ??= {}) as Record<string, string>;
	return (times[run] ??= new Date().toISOString());
}

/** One for all runs, since n8n keeps files in the same way as long as it runs. */
const files = new FileStore();

/** What n8n does for an operation. */
function servicesOf(host: IExecuteFunctions, hint: Hint, limiter: Limiter) {
	return {
		register: registersOf(host, hint, async (wait) => await limiter.lend(wait)),
		execution: host.getExecutionId(),
		node: host.getNode().name,
		isRetry: host.getMode() === 'retry',
		zone: host.getTimezone(),
		storeFile: async (file: OutgoingFile) =>
			await files.store(file, host.helpers.prepareBinaryData),
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

const settingsOf = (batch: Batch) => batch.inputs[0]!.settings as unknown as CommonSettings;

const concurrencyOf = ([first]: Batch[]) => (first ? settingsOf(first).concurrency : 1);

/** Whether a batch is to be tried only. Of a read there is nothing to hold back. */
const isDryRun = ({ kind }: Pick<AnyOperation<never>, 'kind'>, [input]: readonly Input[]) =>
	kind !== 'read' && input?.settings[DRY_RUN] === true;

/** Carries out one batch under its own time limit; one outcome per item. */
async function send<Client extends RunClient>(
	operation: AnyOperation<Client>,
	batch: Batch,
	limits: Omit<Limits, 'deadline'>,
	common: Omit<Call<Client>, 'item' | 'limits'>,
	look: Call<Client>['register'],
): Promise<Outcome[]> {
	const call = Object.assign({}, common, {
		item: batch.items[0]!,
		limits: { deadline: Deadline.in(settingsOf(batch).timeout * 1000), ...limits },
	});
	try {
		if (limits.signal?.aborted) throw new CancelledFault();
		if (isDryRun(operation, batch.inputs)) return await tryOut(operation, call, look, batch.inputs);
		return await carryOut(operation, call, batch.inputs);
	} catch (error) {
		const fault = asFault(error);
		return batch.items.map(() => fault);
	}
}

/** For faults before the items are read; no secret of the account is known yet. */
async function asNodeErrors<T>(host: IExecuteFunctions, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof Fault)) throw error as Error;
		logDefect(host, error);
		const fault = cleaned(error, (text) => text);
		throw toNodeError(host.getNode(), fault, 0);
	}
}
